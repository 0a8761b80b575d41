/* That every row says something of a field, that every field has a label, that what must be there is refused where it
 * is not, that what no row names is bounded too, and that rows are found in their order. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/attr.h"
#include "common/codec/codes.h"
#include "common/codec/field_rules.h"
#include "common/codec/json_form.h"
#include "common/codec/validate.h"
#include "contracts/commands.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "tests/lib/fill.h"
#include "tracking/commands.pb-c.h"

enum { ROWS_MAX = 1024, FIELDS_MAX = 2048 };

/* Calls `see` with each message type that a request is made of, once for each place where it stands. */
static void each_type(const ProtobufCMessageDescriptor *type, void *argument)
{
        void (**see)(const ProtobufCMessageDescriptor *type) = argument;
        (*see)(type);
        for (unsigned i = 0; i < type->n_fields; i++)
                if (type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
                        each_type(type->fields[i].descriptor, argument);
}

static void in_each_request(void (*see)(const ProtobufCMessageDescriptor *type))
{
        fill_each_request(each_type, &see);
}

/* ---- rows */

static bool used[FIELD_RULES_PARTS][ROWS_MAX];

/* The columns that a row fills in, as bits, of those that mean something to such a field (NULL: to a whole message). */
static unsigned columns_of(const struct field_rule *row, const ProtobufCFieldDescriptor *field)
{
        if (field == NULL)
                return row->bytes_max != 0;
        bool is_text = field->type == PROTOBUF_C_TYPE_STRING;
        return (unsigned)(row->label != NULL) << 1 | (unsigned)(is_text && row->characters_max != 0) << 2 |
               (unsigned)(field->label == PROTOBUF_C_LABEL_REPEATED && row->count_max != 0) << 3 |
               (unsigned)(field->type == PROTOBUF_C_TYPE_BYTES && row->bytes_max != 0) << 4 |
               (unsigned)(is_text && row->kind != TEXT_UNSAID) << 5 | (unsigned)(row->presence != 0) << 6 |
               (unsigned)(row->least != 0 || row->most != 0) << 7 | (unsigned)(row->day != DAY_UNSAID) << 8 |
               (unsigned)(row->routing != ROUTING_NONE) << 9 | (unsigned)(is_text && row->codes != NULL) << 10;
}

static void note(const char *name, const ProtobufCFieldDescriptor *field)
{
        unsigned said = 0;
        for (size_t part = 0; part < FIELD_RULES_PARTS; part++) {
                const struct field_rules_part *rules = &field_rules_parts[part];
                assert_true(*rules->count < ROWS_MAX);
                for (size_t i = 0; i < *rules->count; i++) {
                        if (fnmatch(rules->rows[i].field, name, 0) != 0)
                                continue;
                        unsigned says = columns_of(&rules->rows[i], field);
                        used[part][i] = used[part][i] || (says & ~said) != 0;
                        said |= says;
                }
        }
}

static void look(const ProtobufCMessageDescriptor *type)
{
        char name[200];
        assert_true(message_rule(type)->bytes_max > 0 && message_rule(type)->bytes_max <= LIMIT_REQUEST_BYTES);
        note(type->name, NULL);
        for (unsigned i = 0; i < type->n_fields; i++) {
                const struct field_rule *rule = field_rule(&type->fields[i]);
                assert_true(rule->characters_max > 0 && rule->count_max > 0 && rule->bytes_max > 0);
                if (rule->codes != NULL && !codes_is_list(rule->codes))
                        fail_msg("%s.%s: no list is called %s", type->name, type->fields[i].name, rule->codes);
                (void)snprintf(name, sizeof(name), "%s.%s", type->name, type->fields[i].name);
                note(name, &type->fields[i]);
        }
}

static void every_row_says_something(void **state)
{
        (void)state;
        in_each_request(look);
        size_t idle = 0;
        for (size_t part = 0; part < FIELD_RULES_PARTS; part++)
                for (size_t i = 0; i < *field_rules_parts[part].count; i++)
                        if (!used[part][i] && ++idle > 0)
                                print_error("%s: no field or request needs this row\n",
                                            field_rules_parts[part].rows[i].field);
        assert_int_equal(idle, 0);
}

/* ---- labels */

static bool reads_as_a_part(const char *text)
{
        size_t size = strlen(text);
        return size > 1 && text[size - 1] != '.' && text[size - 1] != ' ';
}

static void look_for_labels(const ProtobufCMessageDescriptor *type)
{
        if (json_form_of(type) != NULL)
                return; /* one text, which the field that holds it names */
        for (unsigned i = 0; i < type->n_fields; i++) {
                const struct field_rule *rule = field_rule(&type->fields[i]);
                if (rule->label == NULL)
                        fail_msg("%s.%s has no label: give it a row", type->name, type->fields[i].name);
                if (strlen(rule->label) >= LABEL_SIZE / 2 || isupper((unsigned char)rule->label[0]) ||
                    !reads_as_a_part(rule->label) || (rule->help != NULL && !reads_as_a_part(rule->help)))
                        fail_msg("%s.%s: « Indiquez %s : %s. » does not read", type->name, type->fields[i].name,
                                 rule->label, rule->help == NULL ? "" : rule->help);
        }
}

static void every_field_has_a_label(void **state)
{
        (void)state;
        in_each_request(look_for_labels);
}

static void labels_become_titles(void **state)
{
        (void)state;
        static const char *const pairs[][2] = {{"le motif", "Motif"},
                                               {"l'année", "Année"},
                                               {"la date", "Date"},
                                               {"les lots", "Lots"},
                                               {"l'étape du lot", "Étape du lot"},
                                               {"ceux qui attendent", "Ceux qui attendent"}};
        for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
                char title[LABEL_SIZE];
                label_title(pairs[i][0], title);
                assert_string_equal(title, pairs[i][1]);
        }
}

