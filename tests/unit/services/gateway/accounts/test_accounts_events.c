/* Events that are not in the order that this version makes them in must not break the tables. */
#include "tests/unit/services/gateway/fixture.h"

#include "gateway/calls.h"
#include "services/gateway/accounts/accounts_rows.h"

static void apply(struct txn *txn, struct fixture *f, Gateway__Event *body)
{
        const struct event event = {.number = 1, .at_ms = FIXTURE_NOW_MS, .body = body};
        gateway_apply_event(txn, &f->arena, &event);
}

static void test_created_and_revoked(void **state)
{
        struct fixture *f = *state;
        struct err_info info = {0};
        uint8_t hash[32] = {9}, bytes[16] = {1};
        Types__Id id = TYPES__ID__INIT;
        Gateway__UserCreated created = GATEWAY__USER_CREATED__INIT;
        Gateway__UserRevoked revoked = GATEWAY__USER_REVOKED__INIT;
        Gateway__Event event = GATEWAY__EVENT__INIT;
        struct txn *txn = txn_begin_write(engine_store(f->engine), &info);
        assert_non_null(txn);
        txn_allow(txn, TABLE_STATE);

        apply(txn, f, &event); /* of a later version: nothing that is known here */
        event.body_case = GATEWAY__EVENT__BODY_USER_REVOKED;
        event.user_revoked = &revoked;
        id.value = (ProtobufCBinaryData){.len = sizeof(bytes), .data = bytes};
        revoked.user_id = created.user_id = &id;
        revoked.name = created.name = (char[]){"marie"};
        apply(txn, f, &event); /* of somebody who never was */
        assert_int_equal(txn_count(txn, T_USER), 0);

        created.token_hash = (ProtobufCBinaryData){.len = sizeof(hash), .data = hash};
        event.body_case = GATEWAY__EVENT__BODY_USER_CREATED;
        event.user_created = &created;
        apply(txn, f, &event);
        assert_int_equal(txn_count(txn, T_USER), 1);
        assert_int_equal(txn_count(txn, T_TOKEN), 1);
        /* of a version whose tokens had no end: it gets one */
        const Gateway__AccountRow *row = store_find_user(txn, "marie", &f->arena);
        assert_true(row->token_ends->ms == FIXTURE_NOW_MS + INT64_C(180) * 86400000);
        event.body_case = GATEWAY__EVENT__BODY_USER_REVOKED;
        event.user_revoked = &revoked;
        apply(txn, f, &event);
        assert_int_equal(txn_count(txn, T_USER), 1);
        assert_int_equal(txn_count(txn, T_TOKEN), 0);
        txn_abort(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_created_and_revoked, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
