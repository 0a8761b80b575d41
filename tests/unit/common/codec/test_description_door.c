/* What the gateway answers by itself is described for whoever may ask it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>

#include "common/codec/description_door.h"
#include "types.pb-c.h"

static json_t *paths, *schemas;

static void describe_for(uint32_t asker)
{
        json_decref(paths);
        json_decref(schemas);
        paths = json_object();
        schemas = json_object();
        describe_door(paths, schemas, asker);
}

static bool has(const char *path, const char *verb)
{
        return json_object_get(json_object_get(paths, path), verb) != NULL;
}

static void test_for_each_role_its_own(void **state)
{
        (void)state;
        describe_for(0);
        assert_true(has("/v1/session", "get") && has("/v1/table", "post") && has("/health", "get"));
        describe_for(1u << TYPES__ROLE__AUDITOR);
        assert_true(has("/v1/session", "get") && has("/health", "get") && !has("/v1/table", "post"));
        describe_for(1u << TYPES__ROLE__COMPANY);
        assert_true(has("/v1/table", "post") && !has("/metrics", "get"));
}

static void test_schemas(void **state)
{
        (void)state;
        describe_for(0);
        const json_t *session = json_object_get(schemas, "Session");
        const json_t *properties = json_object_get(session, "properties");
        const json_t *territories = json_object_get(properties, "territories");
        assert_string_equal(json_string_value(json_object_get(territories, "type")), "array");
        assert_string_equal(json_string_value(json_object_get(json_object_get(properties, "role"), "$ref")),
                            "#/components/schemas/types.Role");
        assert_int_equal(json_array_size(json_object_get(session, "required")), 4); /* not those that may be left out */
}

static int forget(void **state)
{
        (void)state;
        json_decref(paths);
        json_decref(schemas);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_for_each_role_its_own),
                cmocka_unit_test(test_schemas),
        };
        return cmocka_run_group_tests(tests, NULL, forget);
}
