/* The tables: what is put is found, walks stay within their prefix, nothing is left after a reopening but what was. */
#include "services/contracts/clauses/clauses_rows.h"
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/needs/needs_rows.h"

static struct txn *look(struct fixture *f)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        return txn;
}

static void test_found_again_after_a_restart(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Id *clause = put_clause(f, clause_on(f, contract))->clause_id;
        Types__Id *obligation = record_obligation(f, obligation_on(f, clause))->obligation_id;
        Types__Id *need = declare(f, coordinator(f), need_for(f, obligation))->need_id;
        fixture_reopen(f);

        struct txn *txn = look(f);
        struct id of_lot;
        assert_string_equal(contracts_record_find(txn, &f->arena, id_of(contract))->number, "2026-031");
        assert_true(contracts_clause_of_lot(txn, id_of(contract), 1, &of_lot));
        assert_true(id_equal(of_lot, id_of(clause)));
        assert_false(contracts_clause_of_lot(txn, id_of(contract), 2, &of_lot));
        assert_string_equal(contracts_clause_find(txn, &f->arena, of_lot)->rules_version, "calibration-2024-1");
        assert_int_equal(contracts_obligation_find(txn, &f->arena, id_of(obligation))->hourly_cost->cents, 3000);
        assert_int_equal(contracts_obligation_find(txn, &f->arena, id_of(obligation))->labour_share->millionths,
                         500000);
        assert_string_equal(needs_find(txn, &f->arena, id_of(need))->need->territory, "31");
        assert_null(needs_find(txn, &f->arena, id_of(obligation)));
        assert_int_equal(contracts_ledger(txn, &f->arena, id_of(obligation)).entries, 1);
        assert_int_equal(contracts_ledger(txn, &f->arena, id_numbered(3)).entries, 0);
        txn_end_read(txn);
}

static size_t count(struct walk *walk)
{
        struct id id;
        size_t number = 0;
        while (walk_next(walk, &id)) {
                assert_false(id_is_zero(id));
                number++;
        }
        walk_end(walk);
        return number;
}

static void test_walks_stay_within_their_prefix(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Types__Id *clause = put_clause(f, clause_on(f, contract))->clause_id;
        Types__Id *obligation = record_obligation(f, obligation_on(f, clause))->obligation_id;
        (void)declare(f, coordinator(f), need_for(f, obligation));
        const struct slice start = {0};
        struct txn *txn = look(f);
        struct walk walk;

        contracts_walk_obligations_of_contract(txn, id_of(contract), start, &walk);
        assert_int_equal(count(&walk), 1);
        contracts_walk_obligations_of_clause(txn, id_of(clause), &walk);
        assert_int_equal(count(&walk), 1);
        contracts_walk_obligations_of_contract(txn, id_of(clause), start, &walk); /* another sort of owner */
        assert_int_equal(count(&walk), 0);
        contracts_walk_obligations_of_organisation(txn, id_numbered(1), "", start, &walk);
        assert_int_equal(count(&walk), 1);
        contracts_walk_obligations_of_organisation(txn, id_numbered(2), "", start, &walk);
        assert_int_equal(count(&walk), 0);
        contracts_walk_obligations_of_buyer(txn, BUYER_SIRET, start, &walk);
        assert_int_equal(count(&walk), 1);
        contracts_walk_obligations_of_buyer(txn, "2131055540001", start, &walk); /* a prefix of it is not it */
        assert_int_equal(count(&walk), 0);
        contracts_walk_records_of_buyer(txn, BUYER_SIRET, "2026-03", start, &walk);
        assert_int_equal(count(&walk), 0);
        contracts_walk_clauses_of_contract(txn, id_of(contract), &walk);
        assert_int_equal(count(&walk), 1);
        needs_walk(txn, "3", start, &walk);
        assert_int_equal(count(&walk), 0);
        needs_walk(txn, "31", start, &walk);
        assert_int_equal(count(&walk), 1);
        txn_end_read(txn);
}

static void test_entries_from_a_number(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        for (uint8_t i = 1; i <= 4; i++)
                hours_validated(f, i, obligation, i, 100 * i);
        struct txn *txn = look(f);
        struct walk walk;
        contracts_walk_entries(txn, id_of(obligation), 4, &walk);
        assert_int_equal(contracts_walk_next_entry(&walk, &f->arena)->number, 4);
        assert_int_equal(contracts_walk_next_entry(&walk, &f->arena)->number, 5);
        assert_null(contracts_walk_next_entry(&walk, &f->arena));
        walk_end(&walk);
        txn_end_read(txn);
}

/* A full disk: the one who asks is told, nothing is half written, and it goes on once there is room. */
static void test_a_full_disk(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        f->world.commits_until_fault = 0;
        f->world.fault_errno = 28; /* ENOSPC */
        (void)fixture_refused(f, coordinator(f), "DeclareNeed", need_for(f, obligation),
                              TYPES__REFUSAL_CODE__UNAVAILABLE);
        assert_int_equal(see_obligation(f, obligation)->n_entries, 1);
        f->world.commits_until_fault = -1;
        (void)declare(f, coordinator(f), need_for(f, obligation));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_found_again_after_a_restart, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_walks_stay_within_their_prefix, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_entries_from_a_number, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_full_disk, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
