/* In: every refusal with its path, both spellings, what numbers may look like, depth, doubles, broken text. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/limits.h"
#include "common/base/text.h"
#include "common/codec/json.h"
#include "contracts/commands.pb-c.h"
#include "envelope.pb-c.h"
#include "accounts/commands.pb-c.h"
#include "gateway/events.pb-c.h"
#include "accounts/queries.pb-c.h"
#include "runtime/queries.pb-c.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

static void drop(json_t **json)
{
        json_decref(*json);
}

static bool read(const char *text, const ProtobufCMessageDescriptor *type, struct arena *arena, void *ret_message,
                 struct refusal *ret_refusal)
{
        scoped(drop) json_t *json = NULL;
        ProtobufCMessage *message;

        if (!json_of_text(slice_of_text(text), &json, ret_refusal) ||
            !json_to_message(json, type, arena, &message, ret_refusal))
                return false;
        *(ProtobufCMessage **)ret_message = message;
        return true;
}

static void *accepted(const char *text, const ProtobufCMessageDescriptor *type, struct arena *arena)
{
        struct refusal refusal = {0};
        void *message = NULL;
        if (!read(text, type, arena, &message, &refusal))
                fail_msg("%s: %s", text, refusal.text);
        return message;
}

struct refused {
        const ProtobufCMessageDescriptor *type;
        const char *json;
        Types__RefusalCode code;
        const char *field;
        const char *text; /* a part of it */
};

static void assert_refused(const struct refused *expected)
{
        scoped(arena_fini) struct arena arena = {0};
        struct refusal refusal = {0};
        void *message = NULL;

        if (read(expected->json, expected->type, &arena, &message, &refusal))
                fail_msg("accepted: %s", expected->json);
        assert_null(message);
        assert_int_equal(refusal.code, expected->code);
        assert_string_equal(refusal.field, expected->field);
        if (strstr(refusal.text, expected->text) == NULL)
                fail_msg("%s: \"%s\" is not in: %s", expected->json, expected->text, refusal.text);
        assert_true(utf8_valid(refusal.text, strlen(refusal.text)));
}

#define CLAUSE  &contracts__put_clause__descriptor
#define HOURS   &tracking__submit_hours__descriptor
#define USER    &gateway__user_created__descriptor
#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

