/* What belongs to a contract, through the store of a daemon: rows are written as apply() does. */
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/record/rows.h"

static struct txn *writing(struct store *store)
{
        struct err_info info = {0};
        struct txn *txn = txn_begin_write(store, &info);
        assert_non_null(txn);
        txn_allow(txn, TABLE_STATE);
        return txn;
}

static void test_about_a_contract(void **state)
{
        struct fixture *f = *state;
        struct txn *txn = writing(engine_store(f->engine));
        struct walk walk;
        struct id id;

        contracts_about_put(txn, id_numbered(1), ABOUT_QUESTION, id_numbered(12));
        contracts_about_put(txn, id_numbered(1), ABOUT_QUESTION, id_numbered(11));
        contracts_about_put(txn, id_numbered(1), ABOUT_CASE, id_numbered(13));
        contracts_about_put(txn, id_numbered(2), ABOUT_QUESTION, id_numbered(14));

        contracts_about_walk(txn, id_numbered(1), ABOUT_QUESTION, &walk);
        assert_true(walk_next(&walk, &id));
        assert_true(id_equal(id, id_numbered(11)));
        assert_true(walk_next(&walk, &id));
        assert_true(id_equal(id, id_numbered(12)));
        assert_false(walk_next(&walk, &id));
        walk_end(&walk);
        txn_abort(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_about_a_contract, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
