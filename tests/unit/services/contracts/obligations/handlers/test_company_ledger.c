/* CompanyLedger: all that one company owes, whoever the buyer. */
#include "tests/unit/services/contracts/obligations/scene.h"

static const Contracts__CompanyLedgerReply *see(struct fixture *f, const Wire__Passport *actor, const char *siret)
{
        Contracts__CompanyLedger query = CONTRACTS__COMPANY_LEDGER__INIT;
        query.siret = arena_text(&f->arena, siret);
        return fixture_get(f, actor, "CompanyLedger", &query);
}

static void test_over_all_buyers(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        (void)propose(f, transfer_from(f, scene.elsewhere, scene.lead, 150));
        const Contracts__CompanyLedgerReply *reply = see(f, facilitator(f), "130025265");
        assert_int_equal(reply->n_lines, 2);
        assert_string_equal(reply->lines[0]->buyer_siret, BUYER_SIRET);
        assert_string_equal(reply->lines[1]->buyer_siret, OTHER_BUYER_SIRET);
        assert_int_equal(reply->total->due->hundredths, 70000);
        assert_int_equal(reply->n_transfers, 1); /* waiting, told once */
        assert_int_equal(see(f, facilitator(f), CONTRACTOR_SIRET)->n_lines, 1);
        assert_int_equal(see(f, facilitator(f), MEMBER_SIRET)->n_lines, 1);
        assert_int_equal(see(f, facilitator(f), "55210055400013")->n_lines, 0);
}

static void test_pages(void **state)
{
        struct fixture *f = *state;
        (void)set_scene(f);
        Contracts__CompanyLedger query = CONTRACTS__COMPANY_LEDGER__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.siret = arena_text(&f->arena, "130025265");
        query.page = &page;
        page.limit = 1;
        const Contracts__CompanyLedgerReply *first = fixture_get(f, coordinator(f), "CompanyLedger", &query);
        assert_int_equal(first->n_lines, 1);
        page.after = first->next;
        const Contracts__CompanyLedgerReply *second = fixture_get(f, coordinator(f), "CompanyLedger", &query);
        assert_int_equal(second->n_lines, 1);
        assert_int_equal(second->next.len, 0);
        assert_int_equal(second->total->due->hundredths, 20000);
}

static void test_a_company_sees_its_own(void **state)
{
        struct fixture *f = *state;
        (void)set_scene(f);
        const Wire__Passport *company = of_organisation(f, TYPES__ROLE__COMPANY, 1);
        assert_int_equal(see(f, company, "")->n_lines, 1);
        assert_int_equal(see(f, company, "130025265")->n_lines, 2);
        Contracts__CompanyLedger query = CONTRACTS__COMPANY_LEDGER__INIT;
        query.siret = arena_text(&f->arena, MEMBER_SIRET);
        (void)fixture_refused(f, company, "CompanyLedger", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 8), "CompanyLedger", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED); /* its SIRET is not known */
        (void)fixture_refused(f, buyer(f), "CompanyLedger", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        query.siret = arena_text(&f->arena, "13002526");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "CompanyLedger", &query, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "siret");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_over_all_buyers, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_sees_its_own, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
