/* Every method, every field, and every value of an enum that a request or an answer holds, has its French words, and no
 * other. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/text.h"
#include "common/codec/catalogue.h"
#include "common/codec/field_rules.h"
#include "common/codec/french_names.h"
#include "common/codec/json_form.h"
#include "directory/commands.pb-c.h"
#include "types.pb-c.h"

enum { TYPES_MAX = 1000 };

/* What was met on the way from the methods. */
struct met {
        const void *types[TYPES_MAX];
        size_t count;
};

static bool meets(struct met *met, const void *type)
{
        for (size_t i = 0; i < met->count; i++)
                if (met->types[i] == type)
                        return false;
        assert_true(met->count < TYPES_MAX);
        met->types[met->count++] = type;
        return true;
}

static void hold_values(struct met *met, const ProtobufCEnumDescriptor *type)
{
        if (type == &directory__organisation_kind__descriptor || !meets(met, type))
                return;
        for (unsigned i = 0; i < type->n_values; i++)
                if (text_is_empty(french_value(type, type->values[i].value)))
                        fail_msg("%s.%s has no row in french_values.c", type->package_name, type->values[i].name);
}

static void hold_message(struct met *met, const ProtobufCMessageDescriptor *type)
{
        if (json_form_of(type) != NULL || !meets(met, type))
                return;
        for (unsigned i = 0; i < type->n_fields; i++) {
                if (field_rule(&type->fields[i])->label == NULL && french_field(type->fields[i].name) == NULL)
                        fail_msg("%s.%s has neither a label in the field rules nor a row in french_fields.c",
                                 type->name, type->fields[i].name);
                if (type->fields[i].type == PROTOBUF_C_TYPE_ENUM)
                        hold_values(met, type->fields[i].descriptor);
                if (type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
                        hold_message(met, type->fields[i].descriptor);
        }
}

static void hold_block(struct met *met, const char *service, const ProtobufCServiceDescriptor *block, size_t *count)
{
        char name[128];
        for (unsigned i = 0; block != NULL && i < block->n_methods; i++, ++*count) {
                (void)snprintf(name, sizeof(name), "%s.%s", service, block->methods[i].name);
                if (text_is_empty(french_method(name)))
                        fail_msg("%s has no row in french_methods.c", name);
                if (strcmp(service, "runtime") == 0) /* between machines */
                        continue;
                hold_message(met, block->methods[i].input);
                hold_message(met, block->methods[i].output);
        }
}

static void everything_has_its_words(void **state)
{
        (void)state;
        static struct met met;
        size_t count = 0;
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                hold_block(&met, service->name, service->commands, &count);
                hold_block(&met, service->name, service->queries, &count);
        }
        assert_int_equal(count, french_methods_count); /* none is there that no method has */
}

static void hold_once(const struct french_name *rows, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                assert_true(utf8_valid(rows[i].french, strlen(rows[i].french)));
                for (size_t j = 0; j < i; j++)
                        if (strcmp(rows[i].name, rows[j].name) == 0)
                                fail_msg("%s has two rows", rows[i].name);
        }
}

static void nothing_has_two_rows(void **state)
{
        (void)state;
        hold_once(french_methods, french_methods_count);
        hold_once(french_values, french_values_count);
        hold_once(french_fields, french_fields_count);
        hold_once(french_fields_m, french_fields_m_count);
}

static void hold_order(const struct french_name *rows, size_t count)
{
        for (size_t i = 1; i < count; i++)
                assert_true(strcmp(rows[i - 1].name, rows[i].name) < 0);
}

/* As they are sought. */
static void fields_are_sorted(void **state)
{
        (void)state;
        hold_order(french_fields, french_fields_count);
        hold_order(french_fields_m, french_fields_m_count);
        assert_true(strcmp(french_fields[french_fields_count - 1].name, "m") < 0);
        assert_true(strcmp(french_fields_m[0].name, "m") >= 0);
}

static void roles_are_listed_without_daemons(void **state)
{
        (void)state;
        char text[FRENCH_ROLES_SIZE];
        french_roles(1u << TYPES__ROLE__BUYER | 1u << TYPES__ROLE__SERVICE | 1u << TYPES__ROLE__COORDINATOR, text);
        assert_string_equal(text, "COORDINATOR (coordination régionale), BUYER (acheteur)");
        french_roles(1u << TYPES__ROLE__SERVICE, text);
        assert_string_equal(text, "personne");
        french_roles(UINT32_MAX, text);
        assert_non_null(strstr(text, "OPERATOR (exploitation)")); /* all of them have room */
        assert_non_null(strstr(text, "DATA_PROTECTION (délégué à la protection des données)"));
}

static void what_is_not_there_has_none(void **state)
{
        (void)state;
        assert_null(french_method("contracts.Nothing"));
        assert_null(french_field("nothing"));
        assert_null(french_value(&types__role__descriptor, 999));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(everything_has_its_words),   cmocka_unit_test(nothing_has_two_rows),
                cmocka_unit_test(fields_are_sorted),          cmocka_unit_test(roles_are_listed_without_daemons),
                cmocka_unit_test(what_is_not_there_has_none),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
