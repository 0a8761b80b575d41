/* ContractById: a contract with its clauses and obligations, for those whose it is. */
#include "tests/unit/services/contracts/fixture.h"

static Contracts__ContractById by(Types__Id *contract)
{
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        query.contract_id = contract;
        return query;
}

static void test_the_whole_of_it(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        add_modification(f, record, 1, a_day(f, 2026, 6, 1), 1200000)->duration_months = 18;
        Types__Id *contract = import(f, record)->contract_id;
        Contracts__PutClause *second = clause_on(f, contract);
        second->lot = 2;
        (void)put_clause(f, second);
        Types__Id *clause = put_clause(f, clause_on(f, contract))->clause_id;
        Types__Id *obligation = record_obligation(f, obligation_on(f, clause))->obligation_id;

        Contracts__ContractById query = by(contract);
        const Contracts__ContractView *view = fixture_get(f, facilitator(f), "ContractById", &query);
        assert_string_equal(view->record->number, "2026-031");
        assert_int_equal(view->current_amount->cents, 120000000);
        assert_int_equal(view->current_duration_months, 18);
        assert_int_equal(view->n_clauses, 2);
        assert_int_equal(view->clauses[0]->lot, 1); /* by lot, whatever the order of entry */
        assert_int_equal(view->clauses[1]->lot, 2);
        assert_int_equal(view->clauses[0]->hours->hundredths, 83300);
        assert_int_equal(view->clauses[0]->calibration->amount->cents, 100000000);
        assert_int_equal(view->clauses[0]->n_obligations, 1);
        assert_true(id_equal(id_of(view->clauses[0]->obligations[0]->obligation_id), id_of(obligation)));
        assert_int_equal(view->clauses[1]->n_obligations, 0);
}

static void test_unknown(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractById query = by(id_to(&f->arena, id_numbered(9)));
        (void)fixture_refused(f, facilitator(f), "ContractById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        query.contract_id = NULL;
        (void)fixture_refused(f, facilitator(f), "ContractById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_a_buyer_sees_its_own(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractById query = by(a_contract(f));
        const Wire__Passport *buyer = of_organisation(f, TYPES__ROLE__BUYER, 5);
        (void)fixture_refused(f, buyer, "ContractById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        directory_tells(f, 1, 5, BUYER_SIRET);
        (void)fixture_get(f, buyer, "ContractById", &query);
        directory_tells(f, 2, 6, "21090122900018");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "ContractById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_a_company_sees_what_it_owes(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Id *clause = put_clause(f, clause_on(f, contract))->clause_id;
        Contracts__ContractById query = by(contract);
        const Wire__Passport *company = of_organisation(f, TYPES__ROLE__COMPANY, 1);
        (void)fixture_refused(f, company, "ContractById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);

        (void)record_obligation(f, obligation_on(f, clause));
        Contracts__RecordObligation *other = obligation_on(f, clause);
        other->contractor_siret = arena_text(&f->arena, "38012986646850");
        other->hours = whole_hours(f, 100);
        other->contractor_organisation = id_to(&f->arena, id_numbered(2));
        (void)record_obligation(f, other);
        const Contracts__ContractView *view = fixture_get(f, company, "ContractById", &query);
        assert_int_equal(view->clauses[0]->n_obligations, 1); /* not what the other member of the group owes */
        assert_string_equal(view->clauses[0]->obligations[0]->contractor_siret, CONTRACTOR_SIRET);
        /* not what the buyer expected to spend; how an invoice turns into hours */
        assert_null(view->clauses[0]->calibration->amount);
        assert_null(view->clauses[0]->calibration->insertion_rate);
        assert_string_equal(view->clauses[0]->calculation, "");
        assert_int_equal(view->clauses[0]->calibration->hourly_cost->cents, 3000);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 3), "ContractById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        view = fixture_get(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "ContractById", &query);
        assert_int_equal(view->clauses[0]->n_obligations, 2);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_whole_of_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_unknown, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_buyer_sees_its_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_sees_what_it_owes, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
