/* A total is the sum of the lines that stand beside it, whoever asks: every message of every answer of the catalogue
 * that has lines and a figure. The tables of totals/ say of each such figure what it is the sum of, or why it is
 * none; a new one without a row fails. Asked by insiders and outsiders of every role, over stores with private
 * contracts, waived, corrected and transferred hours, in whole lists and in short pages. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "tests/integration/totals/totals.h"
#include "tests/lib/fill.h"
#include "tests/lib/insiders.h"
#include "tests/lib/rare.h"

enum {
        PUBLIC_ROUNDS = 300,
        PRIVATE_ROUNDS = 200,
        ASKED_TIMES = 48,
        PAGES = 4,
        FEW = 60,
        MOST = 400,
        TYPES_MAX = 400,
        FIGURES_MAX = 400
};

/* ---- what is compared */

struct asking asking;

void same(const char *what, int64_t total, int64_t sum)
{
        if (total != sum)
                fail_msg("%s: %s is %lld, its lines make %lld", asking.what, what, (long long)total, (long long)sum);
        *asking.counted += total != 0;
}

static struct figure *figures[FIGURES_MAX];
static size_t figure_count;

static void list_figures(void)
{
        const struct figures of[] = {figures_of_contracts(), figures_of_tracking(), figures_of_reporting(),
                                     figures_of_all()};
        for (size_t i = 0; i < ARRAY_SIZE(of); i++)
                for (size_t n = 0; n < of[i].count; n++) {
                        require(figure_count < FIGURES_MAX);
                        figures[figure_count++] = &of[i].figures[n];
                }
}

/* ---- every figure of the catalogue that stands beside lines has its row, and no row is of nothing */

static bool is_lines(const ProtobufCFieldDescriptor *field)
{
        if (field->label != PROTOBUF_C_LABEL_REPEATED || field->type != PROTOBUF_C_TYPE_MESSAGE)
                return false;
        const ProtobufCMessageDescriptor *type = field->descriptor;
        return strcmp(type->package_name, "types") != 0 || type == &types__row_verdict__descriptor;
}

static bool is_quantity(const ProtobufCFieldDescriptor *field)
{
        switch (field->type) {
        case PROTOBUF_C_TYPE_UINT32:
        case PROTOBUF_C_TYPE_INT32:
        case PROTOBUF_C_TYPE_SINT32:
        case PROTOBUF_C_TYPE_UINT64:
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_SINT64: return true;
        case PROTOBUF_C_TYPE_MESSAGE:
                return field->descriptor == &types__hours__descriptor ||
                       field->descriptor == &types__money__descriptor ||
                       field->descriptor == &types__decimal__descriptor;
        default: return false;
        }
}

/* A message of the type of the lines, or of nothing but quantities. */
static bool is_total(const ProtobufCMessageDescriptor *of, const ProtobufCFieldDescriptor *field)
{
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                return false;
        for (unsigned i = 0; i < of->n_fields; i++)
                if (is_lines(&of->fields[i]) && of->fields[i].descriptor == field->descriptor)
                        return true;
        const ProtobufCMessageDescriptor *type = field->descriptor;
        for (unsigned i = 0; i < type->n_fields; i++)
                if (type->fields[i].label == PROTOBUF_C_LABEL_REPEATED || !is_quantity(&type->fields[i]))
                        return false;
        return strcmp(type->package_name, "types") != 0;
}

/* figure_count where it has no row. */
static size_t figure_of(const ProtobufCMessageDescriptor *type, const char *field)
{
        for (size_t i = 0; i < figure_count; i++)
                if (strcmp(figures[i]->message, type->name) == 0 && strcmp(figures[i]->field, field) == 0)
                        return i;
        return figure_count;
}

static struct {
        const ProtobufCMessageDescriptor *types[TYPES_MAX];
        size_t count;
        bool is_named[FIGURES_MAX];
        size_t missing;
} seen;

