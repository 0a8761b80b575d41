/* Who reads and gives which field: the table is whole, an answer is cut to what a role reads and no further, a request
 * that says what a role does not give is refused by the field. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fnmatch.h>
#include <jansson.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/access.h"
#include "common/codec/catalogue.h"
#include "common/codec/field_rules.h"
#include "common/codec/json.h"
#include "common/codec/json_form.h"
#include "common/codec/path.h"
#include "common/codec/pb.h"
#include "contracts/clauses.pb-c.h"
#include "contracts/obligations.pb-c.h"
#include "tests/lib/whole.h"

#define ROLE(name) (1u << TYPES__ROLE__##name)
enum { ROLES = 11 };

/* Calls `see` with the request and the answer of each method. */
enum which { COMMAND, QUERY, ANSWER };

static void each_message(void (*see)(const ProtobufCMessageDescriptor *type, enum which which))
{
        for (const struct catalogue_service *service = catalogue; strcmp(service->name, "runtime") != 0; service++) {
                const ProtobufCServiceDescriptor *const blocks[] = {service->commands, service->queries};
                for (size_t b = 0; b < ARRAY_SIZE(blocks); b++)
                        for (unsigned i = 0; blocks[b] != NULL && i < blocks[b]->n_methods; i++) {
                                see(blocks[b]->methods[i].input, b == 0 ? COMMAND : QUERY);
                                see(blocks[b]->methods[i].output, ANSWER);
                        }
        }
}

static void is_whole(const ProtobufCMessageDescriptor *type, const struct access_message *access)
{
        assert_non_null(access);
        assert_int_equal(access->field_count, type->n_fields);
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                bool has_parts = field->type == PROTOBUF_C_TYPE_MESSAGE && json_form_of(field->descriptor) == NULL;
                assert_int_equal(access->fields[i].inside != NULL, has_parts);
                if (has_parts)
                        is_whole(field->descriptor, access->fields[i].inside);
        }
}

static void see_whole(const ProtobufCMessageDescriptor *type, enum which which)
{
        (void)which;
        is_whole(type, access_of(type));
}

static void every_message_has_its_rows(void **state)
{
        (void)state;
        each_message(see_whole);
        for (size_t i = 1; i < access_messages_count; i++)
                assert_true(strcmp(access_messages[i - 1].name, access_messages[i].name) < 0);
        assert_null(access_of(&contracts__clause_put__descriptor)); /* never asked, never answered */
}

/* ---- out */

/* The object is the message as the role reads it: all that it may, of a message that said everything. */
static void is_cut(const json_t *object, const ProtobufCMessageDescriptor *type, const struct access_message *access,
                   uint32_t role)
{
        for (unsigned i = 0; i < type->n_fields; i++) {
                char name[PATH_NAME_SIZE];
                path_json_name(type->fields[i].name, name);
                const json_t *value = json_object_get(object, name);
                bool is_read = (access->fields[i].readers & role) != 0;
                if (is_read != (value != NULL))
                        fail_msg("%s.%s: %s", type->name, name, is_read ? "is missing" : "is there");
                if (is_read && access->fields[i].inside != NULL)
                        is_cut(json_is_array(value) ? json_array_get(value, 0) : value, type->fields[i].descriptor,
                               access->fields[i].inside, role);
        }
}

static void see_cut(const ProtobufCMessageDescriptor *type, enum which which)
{
        scoped(arena_fini) struct arena arena = {0};
        const ProtobufCMessage *whole = whole_message(type, &arena);
        struct slice before = pb_encode(whole, &arena);
        for (uint32_t role = 1; which == ANSWER && role < ROLES; role++) {
                const struct access_message *access = access_of(type);
                const ProtobufCMessage *shown = access_shown(access, whole, 1u << role, &arena);
                assert_int_equal(shown == whole, (access->hides & (1u << role)) == 0);
                json_t *object = json_of_message(shown);
                is_cut(object, type, access, 1u << role);
                json_decref(object);
        }
        struct slice after = pb_encode(whole, &arena);
        assert_true(slice_equal(before, after));
}

