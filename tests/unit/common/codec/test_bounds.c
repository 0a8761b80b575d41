/* That every row bounds something, that what no row names is bounded too, and that rows are found in their order. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/codec/bounds.h"
#include "contracts/commands.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "tests/lib/fill.h"
#include "tracking/commands.pb-c.h"

enum { ROWS_MAX = 256 };
static bool used[ROWS_MAX];

static void note(const struct bounds *bounds)
{
        assert_true(bounds->characters_max > 0 && bounds->count_max > 0);
        assert_true(bounds->bytes_max > 0 && bounds->bytes_max <= LIMIT_REQUEST_BYTES);
        for (size_t i = 0; bounds_table[i].field != NULL; i++)
                if (bounds->field == bounds_table[i].field)
                        used[i] = true;
}

static void look(const ProtobufCMessageDescriptor *type, void *argument)
{
        struct bounds whole = bounds_of_message(type);
        note(&whole);
        for (unsigned i = 0; i < type->n_fields; i++) {
                struct bounds bounds = bounds_of_field(&type->fields[i]);
                note(&bounds);
                if (type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
                        look(type->fields[i].descriptor, argument);
        }
}

static void every_row_bounds_something(void **state)
{
        (void)state;
        fill_each_request(look, NULL);
        for (size_t i = 0; bounds_table[i].field != NULL; i++) {
                assert_true(i < ROWS_MAX);
                if (!used[i])
                        fail_msg("%s: no field or request needs this row", bounds_table[i].field);
        }
}

static struct bounds of(const ProtobufCMessageDescriptor *type, const char *field)
{
        return bounds_of_field(protobuf_c_message_descriptor_get_field_by_name(type, field));
}

static void rows_are_found_in_their_order(void **state)
{
        (void)state;
        assert_int_equal(of(&contracts__close_need__descriptor, "reason").characters_max, 500);
        assert_int_equal(of(&contracts__open_case__descriptor, "reason").characters_max, 1000);
        assert_int_equal(of(&tracking__identity__descriptor, "family_name").characters_max, 100);
        assert_int_equal(of(&tracking__open_placement__descriptor, "rome_code").count_max, BOUND_COUNT);
}

/* What its name says that it is must have its kind, or a row that says why not. */
static void look_for_kinds(const ProtobufCMessageDescriptor *type, void *argument)
{
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                struct bounds bounds = bounds_of_field(field);
                if (field->type == PROTOBUF_C_TYPE_MESSAGE)
                        look_for_kinds(field->descriptor, argument);
                if (field->type != PROTOBUF_C_TYPE_STRING || bounds.kind != TEXT_FREE)
                        continue;
                if (strstr(field->name, "mail") != NULL)
                        fail_msg("%s.%s may hold anything", type->name, field->name);
                if (strstr(field->name, "siret") != NULL && type != &contracts__contract_record__descriptor)
                        fail_msg("%s.%s may hold anything", type->name, field->name);
        }
}

static void every_siret_and_mail_address_has_its_kind(void **state)
{
        (void)state;
        fill_each_request(look_for_kinds, NULL);
}

static void what_no_row_names_has_the_defaults(void **state)
{
        (void)state;
        struct bounds commune = of(&tracking__identity__descriptor, "commune");
        assert_null(commune.field);
        assert_int_equal(commune.characters_max, BOUND_CHARACTERS);
        assert_int_equal(commune.bytes_max, BOUND_BYTES);
        assert_int_equal(bounds_of_message(&notifications__subscribe__descriptor).bytes_max, BOUND_REQUEST_BYTES);
        assert_int_equal(bounds_of_message(&contracts__import_contracts__descriptor).bytes_max, LIMIT_REQUEST_BYTES);
        /* no request is made of it */
        assert_int_equal(of(&tracking__placement_exit__descriptor, "reason").count_max, BOUND_COUNT);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_row_bounds_something),
                cmocka_unit_test(rows_are_found_in_their_order),
                cmocka_unit_test(every_siret_and_mail_address_has_its_kind),
                cmocka_unit_test(what_no_row_names_has_the_defaults),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