static void look_at_type(const ProtobufCMessageDescriptor *type)
{
        bool has_lines = false;
        for (size_t i = 0; i < seen.count; i++)
                if (seen.types[i] == type)
                        return;
        require(seen.count < TYPES_MAX);
        seen.types[seen.count++] = type;
        for (unsigned i = 0; i < type->n_fields; i++) {
                has_lines = has_lines || is_lines(&type->fields[i]);
                if (type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
                        look_at_type(type->fields[i].descriptor);
        }
        for (unsigned i = 0; has_lines && i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                if (field->label == PROTOBUF_C_LABEL_REPEATED || !(is_quantity(field) || is_total(type, field)))
                        continue;
                size_t at = figure_of(type, field->name);
                if (at < figure_count) {
                        seen.is_named[at] = true;
                        continue;
                }
                (void)fprintf(stderr,
                              "# %s.%s stands beside lines: say in totals/ whether it is "
                              "their sum\n",
                              type->name, field->name);
                seen.missing++;
        }
}

static void every_figure_beside_lines_has_its_row(void **state)
{
        (void)state;
        for (size_t i = 0; i < method_count; i++)
                if (!methods[i].is_command)
                        look_at_type(methods[i].descriptor->output);
        assert_int_equal(seen.missing, 0);
        for (size_t i = 0; i < figure_count; i++) {
                if (!seen.is_named[i])
                        fail_msg("%s.%s is no figure of any answer", figures[i]->message, figures[i]->field);
                assert_true((figures[i]->check == NULL) != (figures[i]->why == NULL));
        }
}

/* ---- asking */

static void check_message(const ProtobufCMessage *message)
{
        const ProtobufCMessageDescriptor *type = message->descriptor;
        for (size_t i = 0; i < figure_count; i++)
                if (figures[i]->check != NULL && strcmp(figures[i]->message, type->name) == 0) {
                        asking.counted = &figures[i]->counted;
                        figures[i]->check(message);
                }
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                const uint8_t *member = (const uint8_t *)message + field->offset;
                size_t count = 1;
                if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                        continue;
                if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
                    *(const uint32_t *)(const void *)((const uint8_t *)message + field->quantifier_offset) != field->id)
                        continue;
                if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                        count = *(const size_t *)(const void *)((const uint8_t *)message + field->quantifier_offset);
                        member = *(const uint8_t *const *)(const void *)member;
                }
                ProtobufCMessage *const *members = (ProtobufCMessage *const *)(const void *)member;
                for (size_t n = 0; n < count; n++)
                        if (members[n] != NULL)
                                check_message(members[n]);
        }
}

static struct slice next_of(const ProtobufCMessage *reply)
{
        const ProtobufCFieldDescriptor *next =
                protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, "next");
        if (next == NULL || next->type != PROTOBUF_C_TYPE_BYTES)
                return slice_of(NULL, 0);
        return pb_slice(*(const ProtobufCBinaryData *)(const void *)((const uint8_t *)reply + next->offset));
}

static Types__Page **page_of(ProtobufCMessage *request)
{
        const ProtobufCFieldDescriptor *page =
                protobuf_c_message_descriptor_get_field_by_name(request->descriptor, "page");
        return page == NULL || page->descriptor != &types__page__descriptor
                       ? NULL
                       : (Types__Page **)(void *)((uint8_t *)request + page->offset);
}

static void ask(const struct any_method *method, const Wire__Passport *actor, ProtobufCMessage *request)
{
        struct arena arena scoped(arena_fini) = {0};
        Types__Page **page = page_of(request);
        asking.what = arena_printf(&arena, "%s, role %d of %s", method->name, (int)actor->role, actor->territories[0]);
        if (page != NULL)
                *page = pb_new(&types__page__descriptor, &arena);
        asking.of_pages_before = 0;
        asking.request = request;
        for (size_t i = 0; i < PAGES; i++) {
                struct said said = ask_as(method, actor, request, &arena);
                if (!said.granted)
                        return;
                const ProtobufCMessage *reply = pb_decode(method->descriptor->output, said.bytes, &arena);
                check_message(reply);
                struct slice next = next_of(reply);
                if (page == NULL || next.size == 0)
                        return;
                (*page)->after = pb_bytes(next);
        }
}

/* This year, which chance hardly ever says. */
static void set_year(const struct plausible *pool, ProtobufCMessage *request)
{
        const ProtobufCFieldDescriptor *year =
                protobuf_c_message_descriptor_get_field_by_name(request->descriptor, "year");
        if (year != NULL && year->type == PROTOBUF_C_TYPE_UINT32)
                *(uint32_t *)(void *)((uint8_t *)request + year->offset) = (uint32_t)day_civil(pool->today).year;
}

/* A list whose columns are known: what chance writes in the cells is then read, and wrong. */
static void name_columns(ProtobufCMessage *request)
{
        static char *header[] = {(char *)"Intitulé", (char *)"Montant HT"};
        Contracts__PreviewProgrammeRequest *preview = (Contracts__PreviewProgrammeRequest *)request;
        if (request->descriptor != &contracts__preview_programme_request__descriptor || preview->programme == NULL)
                return;
        if (preview->programme->list == NULL)
                return;
        preview->programme->list->header = header;
        preview->programme->list->n_header = ARRAY_SIZE(header);
        preview->programme->list->n_mapping = 0;
}

static ProtobufCMessage *request_of(struct plausible *pool, const struct any_method *method, size_t draw,
                                    struct arena *arena)
{
        if (draw == 0)
                return pb_new(method->descriptor->input, arena);
        pool->whole = draw % 6 == 0;
        ProtobufCMessage *request = plausible_message(pool, method->descriptor->input, arena);
        if (draw % 4 != 0)
                set_year(pool, request);
        name_columns(request);
        return request;
}

static bool acts_for_one(Types__Role role)
{
        return role == TYPES__ROLE__BUYER || role == TYPES__ROLE__COMPANY || role == TYPES__ROLE__STRUCTURE ||
               role == TYPES__ROLE__PRESCRIBER;
}

static const char *const territories[] = {"31", "*", "62"};

/* One of theirs, and everybody else. */
static const Wire__Passport *asker(struct plausible *pool, Types__Role role, size_t draw, struct arena *arena)
{
        struct id organisation = plausible_id(pool, "organisation_id");
        return somebody(role, acts_for_one(role) ? &organisation : NULL, territories[draw % ARRAY_SIZE(territories)],
                        arena);
}

