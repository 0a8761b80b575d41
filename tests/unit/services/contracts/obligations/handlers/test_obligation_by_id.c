/* ObligationById: what is owed, and the entries of its ledger. */
#include "tests/unit/services/contracts/fixture.h"

static void test_entries_oldest_first(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        hours_validated(f, 1, obligation, 1, 15167);
        invoice_converted(f, 2, obligation, 2, 4000);
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->n_entries, 3);
        for (uint32_t i = 0; i < 3; i++) {
                assert_int_equal(view->entries[i]->number, i + 1);
                assert_int_equal(view->entries[i]->at->ms, FIXTURE_NOW_MS);
        }
        assert_int_equal(view->entries[0]->hours->hundredths, 83300);
        assert_int_equal(view->entries[1]->to, CONTRACTS__ACCOUNT__DONE);
        assert_int_equal(view->entries[2]->to, CONTRACTS__ACCOUNT__CONVERTED);
        assert_string_equal(view->entries[2]->cause, "Facture FA-2026-118 convertie");
        assert_int_equal(view->done->hundredths, 15167);
        assert_int_equal(view->converted->hundredths, 4000);
        assert_int_equal(view->remaining->hundredths, 83300 - 15167 - 4000);
}

static void test_unknown(void **state)
{
        struct fixture *f = *state;
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        query.obligation_id = id_to(&f->arena, id_numbered(4));
        (void)fixture_refused(f, facilitator(f), "ObligationById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        query.obligation_id = an_obligation(f);
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, "21090122900018");
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "ObligationById", &query);
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__BUYER, 5), "ObligationById", &query);
        (void)fixture_get(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "ObligationById", &query);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), "ObligationById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "ObligationById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__STRUCTURE, 1), "ObligationById", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_entries_oldest_first, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_unknown, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