static void test_refusals_of_values(void **state)
{
        static const struct refused table[] = {
                {CLAUSE, "{\"calibration\":{\"labourShare\":\"1.5\"}}", INVALID, "calibration.labourShare",
                 "calibration.labourShare doit être une part entre 0 et 1, par exemple \"0.05\""},
                {CLAUSE, "{\"calibration\":{\"labour_share\":-0.1}}", INVALID, "calibration.labourShare",
                 "entre 0 et 1"},
                {CLAUSE, "{\"calibration\":{\"labourShare\":0.0000001}}", INVALID, "calibration.labourShare",
                 "une part"},
                {CLAUSE, "{\"calibration\":{\"amount\":\"12,50\"}}", INVALID, "calibration.amount", "\"82238.00\""},
                {CLAUSE, "{\"calibration\":{\"amount\":12.345}}", INVALID, "calibration.amount", "au centime"},
                {CLAUSE, "{\"calibration\":{\"amount\":9223372036854775807}}", INVALID, "calibration.amount",
                 "montant"},
                {CLAUSE, "{\"calibration\":{\"amount\":1e300}}", INVALID, "calibration.amount", "montant"},
                {CLAUSE, "{\"calibration\":{\"amount\":true}}", INVALID, "calibration.amount", "montant"},
                {CLAUSE, "{\"calibration\":7}", INVALID, "calibration", "un objet, entre accolades"},
                {CLAUSE, "{\"calibration\":{\"rounding\":\"UP\"}}", INVALID, "calibration.rounding", "DOWN, NEAREST"},
                {CLAUSE, "{\"calibration\":{\"rounding\":\"NEARST\"}}", INVALID, "calibration.rounding",
                 "vouliez-vous dire « NEAREST » ?"},
                {CLAUSE, "{\"calibration\":{\"rounding\":99}}", INVALID, "calibration.rounding", "TO_35"},
                {CLAUSE, "{\"calibration\":{\"rounding\":[]}}", INVALID, "calibration.rounding", "l'une des valeurs"},
                {CLAUSE, "{\"lot\":-1}", INVALID, "lot", "entre 0 et 4294967295"},
                {CLAUSE, "{\"lot\":4294967296}", INVALID, "lot", "nombre entier"},
                {CLAUSE, "{\"lot\":1.5}", INVALID, "lot", "nombre entier"},
                {CLAUSE, "{\"lot\":\"deux\"}", INVALID, "lot", "nombre entier"},
                {CLAUSE, "{\"lot\":\"\"}", INVALID, "lot", "nombre entier"},
                {CLAUSE, "{\"lot\":{}}", INVALID, "lot", "nombre entier"},
                {CLAUSE, "{\"territories\":\"31\"}", INVALID, "territories", "une liste, entre crochets"},
                {CLAUSE, "{\"territories\":[\"31\",9]}", INVALID, "territories[1]",
                 "territories[1] doit être un texte"},
                {CLAUSE, "{\"territories\":[null]}", INVALID, "territories[0]", "un texte"},
                {CLAUSE, "{\"contractId\":\"0192f0c1\"}", INVALID, "contractId", "identifiant"},
                {CLAUSE, "{\"contractId\":1}", INVALID, "contractId", "identifiant"},
                {HOURS, "{\"month\":\"2026-13\"}", INVALID, "month", "\"2026-11\""},
                {HOURS, "{\"month\":202611}", INVALID, "month", "un mois"},
                {HOURS, "{\"hours\":\"151.675\"}", INVALID, "hours", "au centième"},
                {&tracking__end_placement__descriptor, "{\"endedOn\":\"2026-02-30\"}", INVALID, "endedOn", "une date"},
                {&tracking__end_placement__descriptor, "{\"endedOn\":\"0218-02-03\"}", INVALID, "endedOn", "1600"},
                {&tracking__beneficiary_line__descriptor, "{\"referredAt\":\"2026-11-22\"}", INVALID, "referredAt",
                 "un instant en temps universel"},
                {&tracking__decide_eligibility__descriptor, "{\"eligible\":\"oui\"}", INVALID, "eligible",
                 "true ou false"},
                {USER, "{\"tokenHash\":\"é\"}", INVALID, "tokenHash", "base64"},
                {USER, "{\"tokenHash\":12}", INVALID, "tokenHash", "base64"},
                {USER, "{\"name\":12}", INVALID, "name", "un texte"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(table); i++)
                assert_refused(&table[i]);
}

static void test_refusals_of_wide_integers(void **state)
{
        static const struct refused table[] = {
                {&runtime__health_reply__descriptor, "{\"position\":\"18446744073709551616\"}", INVALID, "position",
                 "entier"},
                {&runtime__health_reply__descriptor, "{\"position\":-1}", INVALID, "position", "entier"},
                {&runtime__health_reply__descriptor, "{\"position\":\"-1\"}", INVALID, "position", "entier"},
                {&runtime__health_reply__descriptor, "{\"position\":1e17}", INVALID, "position", "entier"},
                {&runtime__health_reply__descriptor, "{\"uptimeMs\":\"-9223372036854775809\"}", INVALID, "uptimeMs",
                 "entier"},
                {&runtime__health_reply__descriptor, "{\"sources\":[{},{\"position\":\"x\"}]}", INVALID,
                 "sources[1].position", "entier"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(table); i++)
                assert_refused(&table[i]);
}

static void test_refusals_of_names(void **state)
{
        static const struct refused table[] = {
                {CLAUSE, "{\"calibration\":{\"hourCost\":1}}", INVALID, "calibration.hourCost",
                 "« hourCost » n'existe pas ici ; vouliez-vous dire « hourlyCost » ? Champs connus : amount, "
                 "labourShare, insertionRate, hourlyCost, rounding"},
                {CLAUSE, "{\"calibration\":{\"zzz\":1}}", INVALID, "calibration.zzz",
                 "« zzz » n'existe pas ici ; champs connus : amount, labourShare, insertionRate, hourlyCost, "
                 "rounding"},
                {CLAUSE, "{\"contractID\":\"x\"}", INVALID, "contractID", "vouliez-vous dire « contractId » ?"},
                {CLAUSE, "{\"contract_id\":null,\"contractId\":null}", INVALID, "contractId", "deux fois"},
                {&accounts__revoke_user_reply__descriptor, "{\"a\":1}", INVALID, "a", "champs connus : aucun"},
                {&wire__reply__descriptor, "{\"body\":\"\",\"refusal\":{}}", INVALID, "refusal",
                 "refusal et body s'excluent"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(table); i++)
                assert_refused(&table[i]);
}

static void test_refusals_of_text(void **state)
{
        static const struct refused table[] = {
                {CLAUSE, "[]", TYPES__REFUSAL_CODE__MALFORMED, "", "objet JSON"},
                {CLAUSE, "", TYPES__REFUSAL_CODE__MALFORMED, "", "ligne 1"},
                {CLAUSE, "{\"lot\":1", TYPES__REFUSAL_CODE__MALFORMED, "", "s'arrête trop tôt"},
                {CLAUSE, "{\n\"lot\":1,\n}", TYPES__REFUSAL_CODE__MALFORMED, "", "ligne 3, colonne 1"},
                {CLAUSE, "{} x", TYPES__REFUSAL_CODE__MALFORMED, "", "quelque chose suit"},
                {CLAUSE, "{\"lot\":1,\"lot\":2}", TYPES__REFUSAL_CODE__MALFORMED, "", "même nom est donné deux fois"},
                {CLAUSE, "{\"a\":\"\xff\"}", TYPES__REFUSAL_CODE__MALFORMED, "", "UTF-8"},
                {CLAUSE, "{\"a\":\"\\u0000\"}", TYPES__REFUSAL_CODE__MALFORMED, "", "caractère nul"},
                {CLAUSE, "{\"lot\":99999999999999999999}", TYPES__REFUSAL_CODE__MALFORMED, "", "trop grand"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(table); i++)
                assert_refused(&table[i]);
}

/* A tool may build its JSON without a text: what Jansson's reader would refuse must still not pass. */
static void test_strings_made_without_a_text(void **state)
{
        (void)state;
        static const struct {
                const char *bytes;
                size_t size;
        } bad[] = {{"a\0b", 3}, {"\xc3", 1}};

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                scoped(arena_fini) struct arena arena = {0};
                scoped(drop) json_t *json = json_object();
                struct refusal refusal = {0};
                ProtobufCMessage *message;
                assert_int_equal(json_object_set_new(json, "name", json_stringn_nocheck(bad[i].bytes, bad[i].size)), 0);
                assert_false(json_to_message(json, USER, &arena, &message, &refusal));
                assert_string_equal(refusal.field, "name");
                assert_non_null(strstr(refusal.text, "UTF-8"));
        }
}

static void test_a_long_wrong_name_does_not_break_the_refusal(void **state)
{
        (void)state;
        char json[600] = "{\"";
        for (size_t i = 2; i < 500; i += 2)
                memcpy(json + i, "é", 2);
        memcpy(json + 500, "\":1}", 5);
        char field[64] = "";
        for (size_t i = 0; i < 62; i += 2)
                memcpy(field + i, "é", 3);
        assert_refused(&(struct refused){CLAUSE, json, INVALID, field, "n'existe pas ici"});
}

/* ---- what is accepted */

static void test_both_spellings(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Contracts__PutClause *clause =
                accepted("{\"calibration\":{\"labour_share\":\"0.05\",\"insertionRate\":\"0.1\"}}", CLAUSE, &arena);
        assert_int_equal(clause->calibration->labour_share->millionths, 50000);
        assert_int_equal(clause->calibration->insertion_rate->millionths, 100000);
        assert_null(clause->calibration->amount);
}

static void test_numbers_for_quantities(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Contracts__PutClause *clause =
                accepted("{\"calibration\":{\"amount\":12.5,\"hourlyCost\":42,\"labourShare\":0.07,"
                         "\"insertionRate\":1,\"rounding\":4}}",
                         CLAUSE, &arena);
        assert_int_equal(clause->calibration->amount->cents, 1250);
        assert_int_equal(clause->calibration->hourly_cost->cents, 4200);
        assert_int_equal(clause->calibration->labour_share->millionths, 70000);
        assert_int_equal(clause->calibration->insertion_rate->millionths, 1000000);
        assert_int_equal(clause->calibration->rounding, CONTRACTS__ROUNDING__TO_7);

        Tracking__SubmitHours *hours = accepted("{\"hours\":-0.29,\"month\":\"1969-12\"}", HOURS, &arena);
        assert_int_equal(hours->hours->hundredths, -29);
        assert_int_equal(hours->month->months, -1);
}

static void test_integers_as_number_or_text(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Runtime__HealthReply *health = accepted("{\"position\":\"18446744073709551615\",\"uptimeMs\":-5,\"pid\":7.0}",
                                                &runtime__health_reply__descriptor, &arena);
        assert_true(health->position == UINT64_MAX);
        assert_int_equal(health->uptime_ms, -5);
        assert_int_equal(health->pid, 7);

        health = accepted("{\"uptimeMs\":\"-9223372036854775808\"}", &runtime__health_reply__descriptor, &arena);
        assert_true(health->uptime_ms == INT64_MIN);
        Contracts__PutClause *clause = accepted("{\"lot\":\"4294967295\"}", CLAUSE, &arena);
        assert_true(clause->lot == UINT32_MAX);
}

static void test_base64_of_either_alphabet(void **state)
{
        (void)state;
        static const char *const forms[] = {"{\"tokenHash\":\"+/8AAA==\"}", "{\"tokenHash\":\"+/8AAA\"}",
                                            "{\"tokenHash\":\"-_8AAA==\"}", "{\"tokenHash\":\"-_8AAA\"}"};
        for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
                scoped(arena_fini) struct arena arena = {0};
                Gateway__UserCreated *user = accepted(forms[i], USER, &arena);
                assert_int_equal(user->token_hash.len, 4);
                assert_memory_equal(user->token_hash.data, "\xfb\xff\0\0", 4);
        }
}

static void test_null_is_absence(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Contracts__PutClause *clause =
                accepted("{\"calibration\":null,\"lot\":null,\"territories\":null}", CLAUSE, &arena);
        assert_null(clause->calibration);
        assert_int_equal(clause->lot, 0);
        assert_int_equal(clause->n_territories, 0);

        Wire__Reply *reply =
                accepted("{\"body\":null,\"refusal\":{\"code\":\"NOT_FOUND\"}}", &wire__reply__descriptor, &arena);
        assert_int_equal(reply->outcome_case, WIRE__REPLY__OUTCOME_REFUSAL);
        assert_int_equal(reply->refusal->code, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_field_by_name(void **state)
{
        (void)state;
        assert_string_equal(json_field(CLAUSE, "contractId")->name, "contract_id");
        assert_string_equal(json_field(CLAUSE, "contract_id")->name, "contract_id");
        assert_null(json_field(CLAUSE, "contractid"));
}

/* ---- depth: no message of proto/ nests in itself, so one is made here: message Node { Node child = 1; } */

struct node {
        ProtobufCMessage base;
        struct node *child;
};

static ProtobufCMessageDescriptor node_type;

static void node_init(ProtobufCMessage *message)
{
        *(struct node *)message = (struct node){.base = PROTOBUF_C_MESSAGE_INIT(&node_type)};
}

static void test_depth_is_bounded(void **state)
{
        (void)state;
        static ProtobufCFieldDescriptor field = {
                .name = "child",
                .id = 1,
                .label = PROTOBUF_C_LABEL_NONE,
                .type = PROTOBUF_C_TYPE_MESSAGE,
                .offset = offsetof(struct node, child),
                .descriptor = &node_type,
        };
        node_type = (ProtobufCMessageDescriptor){.magic = PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC,
                                                 .name = "Node",
                                                 .sizeof_message = sizeof(struct node),
                                                 .n_fields = 1,
                                                 .fields = &field,
                                                 .message_init = node_init};
        char json[40 * 9 + 3] = "";
        size_t used = 0;
        for (int i = 0; i < LIMIT_JSON_DEPTH - 1; i++)
                used += (size_t)snprintf(json + used, sizeof(json) - used, "{\"child\":");
        memcpy(json + used, "{}", 3);
        memset(json + used + 2, '}', LIMIT_JSON_DEPTH - 1);

        scoped(arena_fini) struct arena arena = {0};
        struct node *node = accepted(json, &node_type, &arena);
        unsigned depth = 0;
        for (; node != NULL; node = node->child)
                depth++;
        assert_int_equal(depth, LIMIT_JSON_DEPTH);

        char deeper[sizeof(json) + 12];
        (void)snprintf(deeper, sizeof(deeper), "{\"child\":%s}", json);
        char path[96] = "child";
        for (size_t length = 5; length + 6 < sizeof(path); length += 6)
                memcpy(path + length, ".child", 7);
        assert_refused(&(struct refused){&node_type, deeper, TYPES__REFUSAL_CODE__TOO_LARGE, path, "trop imbriquée"});
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_refusals_of_values),
                cmocka_unit_test(test_refusals_of_wide_integers),
                cmocka_unit_test(test_refusals_of_names),
                cmocka_unit_test(test_refusals_of_text),
                cmocka_unit_test(test_strings_made_without_a_text),
                cmocka_unit_test(test_a_long_wrong_name_does_not_break_the_refusal),
                cmocka_unit_test(test_both_spellings),
                cmocka_unit_test(test_numbers_for_quantities),
                cmocka_unit_test(test_integers_as_number_or_text),
                cmocka_unit_test(test_base64_of_either_alphabet),
                cmocka_unit_test(test_null_is_absence),
                cmocka_unit_test(test_field_by_name),
                cmocka_unit_test(test_depth_is_bounded),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
