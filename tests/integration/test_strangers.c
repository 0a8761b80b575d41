/* The tables of rights of all daemons, run over all their rows: for every field of every request that names a thing,
 * with stores full of things of department 31 and of private contracts, somebody who has nothing to do with them gets
 * the very bytes that an id of nothing gets; she is told that it is not hers only where a question may read it to her.
 * The rows come from the daemons, whose engines do not open while a field of the catalogue that names a thing has no
 * row: a new method is covered by being there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/directory/organisations/organisations_rows.h"
#include "tests/lib/fill.h"
#include "tests/lib/insiders.h"
#include "tests/lib/rare.h"

enum { ROUNDS = 500, IDS_OF_A_THING = 3 };

static struct plausible pool;
static struct arena kept;
static const Wire__Passport *strangers[OUTSIDERS];
static size_t rows_asked, asked, told;

/* ---- a request in which one field names one thing */

static void put_at(ProtobufCMessage *message, const char *path, const struct id *id, struct arena *arena)
{
        char name[64];
        size_t size = strcspn(path, ".");
        (void)snprintf(name, sizeof(name), "%.*s", (int)size, path);
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
        require(field != NULL);
        uint8_t *start = (uint8_t *)message;
        void **member = (void **)(void *)(start + field->offset);
        size_t *count = (size_t *)(void *)(start + field->quantifier_offset);
        if (field->label == PROTOBUF_C_LABEL_REPEATED && *count == 0) {
                *member = arena_zalloc(arena, sizeof(void *));
                *count = 1;
        }
        void **value = field->label == PROTOBUF_C_LABEL_REPEATED ? (void **)*member : member;
        if (path[size] != '.') {
                *value = id_to(arena, *id);
                return;
        }
        if (*value == NULL)
                *value = pb_new(field->descriptor, arena);
        put_at(*value, path + size + 1, id, arena);
}

static bool names_an_id(const ProtobufCMessageDescriptor *type, const char *path)
{
        char name[64];
        size_t size = strcspn(path, ".");
        (void)snprintf(name, sizeof(name), "%.*s", (int)size, path);
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, name);
        require(field != NULL);
        if (path[size] == '.')
                return names_an_id(field->descriptor, path + size + 1);
        return field->descriptor == &types__id__descriptor;
}

/* Alone, or in a request that is plausible else, the same for every id. */
struct question {
        const struct any_method *method;
        const struct right_row *row;
        const Wire__Passport *actor;
        bool is_whole;
};

static struct said ask_about(const struct question *question, const struct id *id, struct arena *arena)
{
        const ProtobufCMessageDescriptor *input = question->method->descriptor->input;
        struct plausible same = pool;
        same.whole = true;
        ProtobufCMessage *request =
                question->is_whole ? plausible_message(&same, input, arena) : fill_least(input, &same.seed, arena);
        put_at(request, question->row->field, id, arena);
        asked++;
        return ask_as(question->method, question->actor, request, arena);
}

/* ---- what may be read */

/* What is not of a contract: the directory is everybody's, programmes, agreements and imported lists are read by who
 * watches over the whole, so are figures of a year that were sent; persons by an auditor. */
static bool may_be_open(const char *thing, const Wire__Passport *actor)
{
        return strcmp(thing, "organisation") == 0 || strcmp(thing, "line") == 0 || strcmp(thing, "agreement") == 0 ||
               strcmp(thing, "batch") == 0 || strcmp(thing, "report") == 0 ||
               (strcmp(thing, "beneficiary") == 0 && actor->role == TYPES__ROLE__AUDITOR);
}

/* A filter over rows that she reads anyway, whatever id they hold: referrals here name any thing as their
 * prescriber. */
static bool seeks_among_her_own(const struct question *question)
{
        return strcmp(question->row->method, "Beneficiaries") == 0 && strcmp(question->row->field, "prescriber") == 0 &&
               question->actor->role == TYPES__ROLE__AUDITOR;
}

/* Some question about such a thing is answered to her. */
static bool is_read_to(const struct question *question, const struct id *id, struct arena *arena)
{
        const struct service_spec *spec = question->method->daemon->spec;
        for (size_t i = 0; i < spec->rights->count; i++) {
                const struct right_row *row = &spec->rights->rows[i];
                const struct any_method *method = method_named(spec->name, row->method);
                if (row->thing != question->row->thing || method->is_command ||
                    !method_lets(method, question->actor->role))
                        continue;
                struct question read = {method, row, question->actor, false};
                if (ask_about(&read, id, arena).code != TYPES__REFUSAL_CODE__NOT_FOUND)
                        return true;
        }
        return false;
}

static void nothing_is_told(const struct question *question, const char *thing, const struct id *id,
                            const struct said *none)
{
        struct arena arena scoped(arena_fini) = {0};
        struct said said = ask_about(question, id, &arena);
        if (said_same(&said, none))
                return;
        told++;
        if (seeks_among_her_own(question))
                return;
        if (may_be_open(thing, question->actor) && is_read_to(question, id, &arena))
                return;
        const Types__Refusal *refusal =
                said.granted ? NULL : pb_decode(&types__refusal__descriptor, said.bytes, &arena);
        fail_msg("role %d, %s.%s%s: tells that a %s is there: %s", (int)question->actor->role, question->row->method,
                 question->row->field, question->is_whole ? " (whole)" : "", thing,
                 refusal != NULL ? refusal->text : "granted");
}