/* ---- what must be there */

static const ProtobufCFieldDescriptor *demanded[FIELDS_MAX], *refused[FIELDS_MAX];
static size_t demanded_count, refused_count;

static void add_once(const ProtobufCFieldDescriptor **list, size_t *count, const ProtobufCFieldDescriptor *field)
{
        for (size_t i = 0; i < *count; i++)
                if (list[i] == field)
                        return;
        assert_true(*count < FIELDS_MAX);
        list[(*count)++] = field;
}

static void look_for_demands(const ProtobufCMessageDescriptor *type)
{
        for (unsigned i = 0; i < type->n_fields; i++)
                if (field_rule(&type->fields[i])->presence == PRESENCE_REQUIRED)
                        add_once(demanded, &demanded_count, &type->fields[i]);
}

/* Empties the field, in every way that its type knows, and puts it back. */
static void expect_refusal(const ProtobufCMessage *whole, const ProtobufCFieldDescriptor *field, void *member)
{
        char expected[2 * LABEL_SIZE];
        const char *label = field_rule(field)->label;
        size_t size = field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE
                              ? sizeof(void *)
                              : sizeof(uint32_t);
        char kept[sizeof(void *)], blanks[] = "  ";
        struct refusal refusal = {0};

        memcpy(kept, member, size);
        memset(member, 0, size);
        for (int round = 0; round < (field->type == PROTOBUF_C_TYPE_STRING ? 2 : 1); round++) {
                assert_false(validate_message(whole, day_of_number(FILL_TODAY), &refusal));
                assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
                (void)snprintf(expected, sizeof(expected), "Indiquez %s", label);
                if (round == 1 && strncmp(refusal.text, "Corrigez", 8) == 0) /* blanks are none of its kind */
                        memcpy(expected, "Corrigez", 8);
                if (strncmp(refusal.text, expected, strlen(expected)) != 0)
                        fail_msg("%s: %s", field->name, refusal.text);
                if (field->type == PROTOBUF_C_TYPE_STRING)
                        *(char **)member = blanks;
        }
        memcpy(member, kept, size);
        add_once(refused, &refused_count, field);
}

