/* A store of version 1: its tables follow from its log again. */
#include "services/contracts/migrate.h"

#include "tests/unit/services/contracts/fixture.h"

static struct service_spec old_spec;

static int setup_old(void **state)
{
        old_spec = contracts_spec;
        old_spec.store_version = 1;
        old_spec.migrations = NULL;
        old_spec.migration_count = 0;
        return fixture_open(state, &old_spec, NULL);
}

/* The engine runs this in a transaction of its own: rows as no program of today would leave them. */
static int spoil(struct txn *txn, struct err_info *info)
{
        (void)info;
        struct key key = key_of_id(id_numbered(9));
        txn_clear_table(txn, T_HISTORY);
        txn_put(txn, T_ABOUT, key_slice(&key), slice_of_text("x"));
        return 0;
}

static void test_tables_follow_from_the_log(void **state)
{
        static const struct migration steps[] = {{1, spoil}, {2, contracts_migrate_by_replay}};
        static struct service_spec newer;
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        struct hours due = hours_of(see_obligation(f, obligation)->due);

        newer = contracts_spec;
        newer.store_version = 3;
        newer.migrations = steps;
        newer.migration_count = ARRAY_SIZE(steps);
        f->spec = &newer;
        fixture_reopen(f); /* and fixture_close() compares each table with a replay of its own */
        assert_int_equal(hours_hundredths(hours_of(see_obligation(f, obligation)->due)), hours_hundredths(due));
        assert_int_equal(import(f, a_record(f))->outcome, CONTRACTS__IMPORT_OUTCOME__UNCHANGED);
}

static void test_the_program_of_today_opens_it(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        f->spec = &contracts_spec;
        fixture_reopen(f);
        Contracts__ContractHistoryRequest query = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        query.contract_id = contract;
        const Contracts__ContractHistoryReply *history = fixture_get(f, coordinator(f), "ContractHistory", &query);
        assert_int_equal(history->n_lines, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_tables_follow_from_the_log, setup_old, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_program_of_today_opens_it, setup_old, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
