/* The holders of a contract as they are known here. */
#include "services/contracts/ledger/holders.h"
#include "tests/unit/services/contracts/fixture.h"

static Contracts__CompanyId **known(struct fixture *f, Types__Id *contract, const Contracts__ContractRecord *record,
                                    size_t *ret_count)
{
        struct work work = {.arena = &f->arena, .txn = txn_begin_read(engine_store(f->engine), NULL)};
        assert_non_null(work.txn);
        Contracts__CompanyId **holders = holders_known(&work, id_of(contract), record, ret_count);
        txn_end_read(work.txn);
        return holders;
}

static void test_who_owed_first_where_the_record_names_none(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        Types__Id *contract = import(f, record)->contract_id;
        Contracts__PutClause *second = clause_on(f, contract);
        size_t count;
        (void)known(f, contract, record, &count);
        assert_int_equal(count, 0);
        Contracts__RecordObligation *command = obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id);
        Types__Id *obligation = record_obligation(f, command)->obligation_id;
        second->lot = 2;
        (void)record_obligation(f, obligation_on(f, put_clause(f, second)->clause_id)); /* the same company */
        Contracts__AssignObligation assign = CONTRACTS__ASSIGN_OBLIGATION__INIT;
        assign.obligation_id = obligation;
        assign.contractor_siret = arena_text(&f->arena, "38012986646850");
        assign.contractor_name = arena_text(&f->arena, "Repreneur");
        assign.reference = arena_text(&f->arena, "avenant 2");
        assign.assigned_on = a_day(f, 2026, 9, 1);
        (void)fixture_get(f, coordinator(f), "AssignObligation", &assign);

        Contracts__CompanyId **holders = known(f, contract, record, &count);
        assert_int_equal(count, 1);
        assert_string_equal(holders[0]->value, CONTRACTOR_SIRET);
        assert_string_equal(holders[0]->name, "Peintures du Lauragais");
}

static void test_those_of_the_record(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        Contracts__CompanyId company = CONTRACTS__COMPANY_ID__INIT, *list[] = {&company};
        size_t count;
        company.value = arena_text(&f->arena, "38012986646850");
        Types__Id *contract = import(f, record)->contract_id;
        (void)record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id));
        record->contractors = list;
        record->n_contractors = 1;
        assert_string_equal(known(f, contract, record, &count)[0]->value, "38012986646850");
        assert_int_equal(count, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_owed_first_where_the_record_names_none, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_those_of_the_record, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
