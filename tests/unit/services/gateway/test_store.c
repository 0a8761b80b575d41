/* The tables of accounts: by name, by token, and what revoking leaves. */
#include "tests/unit/services/gateway/fixture.h"

#include "services/gateway/store.h"

static struct txn *reading(struct fixture *f)
{
        struct err_info info = {0};
        struct txn *txn = txn_begin_read(engine_store(f->engine), &info);
        assert_non_null(txn);
        return txn;
}

static void test_by_name_and_by_token(void **state)
{
        struct fixture *f = *state;
        uint8_t hash[32];
        memset(hash, 7, sizeof(hash));
        (void)create_user(f, "marie", 7);

        struct txn *txn = reading(f);
        const Gateway__UserCreated *user = store_find_user(txn, "marie", &f->arena);
        assert_string_equal(user->name, "marie");
        assert_false(store_is_revoked(txn, user));
        assert_string_equal(store_find_by_token(txn, slice_of(hash, 32), &f->arena)->name, "marie");
        assert_null(store_find_user(txn, "mari", &f->arena));
        hash[31]++;
        assert_null(store_find_by_token(txn, slice_of(hash, 32), &f->arena));
        txn_end_read(txn);
}

static void test_revoking_takes_the_token_away(void **state)
{
        struct fixture *f = *state;
        uint8_t hash[32];
        memset(hash, 7, sizeof(hash));
        (void)create_user(f, "marie", 7);
        revoke_user(f, "marie");

        struct txn *txn = reading(f);
        const Gateway__UserCreated *user = store_find_user(txn, "marie", &f->arena);
        assert_true(store_is_revoked(txn, user));
        assert_null(store_find_by_token(txn, slice_of(hash, 32), &f->arena));
        assert_int_equal(txn_count(txn, T_USER), 1);
        assert_int_equal(txn_count(txn, T_TOKEN), 0);
        txn_end_read(txn);
}

static void test_accounts_outlive_the_process(void **state)
{
        struct fixture *f = *state;
        (void)create_user(f, "marie", 7);
        fixture_reopen(f);
        assert_int_equal(all_users(f)->n_users, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_name_and_by_token, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_revoking_takes_the_token_away, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_accounts_outlive_the_process, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