static void answers_are_cut_to_what_is_read(void **state)
{
        (void)state;
        each_message(see_cut);
}

/* The estimate is the buyer's: a company reads how invoices turn into hours. */
static void a_message_is_narrower_in_one_field(void **state)
{
        scoped(arena_fini) struct arena arena = {0};
        const ProtobufCMessageDescriptor *type = &contracts__clause_view__descriptor;
        const ProtobufCMessage *whole = whole_message(type, &arena);
        (void)state;
        const Contracts__ClauseView *shown =
                (const Contracts__ClauseView *)access_shown(access_of(type), whole, ROLE(COMPANY), &arena);
        assert_null(shown->calibration->amount);
        assert_non_null(shown->calibration->labour_share);
        assert_int_equal(shown->n_warnings, 0);
        assert_string_equal(shown->calculation, "");
        const ProtobufCMessage *result = whole_message(&contracts__calibrate_reply__descriptor, &arena);
        assert_ptr_equal(access_shown(access_of(result->descriptor), result, ROLE(COMPANY), &arena), result);
}

/* ---- in */

static void what_is_not_given_is_refused_by_its_name(void **state)
{
        Contracts__WaiveHours command = CONTRACTS__WAIVE_HOURS__INIT;
        Contracts__LedgerDecision decision = CONTRACTS__LEDGER_DECISION__INIT;
        const struct access_message *access = access_of(&contracts__waive_hours__descriptor);
        struct refusal refusal;
        (void)state;
        command.decision = &decision;
        assert_true(access_gives(access, &command.base, ROLE(BUYER), &refusal));
        decision.by_buyer = true;
        assert_false(access_gives(access, &command.base, ROLE(BUYER), &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_string_equal(refusal.field, "decision.byBuyer");
        assert_non_null(strstr(refusal.text, "personne"));
        command.decision = NULL;
        assert_true(access_gives(access, &command.base, ROLE(BUYER), &refusal));
        assert_true(access_gives(access, &command.base, ROLE(COMPANY), &refusal)); /* an empty one says nothing */
        command.reason = (char *)"motif";
        assert_false(access_gives(access, &command.base, ROLE(COMPANY), &refusal));
        assert_string_equal(refusal.field, "reason");
}

/* ---- own words */

/* Names of fields that people fill with sentences of their own. */
static bool is_own_words(const ProtobufCFieldDescriptor *field)
{
        static const char *const names[] = {"reason",   "reasons",    "*_reason",     "text",   "words",
                                            "note",     "correction", "cancellation", "answer", "wording",
                                            "tutoring", "schedule",   "other"};
        for (size_t i = 0; field->type == PROTOBUF_C_TYPE_STRING && i < ARRAY_SIZE(names); i++)
                if (fnmatch(names[i], field->name, 0) == 0)
                        return true;
        return false;
}

static void says_who_reads(const ProtobufCMessageDescriptor *type, const struct access_message *access)
{
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                if (is_own_words(field) && field_rule(field)->codes == NULL && access->fields[i].told == 0)
                        fail_msg("%s.%s: nothing says who will read it", type->name, field->name);
                if (access->fields[i].inside != NULL)
                        says_who_reads(field->descriptor, access->fields[i].inside);
        }
}

static void see_words(const ProtobufCMessageDescriptor *type, enum which which)
{
        if (which == COMMAND) /* what is only asked is not kept */
                says_who_reads(type, access_of(type));
}

static void own_words_say_who_will_read_them(void **state)
{
        (void)state;
        each_message(see_words);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_message_has_its_rows),
                cmocka_unit_test(answers_are_cut_to_what_is_read),
                cmocka_unit_test(a_message_is_narrower_in_one_field),
                cmocka_unit_test(what_is_not_given_is_refused_by_its_name),
                cmocka_unit_test(own_words_say_who_will_read_them),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
