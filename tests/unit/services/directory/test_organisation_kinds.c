/* deploy/rules/organisation_kinds.json: every kind of the protocol has one row there, and no row has no kind. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "directory/commands.pb-c.h"

static json_t *load(void)
{
        json_error_t error;
        json_t *rules = json_load_file("deploy/rules/organisation_kinds.json", JSON_REJECT_DUPLICATES, &error);
        if (rules == NULL)
                fail_msg("line %d: %s", error.line, error.text);
        return rules;
}

static const char *text_of(const json_t *row, const char *key)
{
        const char *text = json_string_value(json_object_get(row, key));
        if (text == NULL || text[0] == '\0')
                fail_msg("a row without a \"%s\"", key);
        return text;
}

static void test_every_row_is_whole(void **state)
{
        (void)state;
        json_t *rules = load(), *row;
        const json_t *families = json_object_get(rules, "families");
        size_t i;
        (void)text_of(rules, "version");
        json_array_foreach (json_object_get(rules, "kinds"), i, row) {
                const char *code = text_of(row, "code");
                (void)text_of(row, "label");
                (void)text_of(row, "source");
                (void)text_of(families, text_of(row, "family"));
                const ProtobufCEnumValue *kind =
                        protobuf_c_enum_descriptor_get_value_by_name(&directory__organisation_kind__descriptor, code);
                if (kind == NULL)
                        fail_msg("no such kind: %s", code);
                assert_true(kind->value != DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN);
        }
        json_decref(rules);
}

static void test_every_kind_has_one_row(void **state)
{
        (void)state;
        json_t *rules = load(), *row;
        for (unsigned k = 0; k < directory__organisation_kind__descriptor.n_values; k++) {
                const ProtobufCEnumValue *kind = &directory__organisation_kind__descriptor.values[k];
                size_t i, found = 0;
                json_array_foreach (json_object_get(rules, "kinds"), i, row)
                        found += strcmp(text_of(row, "code"), kind->name) == 0;
                size_t wanted = kind->value == DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN ? 0 : 1;
                if (found != wanted)
                        fail_msg("%s has %zu rows", kind->name, found);
        }
        json_decref(rules);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_every_row_is_whole),
                cmocka_unit_test(test_every_kind_has_one_row),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
