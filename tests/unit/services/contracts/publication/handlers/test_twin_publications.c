/* TwinPublications: what may be one contract, two by two; nothing is guessed as one. */
#include "tests/unit/services/contracts/publication/doubles.h"

static void test_numbers_that_differ_by_their_end_or_their_signs(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *amended = numbered(f, "2026T0101");
        add_modification(f, amended, 1, a_day(f, 2026, 6, 1), 1500000);
        (void)published(f, "2026T0100");
        Types__Id *later = import(f, amended)->contract_id;
        const Contracts__TwinPublicationsReply *reply = doubles(f, facilitator(f));
        assert_int_equal(reply->n_doubles, 1);
        const Contracts__ProbableDouble *pair = reply->doubles[0];
        assert_true(id_equal(id_of(pair->contract->contract_id), id_of(later))); /* it tells more */
        assert_string_equal(pair->twin->number, "2026T0100");
        assert_int_equal(pair->contract->modifications, 1);
        assert_non_null(strstr(pair->reasons[0], "2026T0101 et 2026T0100"));

        (void)published(f, "2026/12 A");
        (void)published(f, "2026_12_A");
        assert_int_equal(doubles(f, facilitator(f))->n_doubles, 2);
        assert_int_equal(listed(f), 4); /* listed as doubles, and still four contracts */
}

static void test_cents_that_were_rounded(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *exact = numbered(f, "2026-7"), *rounded = numbered(f, "2026-7");
        exact->amount = money_to(&f->arena, money_of_cents(12000040));
        rounded->amount = money_to(&f->arena, money_of_cents(12000000));
        (void)import(f, exact);
        (void)import(f, rounded);
        const Contracts__TwinPublicationsReply *reply = doubles(f, facilitator(f));
        assert_int_equal(reply->n_doubles, 1);
        assert_int_equal(reply->doubles[0]->n_reasons, 2);
}

static void test_what_is_no_double(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *others[6];
        (void)published(f, "2026-100");
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                others[i] = numbered(f, i == 0 ? "2026-200" : "2026-101");
        others[1]->object = arena_text(&f->arena, "Réfection de l'école Jules-Ferry");
        others[2]->notified_on = a_day(f, 2026, 3, 3);
        others[3]->amount = euros(f, 1000001);
        others[4]->buyer_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        others[5]->notified_on = NULL; /* of no day, it stands alone */
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)import(f, others[i]);
        assert_int_equal(doubles(f, facilitator(f))->n_doubles, 0);
}

/* Page by page each pair comes once; a buyer sees its own. */
static void test_pages_and_buyers(void **state)
{
        struct fixture *f = *state;
        Contracts__TwinPublicationsRequest query = CONTRACTS__TWIN_PUBLICATIONS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t found = 0, pages = 0;
        for (int i = 0; i < 4; i++)
                (void)published(f, arena_printf(&f->arena, "2026-10%d", i));
        page.limit = 1;
        query.page = &page;
        do {
                const Contracts__TwinPublicationsReply *reply =
                        fixture_get(f, coordinator(f), "TwinPublications", &query);
                found += reply->n_doubles;
                page.after = reply->next;
        } while (page.after.len > 0 && ++pages < 20);
        assert_int_equal(found, 6); /* four of them, two by two */
        directory_tells(f, 1, 1, CONTRACTOR_SIRET);
        assert_int_equal(doubles(f, of_organisation(f, TYPES__ROLE__BUYER, 1))->n_doubles, 0);
        directory_tells(f, 2, 2, BUYER_SIRET);
        assert_int_equal(doubles(f, of_organisation(f, TYPES__ROLE__BUYER, 2))->n_doubles, 6);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_numbers_that_differ_by_their_end_or_their_signs, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_cents_that_were_rounded, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_no_double, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages_and_buyers, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
