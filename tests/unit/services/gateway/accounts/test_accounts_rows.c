/* The tables of accounts: by name, by token, by role, and what revoking leaves. */
#include "tests/unit/services/gateway/fixture.h"

#include "services/gateway/accounts/accounts_rows.h"
#include "services/gateway/accounts/token.h"

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
        uint8_t hash[TOKEN_DIGEST_SIZE];
        char longest[1000];
        const char *token = create(f, account_in(f, "marie", TYPES__ROLE__BUYER, "31"))->token;
        assert_true(token_of_text(token, hash));
        memset(longest, 'x', sizeof(longest) - 1);
        longest[sizeof(longest) - 1] = '\0';

        struct txn *txn = reading(f);
        const Gateway__AccountRow *user = store_find_user(txn, "marie", &f->arena);
        assert_string_equal(user->name, "marie");
        assert_string_equal(store_find_by_token(txn, slice_of(hash, 32), &f->arena)->name, "marie");
        assert_null(store_find_user(txn, "mari", &f->arena));
        assert_null(store_find_user(txn, longest, &f->arena));
        assert_true(store_has_role(txn, TYPES__ROLE__BUYER));
        assert_false(store_has_role(txn, TYPES__ROLE__COORDINATOR));
        hash[31]++;
        assert_null(store_find_by_token(txn, slice_of(hash, 32), &f->arena));
        txn_end_read(txn);
}

static void test_revoking_takes_the_token_away_and_keeps_the_name(void **state)
{
        struct fixture *f = *state;
        uint8_t hash[TOKEN_DIGEST_SIZE];
        assert_true(token_of_text(create(f, account_in(f, "marie", TYPES__ROLE__BUYER, "31"))->token, hash));
        revoke_user(f, "marie");

        struct txn *txn = reading(f);
        assert_true(store_find_user(txn, "marie", &f->arena)->revoked);
        assert_null(store_find_by_token(txn, slice_of(hash, 32), &f->arena));
        assert_int_equal(txn_count(txn, T_USER), 1);
        assert_int_equal(txn_count(txn, T_TOKEN), 0);
        assert_int_equal(txn_count(txn, T_ACCOUNT_AWAITING), 0);
        txn_end_read(txn);
}

static void test_accounts_outlive_the_process(void **state)
{
        struct fixture *f = *state;
        (void)create_confirmed(f, coordinator_of(f), account(f, "marie"));
        fixture_reopen(f);
        assert_int_equal(all_users(f)->n_users, 2);
        fixture_verify(f);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_name_and_by_token, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_revoking_takes_the_token_away_and_keeps_the_name, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_accounts_outlive_the_process, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
