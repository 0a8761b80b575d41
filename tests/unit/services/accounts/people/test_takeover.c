/* Accounts that gateways had made before this daemon was: taken over from their logs, with their tokens. */
#include "tests/unit/services/accounts/fixture.h"

#include "gateway/events.pb-c.h"
#include "services/accounts/keys/keys_rows.h"
#include "services/accounts/people/people_rows.h"

static uint8_t marie_bytes[16] = {1}, paul_bytes[16] = {2}, other_bytes[16] = {3};
static Types__Id marie = {PROTOBUF_C_MESSAGE_INIT(&types__id__descriptor), {16, marie_bytes}};
static Types__Id paul = {PROTOBUF_C_MESSAGE_INIT(&types__id__descriptor), {16, paul_bytes}};
static Types__Id other = {PROTOBUF_C_MESSAGE_INIT(&types__id__descriptor), {16, other_bytes}};

static void feed(struct fixture *f, const char *source, uint64_t number, const void *body)
{
        const ProtobufCMessage *event = event_of_body(&gateway__event__descriptor, body, &f->arena);
        assert_int_equal(engine_feed(f->engine, source, number, event), 0);
}

static void created(struct fixture *f, const char *source, uint64_t number, Types__Id *id, uint8_t token)
{
        Gateway__UserCreated event = GATEWAY__USER_CREATED__INIT;
        char *territory = (char[]){"31"};
        uint8_t *hash = arena_zalloc(&f->arena, 32);
        hash[0] = token;
        event.user_id = id;
        event.name = arena_text(&f->arena, id == &paul ? "paul" : "marie");
        event.role = token == 0 ? TYPES__ROLE__FACILITATOR : TYPES__ROLE__BUYER;
        event.territories = &territory;
        event.n_territories = 1;
        event.token_hash = (ProtobufCBinaryData){token == 0 ? 0 : 32, hash};
        feed(f, source, number, &event.base);
}

static const Accounts__KeyRow *key_of(struct fixture *f, uint8_t token)
{
        uint8_t hash[32] = {token};
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Accounts__KeyRow *row = store_key_of_hash(txn, slice_of(hash, sizeof(hash)), &f->arena);
        txn_end_read(txn);
        return row;
}

static void test_with_their_tokens(void **state)
{
        struct fixture *f = *state;
        created(f, "gateway-1", 1, &marie, 7);
        const Accounts__KeyRow *key = key_of(f, 7);
        assert_non_null(key);
        assert_true(id_equal(id_of(key->given->account_id), id_of(&marie)));
        /* of a version whose tokens had no end: it gets one */
        assert_true(key->given->ends->ms % 1000 == 0 && key->given->ends->ms > 0);

        Gateway__TokenRenewed renewed = GATEWAY__TOKEN_RENEWED__INIT;
        uint8_t hash[32] = {8};
        renewed.user_id = renewed.renewed_by = &marie;
        renewed.name = (char[]){"marie"};
        renewed.token_hash = (ProtobufCBinaryData){32, hash};
        renewed.token_ends = instant_to(&f->arena, FIXTURE_NOW_MS + 5);
        feed(f, "gateway-1", 2, &renewed.base);
        assert_null(key_of(f, 7));
        assert_true(key_of(f, 8)->given->ends->ms == FIXTURE_NOW_MS + 5);
        assert_string_equal(all_users(f)->users[0]->name, "marie");
}

static void test_consent_and_end(void **state)
{
        struct fixture *f = *state;
        created(f, "gateway-1", 1, &paul, 0);
        assert_true(all_users(f)->users[0]->awaits_consent);
        Gateway__UserConfirmed confirmed = GATEWAY__USER_CONFIRMED__INIT;
        uint8_t hash[32] = {9};
        confirmed.user_id = &paul;
        confirmed.confirmed_by = &marie;
        confirmed.name = (char[]){"paul"};
        confirmed.token_hash = (ProtobufCBinaryData){32, hash};
        confirmed.token_ends = instant_to(&f->arena, FIXTURE_NOW_MS + 5);
        feed(f, "gateway-1", 2, &confirmed.base);
        assert_false(all_users(f)->users[0]->awaits_consent);
        assert_non_null(key_of(f, 9));
        Gateway__UserRevoked revoked = GATEWAY__USER_REVOKED__INIT;
        revoked.user_id = &paul;
        revoked.name = (char[]){"paul"};
        feed(f, "gateway-1", 3, &revoked.base);
        assert_true(all_users(f)->users[0]->revoked);
        revoked.user_id = &other; /* of whom nothing is known */
        feed(f, "gateway-1", 4, &revoked.base);
}

static void test_two_gateways_had_given_one_name(void **state)
{
        struct fixture *f = *state;
        created(f, "gateway-1", 1, &marie, 7);
        created(f, "gateway-2", 1, &other, 8);
        assert_int_equal(all_users(f)->n_users, 2);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_true(id_equal(id_of(store_account_named(txn, "marie", &f->arena)->account_id), id_of(&marie)));
        assert_true(id_equal(id_of(store_account_named(txn, "marie@gateway-2", &f->arena)->account_id), id_of(&other)));
        txn_end_read(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_with_their_tokens, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_consent_and_end, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_two_gateways_had_given_one_name, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
