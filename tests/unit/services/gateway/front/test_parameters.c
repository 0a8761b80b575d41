/* Parameters of an address, as the JSON that they mean. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/json.h"
#include "contracts/commands.pb-c.h"
#include "services/gateway/front/parameters.h"
#include "tracking/queries.pb-c.h"

static void drop(json_t **json)
{
        json_decref(*json);
}

static void assert_json(const struct http_parameter *parameters, size_t count, const ProtobufCMessageDescriptor *type,
                        const char *expected)
{
        struct refusal refusal = {0};
        scoped(drop) json_t *json = NULL;
        if (!parameters_to_json(parameters, count, type, &json, &refusal))
                fail_msg("%s", refusal.text);
        char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
        assert_string_equal(text, expected);
        free(text);
}

static void assert_refused(const struct http_parameter *parameters, size_t count,
                           const ProtobufCMessageDescriptor *type, const char *text)
{
        struct refusal refusal = {0};
        json_t *json = NULL;
        assert_false(parameters_to_json(parameters, count, type, &json, &refusal));
        assert_null(json);
        if (strstr(refusal.text, text) == NULL)
                fail_msg("\"%s\" is not in: %s", text, refusal.text);
}

#define PLACEMENTS &tracking__placements_request__descriptor
#define CLAUSE     &contracts__put_clause__descriptor

static void test_none(void **state)
{
        (void)state;
        assert_json(NULL, 0, PLACEMENTS, "{}");
}

static void test_fields(void **state)
{
        (void)state;
        const struct http_parameter parameters[] = {
                {"page.limit", "20"}, {"openOnly", "true"}, {"obligation_id", "x"}, {"page.after", "AQI="}};
        assert_json(parameters, 4, PLACEMENTS,
                    "{\"obligation_id\":\"x\",\"open_only\":true,\"page\":{\"after\":\"AQI=\",\"limit\":\"20\"}}");
        const struct http_parameter lists[] = {
                {"territories", "31"}, {"calibration.labourShare", "0.05"}, {"territories", "09"}};
        assert_json(lists, 3, CLAUSE, "{\"calibration\":{\"labour_share\":\"0.05\"},\"territories\":[\"31\",\"09\"]}");
}

static void test_what_they_become(void **state)
{
        (void)state;
        const struct http_parameter parameters[] = {{"page.limit", "20"}, {"openOnly", "false"}};
        struct arena arena scoped(arena_fini) = {0};
        struct refusal refusal = {0};
        ProtobufCMessage *message;
        scoped(drop) json_t *json = NULL;
        assert_true(parameters_to_json(parameters, 2, PLACEMENTS, &json, &refusal));
        assert_true(json_to_message(json, PLACEMENTS, &arena, &message, &refusal));
        assert_int_equal(((Tracking__PlacementsRequest *)message)->page->limit, 20);
}

static void test_whole_request(void **state)
{
        (void)state;
        const struct http_parameter parameters[] = {{"q", "{\"page\":{\"limit\":2}}"}, {"openOnly", "true"}};
        assert_json(parameters, 1, PLACEMENTS, "{\"page\":{\"limit\":2}}");
        assert_refused(parameters, 2, PLACEMENTS, "pas les deux");
        assert_refused(&(struct http_parameter){"q", "{"}, 1, PLACEMENTS, "ligne 1");
}

static void test_refused(void **state)
{
        (void)state;
        const struct {
                struct http_parameter parameters[2];
                size_t count;
                const char *text;
        } rows[] = {
                {{{"limit", "1"}}, 1, "« limit » : il n'existe pas"},
                {{{"page.size", "1"}}, 1, "n'existe pas"},
                {{{"", "1"}}, 1, "n'existe pas"},
                {{{"page.", "1"}}, 1, "n'existe pas"},
                {{{".page", "1"}}, 1, "n'existe pas"},
                {{{"openOnly.x", "1"}}, 1, "ne contient pas d'autre champ"},
                {{{"openOnly", "true"}, {"open_only", "true"}}, 2, "deux fois"},
                {{{"page", "1"}, {"page.limit", "1"}}, 2, "de deux façons"},
                {{{"obligationId", "\xff"}}, 1, "UTF-8"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                assert_refused(rows[i].parameters, rows[i].count, PLACEMENTS, rows[i].text);

        char longest[400];
        memset(longest, 'a', sizeof(longest) - 1);
        longest[sizeof(longest) - 1] = '\0';
        assert_refused(&(struct http_parameter){longest, ""}, 1, PLACEMENTS, "trop long");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_none),
                cmocka_unit_test(test_fields),
                cmocka_unit_test(test_what_they_become),
                cmocka_unit_test(test_whole_request),
                cmocka_unit_test(test_refused),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
