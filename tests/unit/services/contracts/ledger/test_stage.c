/* Where a contract stands follows from what is known of it. */
#include "services/contracts/ledger/stage.h"
#include "tests/unit/services/contracts/fixture.h"

#define STAGE(NAME) CONTRACTS__CONTRACT_STAGE__##NAME

static Contracts__ContractStage stage_of(struct fixture *f, Types__Id *contract, const Contracts__ContractFile *file,
                                         Types__Day *today)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        Contracts__ContractStage stage = contract_stage(txn, id_of(contract), file, day_of(today));
        txn_end_read(txn);
        return stage;
}

static void test_facts_in_their_rank(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Day *today = a_day(f, 2026, 10, 18);
        Contracts__ContractFile file = CONTRACTS__CONTRACT_FILE__INIT;
        uint32_t lots[] = {1};
        assert_int_equal(stage_of(f, contract, NULL, today), STAGE(STAGE_UNKNOWN));
        assert_int_equal(stage_of(f, contract, &file, today), STAGE(STAGE_UNKNOWN));
        file.opened = file.only_counted = true;
        assert_int_equal(stage_of(f, contract, &file, today), STAGE(STAGE_UNKNOWN));
        assert_false(contract_file_follows(&file));
        file.only_counted = false;
        assert_int_equal(stage_of(f, contract, &file, today), STAGE(IN_PREPARATION));
        assert_true(contract_file_follows(&file));
        file.in_consultation = true;
        assert_int_equal(stage_of(f, contract, &file, today), STAGE(IN_CONSULTATION));
        file.awarded_lots = lots, file.n_awarded_lots = 1;
        assert_int_equal(stage_of(f, contract, &file, today), STAGE(IN_EXECUTION));
        file.ended_on = today;
        assert_int_equal(stage_of(f, contract, &file, today), STAGE(ENDED));
        file.declined = true;
        assert_int_equal(stage_of(f, contract, &file, today), STAGE(DECLINED));
        assert_false(contract_file_follows(&file));
}

static void test_a_suspension_is_over_when_it_is(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__ContractFile file = CONTRACTS__CONTRACT_FILE__INIT;
        Contracts__Suspension suspension = CONTRACTS__SUSPENSION__INIT, *list[] = {&suspension};
        suspension.from = a_day(f, 2026, 7, 1);
        suspension.to = a_day(f, 2026, 9, 30);
        file.opened = true;
        file.suspensions = list, file.n_suspensions = 1;
        assert_int_equal(stage_of(f, contract, &file, a_day(f, 2026, 6, 30)), STAGE(IN_PREPARATION));
        assert_int_equal(stage_of(f, contract, &file, a_day(f, 2026, 7, 1)), STAGE(SUSPENDED));
        assert_int_equal(stage_of(f, contract, &file, a_day(f, 2026, 9, 30)), STAGE(SUSPENDED));
        assert_int_equal(stage_of(f, contract, &file, a_day(f, 2026, 10, 1)), STAGE(IN_PREPARATION));
        suspension.lot = 1; /* the others go on */
        assert_int_equal(stage_of(f, contract, &file, a_day(f, 2026, 7, 1)), STAGE(IN_PREPARATION));
}

static void test_who_owes_hours_executes(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id));
        assert_int_equal(stage_of(f, contract, NULL, a_day(f, 2026, 10, 18)), STAGE(IN_EXECUTION));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_facts_in_their_rank, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_suspension_is_over_when_it_is, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_owes_hours_executes, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
