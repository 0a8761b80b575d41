/* Out: names, defaults, enums, wide integers, bytes, text forms; every message of the catalogue, there and back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/commands.pb-c.h"
#include "envelope.pb-c.h"
#include "accounts/commands.pb-c.h"
#include "gateway/events.pb-c.h"
#include "runtime/queries.pb-c.h"
#include "tests/lib/fill.h"
#include "tracking/events.pb-c.h"

static void drop(json_t **json)
{
        json_decref(*json);
}

static void assert_json(const void *message, const char *expected)
{
        scoped(drop) json_t *json = json_of_message(message);
        char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
        assert_non_null(text);
        assert_string_equal(text, expected);
        free(text);
}

static void test_defaults_are_left_out(void **state)
{
        (void)state;
        Contracts__PutClause clause = CONTRACTS__PUT_CLAUSE__INIT;
        assert_json(&clause, "{}");
}

static void test_names_and_text_forms(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        calibration.amount = money_to(&arena, money_of_cents(8223800));
        calibration.labour_share = share_to(&arena, share_of_millionths(50000));
        calibration.rounding = CONTRACTS__ROUNDING__TO_35;
        char *territories[] = {(char[]){"31"}, (char[]){"2A"}};
        Contracts__PutClause clause = CONTRACTS__PUT_CLAUSE__INIT;
        clause.calibration = &calibration;
        clause.lot = 2;
        clause.territories = territories;
        clause.n_territories = 2;

        assert_json(&clause, "{\"calibration\":{\"amount\":\"82238.00\",\"labourShare\":\"0.05\","
                             "\"rounding\":\"TO_35\"},\"lot\":2,\"territories\":[\"31\",\"2A\"]}");
}

static void test_each_text_form(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        struct id id = {{0x01, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 0x01, 0x8f, 0, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab}};

        assert_json(id_to(&arena, id), "\"0192f0c1-7a3b-7001-8f00-0123456789ab\"");
        assert_json(day_to(&arena, day_of_number(0)), "\"1970-01-01\"");
        assert_json(month_to(&arena, month_of_number(-1)), "\"1969-12\"");
        assert_json(instant_to(&arena, 1795359003120), "\"2026-11-22T14:50:03.120Z\"");
        assert_json(hours_to(&arena, hours_of_hundredths(15167)), "\"151.67\"");
        assert_json(money_to(&arena, money_of_cents(-300)), "\"-3.00\"");
        assert_json(share_to(&arena, share_of_millionths(0)), "\"0.0\"");
}

/* Nobody validated it, yet the tool that shows captured frames must show it. */
static void test_values_without_text_form_are_shown(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Types__Id id = TYPES__ID__INIT;
        id.value = (ProtobufCBinaryData){.len = 2, .data = (uint8_t[]){1, 2}};

        assert_json(&id, "\"AQI=\"");
        assert_json(day_to(&arena, day_of_number(INT32_MAX)), "2147483647");
        assert_json(month_to(&arena, month_of_number(INT32_MIN)), "-2147483648");
        assert_json(instant_to(&arena, INT64_MAX), "9223372036854775807");
}

static void test_wide_integers_enums_and_bytes(void **state)
{
        (void)state;
        Runtime__HealthReply health = RUNTIME__HEALTH_REPLY__INIT;
        health.position = UINT64_MAX;
        health.uptime_ms = INT64_MIN;
        assert_json(&health, "{\"position\":\"18446744073709551615\",\"uptimeMs\":\"-9223372036854775808\"}");

        Gateway__UserCreated user = GATEWAY__USER_CREATED__INIT;
        user.role = (Types__Role)77; /* of a later version: no name known */
        user.token_hash = (ProtobufCBinaryData){.len = 3, .data = (uint8_t[]){0xfb, 0xff, 0x00}};
        assert_json(&user, "{\"role\":77,\"tokenHash\":\"+/8A\"}");
}

static void test_a_chosen_field_is_told_even_when_empty(void **state)
{
        (void)state;
        Wire__Reply reply = WIRE__REPLY__INIT;
        reply.outcome_case = WIRE__REPLY__OUTCOME_BODY;
        reply.repeated_key = 1;
        assert_json(&reply, "{\"body\":\"\",\"repeatedKey\":true}");
}

static void test_broken_utf8_is_shown_replaced(void **state)
{
        (void)state;
        Accounts__RevokeUser user = ACCOUNTS__REVOKE_USER__INIT;
        user.name = (char[]){"a\xff\xc3\xa9\xe2\x82"};
        assert_json(&user, "{\"name\":\"a\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\"}");
}

/* ---- there and back */

static unsigned types_seen;

static void round_trip(const ProtobufCMessageDescriptor *type, void *argument)
{
        types_seen++;
        for (unsigned i = 0; i < 40; i++) {
                scoped(arena_fini) struct arena arena = {0};
                struct refusal refusal = {0};
                ProtobufCMessage *back = NULL;
                ProtobufCMessage *message = fill_message(type, argument, &arena);
                scoped(drop) json_t *json = json_of_message(message);
                char *text = json_dumps(json, 0);
                assert_non_null(text);
                scoped(drop) json_t *read = NULL;
                assert_true(json_of_text(slice_of_text(text), &read, &refusal));
                if (!json_to_message(read, type, &arena, &back, &refusal))
                        fail_msg("%s: %s\n%s", type->name, refusal.text, text);
                if (!slice_equal(pb_encode(message, &arena), pb_encode(back, &arena)))
                        fail_msg("%s changed: %s", type->name, text);
                free(text);
        }
}

static void test_every_message_there_and_back(void **state)
{
        (void)state;
        uint64_t seed = 20261122;
        fill_each_type(round_trip, &seed);
        round_trip(&wire__reply__descriptor, &seed); /* a oneof of bytes and message */
        assert_true(types_seen > 60);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_defaults_are_left_out),
                cmocka_unit_test(test_names_and_text_forms),
                cmocka_unit_test(test_each_text_form),
                cmocka_unit_test(test_values_without_text_form_are_shown),
                cmocka_unit_test(test_wide_integers_enums_and_bytes),
                cmocka_unit_test(test_a_chosen_field_is_told_even_when_empty),
                cmocka_unit_test(test_broken_utf8_is_shown_replaced),
                cmocka_unit_test(test_every_message_there_and_back),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
