/* The tables of accounts: by name, by key, by role, and what revoking leaves. */
#include "tests/unit/services/accounts/fixture.h"

#include "common/codec/token.h"
#include "services/accounts/keys/keys_rows.h"
#include "services/accounts/people/people_rows.h"

static void test_by_name_and_by_token(void **state)
{
        struct fixture *f = *state;
        uint8_t hash[TOKEN_DIGEST_SIZE];
        char longest[1000];
        const Accounts__CreateUserReply *reply = create(f, account_in(f, "marie", TYPES__ROLE__BUYER, "31"));
        assert_true(token_of_text(reply->token, hash));
        memset(longest, 'x', sizeof(longest) - 1);
        longest[sizeof(longest) - 1] = '\0';

        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Accounts__AccountRow *user = store_account_named(txn, "marie", &f->arena);
        assert_string_equal(user->name, "marie");
        const Accounts__KeyRow *key = store_key_of_hash(txn, slice_of(hash, sizeof(hash)), &f->arena);
        assert_true(id_equal(id_of(key->given->account_id), id_of(user->account_id)));
        assert_true(id_equal(id_of(key->given->membership_id), id_of(reply->membership_id)));
        assert_null(store_account_named(txn, "mari", &f->arena));
        assert_null(store_account_named(txn, longest, &f->arena));
        assert_true(store_has_role(txn, TYPES__ROLE__BUYER));
        assert_false(store_has_role(txn, TYPES__ROLE__COORDINATOR));
        assert_int_equal(store_memberships(txn, id_of(user->account_id), &f->arena).count, 1);
        hash[31]++;
        assert_null(store_key_of_hash(txn, slice_of(hash, sizeof(hash)), &f->arena));
        txn_end_read(txn);
}

static void test_revoking_keeps_the_name(void **state)
{
        struct fixture *f = *state;
        (void)create(f, account(f, "marie"));
        revoke_user(f, "marie");

        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_true(store_account_named(txn, "marie", &f->arena)->closed);
        assert_int_equal(txn_count(txn, T_ACCOUNT_BY_NAME), 1);
        assert_int_equal(txn_count(txn, T_MEMBERSHIP_AWAITING), 0);
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
                cmocka_unit_test_setup_teardown(test_revoking_keeps_the_name, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_accounts_outlive_the_process, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