static void empty_each(const ProtobufCMessage *whole, ProtobufCMessage *message)
{
        for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
                uint8_t *start = (uint8_t *)message, *member = start + field->offset;
                bool is_list = field->label == PROTOBUF_C_LABEL_REPEATED;
                size_t *count = (size_t *)(void *)(start + field->quantifier_offset);
                if (field_rule(field)->presence == PRESENCE_REQUIRED && is_list) {
                        size_t kept = *count;
                        struct refusal refusal = {0};
                        *count = 0;
                        assert_false(validate_message(whole, day_of_number(FILL_TODAY), &refusal));
                        assert_non_null(strstr(refusal.text, field_rule(field)->label));
                        *count = kept;
                        add_once(refused, &refused_count, field);
                } else if (field_rule(field)->presence == PRESENCE_REQUIRED) {
                        expect_refusal(whole, field, member);
                }
                if (field->type != PROTOBUF_C_TYPE_MESSAGE || (is_list && *count == 0))
                        continue;
                ProtobufCMessage *inner =
                        is_list ? (*(ProtobufCMessage ***)(void *)member)[0] : *(ProtobufCMessage **)(void *)member;
                if (inner != NULL && json_form_of(inner->descriptor) == NULL)
                        empty_each(whole, inner);
        }
}

static void empty_request(const ProtobufCMessageDescriptor *type, void *argument)
{
        for (int round = 0; round < 40; round++) { /* what may be left out is there now and then */
                scoped(arena_fini) struct arena arena = {0};
                struct refusal refusal = {0};
                ProtobufCMessage *whole = fill_message(type, argument, &arena);
                if (!validate_message(whole, day_of_number(FILL_TODAY), &refusal))
                        fail_msg("%s: %s", type->name, refusal.text);
                empty_each(whole, whole);
        }
}

static void what_must_be_there_is_refused_where_it_is_not(void **state)
{
        (void)state;
        uint64_t seed = 1;
        in_each_request(look_for_demands);
        fill_each_request(empty_request, &seed);
        assert_true(demanded_count > 100);
        assert_int_equal(refused_count, demanded_count);
}

/* ---- what is found */

static const struct field_rule *of(const ProtobufCMessageDescriptor *type, const char *field)
{
        return field_rule(protobuf_c_message_descriptor_get_field_by_name(type, field));
}

static void rows_are_found_in_their_order(void **state)
{
        (void)state;
        assert_int_equal(of(&contracts__close_need__descriptor, "reason")->characters_max, 500);
        assert_int_equal(of(&contracts__open_case__descriptor, "reason")->characters_max, 1000);
        assert_int_equal(of(&tracking__identity__descriptor, "family_name")->characters_max, 100);
        assert_int_equal(of(&tracking__open_placement__descriptor, "rome_code")->count_max, BOUND_COUNT);
        /* each column by the first row that says something in it */
        assert_string_equal(of(&contracts__close_need__descriptor, "reason")->label, "le motif");
        assert_int_equal(of(&tracking__refer_beneficiary__descriptor, "territory")->kind, TEXT_TERRITORY);
        assert_int_equal(of(&tracking__refer_beneficiary__descriptor, "territory")->routing, ROUTING_TERRITORY);
}

/* What its name says that it is must have its kind, or a row that says why not. */
static void look_for_kinds(const ProtobufCMessageDescriptor *type)
{
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                enum text_kind kind = field_rule(field)->kind;
                if (field->type != PROTOBUF_C_TYPE_STRING || (kind != TEXT_UNSAID && kind != TEXT_FREE))
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
        in_each_request(look_for_kinds);
}

static void what_no_row_names_has_the_defaults(void **state)
{
        (void)state;
        const struct field_rule *place = of(&tracking__open_placement__descriptor, "work_contract");
        assert_int_equal(place->characters_max, BOUND_CHARACTERS);
        assert_int_equal(place->bytes_max, BOUND_BYTES);
        assert_int_equal(message_rule(&notifications__subscribe__descriptor)->bytes_max, BOUND_REQUEST_BYTES);
        assert_int_equal(message_rule(&contracts__import_contracts__descriptor)->bytes_max, LIMIT_REQUEST_BYTES);
        /* no request is made of it */
        assert_int_equal(of(&tracking__placement_exit__descriptor, "reason")->count_max, BOUND_COUNT);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_row_says_something),
                cmocka_unit_test(every_field_has_a_label),
                cmocka_unit_test(labels_become_titles),
                cmocka_unit_test(what_must_be_there_is_refused_where_it_is_not),
                cmocka_unit_test(rows_are_found_in_their_order),
                cmocka_unit_test(every_siret_and_mail_address_has_its_kind),
                cmocka_unit_test(what_no_row_names_has_the_defaults),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