/* An organisation of which no territory is known: every facilitator keeps it (services/directory/rights.c). */
static bool is_everybodys(const char *thing, const struct id *id)
{
        struct arena arena scoped(arena_fini) = {0};
        if (strcmp(thing, "organisation") != 0)
                return false;
        struct txn *txn = txn_begin_read(engine_store(daemon_named("directory")->engine), NULL);
        require(txn != NULL);
        const Directory__OrganisationView *row = store_find_organisation(txn, *id, &arena);
        bool is_nobodys = row != NULL && row->organisation->territory[0] == '\0';
        txn_end_read(txn);
        return is_nobodys;
}

static void ask_row(const struct any_method *method, const struct right_row *row, const Wire__Passport *actor)
{
        struct id nothing = id_new(&daemons_world, daemons_world.now_ms_value, 1);
        for (int whole = 0; whole < 2; whole++) {
                struct arena arena scoped(arena_fini) = {0};
                struct question question = {method, row, actor, whole == 1};
                struct said none = ask_about(&question, &nothing, &arena);
                for (size_t t = 0; t < pool.thing_count; t++)
                        for (size_t i = 0; i < pool.things[t].count && i < IDS_OF_A_THING; i++)
                                if (!method->is_command || !is_everybodys(pool.things[t].thing, &pool.things[t].ids[i]))
                                        nothing_is_told(&question, pool.things[t].thing, &pool.things[t].ids[i], &none);
        }
}

/* A list's filter by an id, too: of what may not be read there is nothing to list. Not so of organisations. */
static bool is_asked(const struct any_method *method, const struct right_row *row)
{
        if (!names_an_id(method->descriptor->input, row->field))
                return false;
        return row->right != RIGHT_NONE || (!method->is_command && strstr(row->field, "organisation") == NULL);
}

/* Who runs the network keeps the directory of all territories, sees all links as she does all accounts, and acts for
 * any organisation's subscription (subscription_may_act_for()): no stranger to them. */
static bool is_a_stranger_to(const struct any_method *method, const Wire__Passport *actor)
{
        if (actor->role == TYPES__ROLE__OPERATOR && strcmp(method->name, "accounts.Links") == 0)
                return false;
        if (actor->role == TYPES__ROLE__OPERATOR && (strcmp(method->name, "notifications.ConfirmAddress") == 0 ||
                                                     strcmp(method->name, "notifications.Unsubscribe") == 0))
                return false;
        return actor->role != TYPES__ROLE__OPERATOR || strcmp(method->daemon->spec->name, "directory") != 0 ||
               !method->is_command;
}

/* There is something to be told of every kind that a row protects. */
static void there_is_one_of_each(void)
{
        static const char *const kinds[] = {"contract", "clause",      "obligation",  "need",      "case",
                                            "question", "offer",       "transfer",    "agreement", "line",
                                            "draft",    "referral",    "beneficiary", "placement", "subscription",
                                            "notice",   "organisation"};
        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
                size_t count = 0;
                for (size_t t = 0; t < pool.thing_count; t++)
                        count += strcmp(pool.things[t].thing, kinds[i]) == 0 ? pool.things[t].count : 0;
                if (count == 0)
                        fail_msg("no %s was ever made", kinds[i]);
        }
}

static void strangers_learn_nothing(void **state)
{
        (void)state;
        there_is_one_of_each();
        for (size_t d = 0; d < DAEMONS; d++) {
                const struct service_spec *spec = daemons[d].spec;
                for (size_t r = 0; spec->rights != NULL && r < spec->rights->count; r++) {
                        const struct right_row *row = &spec->rights->rows[r];
                        const struct any_method *method = method_named(spec->name, row->method);
                        uint64_t before = engine_position(daemons[d].engine);
                        if (!is_asked(method, row))
                                continue;
                        for (size_t i = 0; i < OUTSIDERS; i++)
                                if (method_lets(method, strangers[i]->role) && is_a_stranger_to(method, strangers[i]))
                                        ask_row(method, row, strangers[i]);
                        if (engine_position(daemons[d].engine) != before)
                                fail_msg("%s: a stranger has it done", method->name);
                        rows_asked++;
                }
        }
        (void)printf("# %zu rows, %zu asked, %zu told of what may be read\n", rows_asked, asked, told);
        assert_true(rows_asked > 100);
}

static int open_all(void **state)
{
        (void)state;
        daemons_open(DAEMONS_MAP_BYTES);
        methods_list();
        pool.seed = 20261128;
        pool.today = local_day("", daemons_world.now_ms_value);
        struct id other = pool.never = organisations_put(&pool, &kept);
        rare_things(&pool, true);
        struct growth growth = {.pool = &pool, .rounds = ROUNDS, .are_private = true};
        size_t granted = insiders_grow(&growth);
        (void)printf("# %zu granted", granted);
        for (size_t t = 0; t < pool.thing_count; t++)
                (void)printf(", %s %zu", pool.things[t].thing, pool.things[t].count);
        (void)printf("\n");
        outsiders(&other, strangers, &kept);
        return 0;
}

static int close_all(void **state)
{
        (void)state;
        daemons_close();
        arena_fini(&kept);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(strangers_learn_nothing)};
        return cmocka_run_group_tests(tests, open_all, close_all);
}