static void ask_everybody(struct plausible *pool, size_t draw)
{
        for (size_t m = 0; m < method_count; m++)
                for (unsigned role = 1; role < ROLES && !methods[m].is_command; role++) {
                        struct arena arena scoped(arena_fini) = {0};
                        if (strncmp(methods[m].name, "runtime.", 8) != 0 && method_lets(&methods[m], role))
                                ask(&methods[m], asker(pool, (Types__Role)role, draw, &arena),
                                    request_of(pool, &methods[m], draw, &arena));
                }
}

/* ---- and of each thing that a question can name, everybody who may ask */

static size_t ids_of(const struct plausible *pool, const char *field_name, const struct id **ret)
{
        for (size_t i = 0; i < pool->thing_count; i++)
                if (strstr(field_name, pool->things[i].thing) != NULL) {
                        *ret = pool->things[i].ids;
                        return pool->things[i].count < PLAUSIBLE_IDS ? pool->things[i].count : PLAUSIBLE_IDS;
                }
        return 0;
}

/* Each of those whom a role may act for, where it acts for one; else in each territory. */
static void ask_as_each(const struct plausible *pool, const struct any_method *method, ProtobufCMessage *request)
{
        const struct id *organisations = NULL;
        size_t count = ids_of(pool, "organisation", &organisations);
        for (unsigned role = 1; role < ROLES; role++) {
                bool for_one = acts_for_one((Types__Role)role);
                size_t askers = for_one ? count : ARRAY_SIZE(territories);
                for (size_t i = 0; i < askers && method_lets(method, role); i++) {
                        struct arena arena scoped(arena_fini) = {0};
                        ask(method,
                            somebody((Types__Role)role, for_one ? &organisations[i] : NULL,
                                     for_one ? "31" : territories[i], &arena),
                            request);
                }
        }
}

static void ask_of_each_thing(const struct plausible *pool, const struct any_method *method)
{
        const ProtobufCMessageDescriptor *type = method->descriptor->input;
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                const struct id *ids = NULL;
                size_t count = field->descriptor == &types__id__descriptor && field->label != PROTOBUF_C_LABEL_REPEATED
                                       ? ids_of(pool, field->name, &ids)
                                       : 0;
                for (size_t n = 0; n < count; n++) {
                        struct arena arena scoped(arena_fini) = {0};
                        ProtobufCMessage *request = pb_new(type, &arena);
                        *(Types__Id **)(void *)((uint8_t *)request + field->offset) = id_to(&arena, ids[n]);
                        set_year(pool, request);
                        ask_as_each(pool, method, request);
                }
        }
}

static void ask_of_everything(const struct plausible pools[2])
{
        for (size_t m = 0; m < method_count; m++)
                for (size_t which = 0; which < 2 && !methods[m].is_command; which++)
                        if (strncmp(methods[m].name, "runtime.", 8) != 0)
                                ask_of_each_thing(&pools[which], &methods[m]);
}

static void bound(uint32_t page, uint32_t most)
{
        for (size_t i = 0; i < DAEMONS; i++)
                engine_bound_queries(daemons[i].engine, page, most);
}

static void every_total_is_the_sum_of_its_lines(void **state)
{
        struct plausible pools[2] = {{.seed = 20261202}};
        struct arena arena scoped(arena_fini) = {0};
        size_t never = 0;
        (void)state;
        pools[0].today = local_day("", daemons_world.now_ms_value);
        struct growth growth = {.rounds = PUBLIC_ROUNDS, .no_prescriber = organisations_put(&pools[0], &arena)};
        pools[1] = pools[0];
        for (size_t which = 0; which < 2; which++)
                rare_things(&pools[which], which == 1);
        ask_of_everything(pools);
        for (size_t which = 0; which < 2; which++) {
                growth.pool = &pools[which];
                growth.are_private = which == 1;
                (void)insiders_grow(&growth);
                growth.rounds = PRIVATE_ROUNDS;
        }
        for (size_t draw = 0; draw < ASKED_TIMES; draw++) {
                bound(draw % 3 == 2 ? FEW : LIMIT_QUERY_ROWS, draw % 3 == 2 ? MOST : LIMIT_QUERY_ROWS_MAX);
                ask_everybody(&pools[draw % 2], draw);
        }
        bound(LIMIT_QUERY_ROWS, LIMIT_QUERY_ROWS_MAX);
        ask_of_everything(pools);
        for (size_t i = 0; i < figure_count; i++)
                if (figures[i]->check != NULL) {
                        (void)printf("# %s.%s: %zu sums that were not zero\n", figures[i]->message, figures[i]->field,
                                     figures[i]->counted);
                        never += figures[i]->counted == 0;
                }
        assert_int_equal(never, 0); /* what was never more than zero was not compared */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_figure_beside_lines_has_its_row),
                cmocka_unit_test(every_total_is_the_sum_of_its_lines),
        };
        methods_list();
        list_figures();
        return cmocka_run_group_tests(tests, daemons_setup, daemons_teardown);
}
