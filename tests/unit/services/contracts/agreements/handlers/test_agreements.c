/* Agreements: pages, filters, and those to be renewed soon. Today is 18 October 2026. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

static const Contracts__AgreementsReply *list(struct fixture *f, const Wire__Passport *actor,
                                              const Contracts__AgreementsRequest *query)
{
        return fixture_get(f, actor, "Agreements", query);
}

static void of_buyer(struct fixture *f, const char *siret, bool is_signed)
{
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->buyer_siret = arena_text(&f->arena, siret);
        Types__Id *id = put_agreement(f, agreement);
        if (is_signed)
                (void)sign_agreement(f, id);
}

static void test_filters(void **state)
{
        struct fixture *f = *state;
        Contracts__AgreementsRequest query = CONTRACTS__AGREEMENTS_REQUEST__INIT;
        of_buyer(f, BUYER_SIRET, true);
        of_buyer(f, BUYER_SIRET, false);
        of_buyer(f, "21090122900018", true);
        assert_int_equal(list(f, facilitator(f), &query)->n_agreements, 3);
        query.state = CONTRACTS__AGREEMENT_STATE__AGREEMENT_DRAFT;
        assert_int_equal(list(f, facilitator(f), &query)->n_agreements, 1);
        query.state = CONTRACTS__AGREEMENT_STATE__AGREEMENT_IN_FORCE;
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        assert_int_equal(list(f, facilitator(f), &query)->n_agreements, 1);
        query.buyer_siret = arena_text(&f->arena, "213");
        (void)fixture_refused(f, facilitator(f), "Agreements", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_to_renew(void **state)
{
        struct fixture *f = *state;
        Contracts__AgreementsRequest query = CONTRACTS__AGREEMENTS_REQUEST__INIT;
        query.to_renew = true;
        of_buyer(f, BUYER_SIRET, true); /* to be decided by 1 November */
        const Contracts__AgreementsReply *reply = list(f, facilitator(f), &query);
        assert_int_equal(reply->within_days, 90); /* deploy/rules/agreements.json */
        assert_int_equal(reply->n_agreements, 1);
        assert_int_equal(reply->agreements[0]->decide_by->days, a_day(f, 2026, 11, 1)->days);
        assert_non_null(strstr(reply->agreements[0]->warning, "tacitement reconduite le 31 décembre 2026"));
        query.within_days = 13;
        assert_int_equal(list(f, facilitator(f), &query)->n_agreements, 0);
        query.within_days = 14;
        assert_int_equal(list(f, facilitator(f), &query)->n_agreements, 1);

        f->world.now_ms_value += INT64_C(20) * 86400 * 1000; /* the notice has begun */
        assert_non_null(strstr(list(f, facilitator(f), &query)->agreements[0]->warning, "Le préavis a commencé"));
}

static void test_a_buyer_lists_its_own(void **state)
{
        struct fixture *f = *state;
        Contracts__AgreementsRequest query = CONTRACTS__AGREEMENTS_REQUEST__INIT;
        const Wire__Passport *buyer = of_organisation(f, TYPES__ROLE__BUYER, 5);
        of_buyer(f, BUYER_SIRET, true);
        of_buyer(f, "21090122900018", true);
        (void)fixture_refused(f, buyer, "Agreements", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        directory_tells(f, 1, 5, BUYER_SIRET);
        query.buyer_siret = arena_text(&f->arena, "21090122900018"); /* whatever it asks */
        const Contracts__AgreementsReply *reply = list(f, buyer, &query);
        assert_int_equal(reply->n_agreements, 1);
        assert_string_equal(reply->agreements[0]->agreement->buyer_siret, BUYER_SIRET);
}

static void test_pages(void **state)
{
        enum { AGREEMENTS = 5 };
        struct fixture *f = *state;
        Contracts__AgreementsRequest query = CONTRACTS__AGREEMENTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t seen = 0, pages = 0;
        for (int i = 0; i < AGREEMENTS; i++)
                of_buyer(f, BUYER_SIRET, false);
        query.page = &page;
        page.limit = 2;
        do {
                const Contracts__AgreementsReply *reply = list(f, coordinator(f), &query);
                seen += reply->n_agreements;
                page.after = reply->next;
        } while (page.after.len > 0 && ++pages < 10);
        assert_int_equal(seen, AGREEMENTS);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_filters, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_to_renew, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_buyer_lists_its_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
