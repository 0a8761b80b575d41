/* No query walks without a bound, over stores with many rows: every query of the catalogue, as every role that may,
 * with plausible filters. A list gives every line exactly once, page after page, whatever its pages find; what has no
 * page is refused where it would take more. What is ranked by short rows is what the long ones say. A new query is
 * covered by being there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/control/loaded_control.h"
#include "services/contracts/control/pace_rows.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "tests/lib/region.h"

enum { OBLIGATIONS = 400, DRAWS = 10, ROLES = 11, LINE_ROWS = 60, LINES_MAX = 20000, PAGES_MAX = 2000 };
/* So few that every list has many pages, and still a line fits. */
enum { FEW = 40, MOST = FEW + LINE_ROWS };
static const uint32_t ANY = 1u << 30;

static struct region_query queries[REGION_QUERIES_MAX];
static size_t query_count, lists, pages, refused;
static struct plausible pool = {.seed = 36};

/* Lines of all repeated messages of the replies, as bytes. */
struct lines {
        struct slice *at;
        size_t count;
};

static int by_bytes(const void *a, const void *b)
{
        const struct slice *left = a, *right = b;
        size_t size = left->size < right->size ? left->size : right->size;
        int order = memcmp(left->data, right->data, size);
        return order != 0 ? order : (left->size > right->size) - (left->size < right->size);
}

static void add_lines(const ProtobufCMessage *reply, struct lines *lines, struct arena *arena)
{
        for (unsigned i = 0; i < reply->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &reply->descriptor->fields[i];
                const uint8_t *start = (const uint8_t *)reply;
                if (field->label != PROTOBUF_C_LABEL_REPEATED || field->type != PROTOBUF_C_TYPE_MESSAGE)
                        continue;
                size_t count = *(const size_t *)(const void *)(start + field->quantifier_offset);
                const void *member = start + field->offset;
                ProtobufCMessage *const *members = *(ProtobufCMessage *const *const *)member;
                for (size_t n = 0; n < count; n++) {
                        require(lines->count < LINES_MAX);
                        lines->at[lines->count++] = pb_encode(members[n], arena);
                }
        }
}

struct bounded {
        const struct region_query *query;
        Types__Role role;
        uint32_t page, most;
};

/* Whether the reply says that it does not hold all. */
static bool is_cut(const ProtobufCMessage *reply)
{
        static const char *const names[] = {"cut", "has_gap"};
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                const ProtobufCFieldDescriptor *field =
                        protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, names[i]);
                if (field != NULL &&
                    *(const protobuf_c_boolean *)(const void *)((const uint8_t *)reply + field->offset))
                        return true;
        }
        return false;
}

/* All pages. False: refused; *ret_told: because it would be too large, or what it gave says that it is cut. */
static bool take_all(const struct bounded *asked, ProtobufCMessage *request, struct lines *lines, struct arena *arena,
                     bool *ret_told)
{
        struct engine *engine = asked->query->daemon->engine;
        Types__Page *page = region_page(request);
        const Types__Refusal *refusal;
        struct slice next = slice_of(NULL, 0);

        *ret_told = false;
        lines->at = arena_alloc(arena, LINES_MAX * sizeof(*lines->at));
        lines->count = 0;
        engine_bound_queries(engine, asked->page, asked->most);
        for (size_t i = 0; i == 0 || next.size > 0; i++) {
                if (page != NULL)
                        page->after = pb_bytes(next);
                const ProtobufCMessage *reply = region_ask(asked->query, asked->role, request, arena, &refusal);
                uint32_t looked_at = engine_figures(engine).looked_at_last;
                if (looked_at > asked->most + LINE_ROWS) /* walks end; what was found is looked up */
                        fail_msg("%s: %u rows looked at in one call", asked->query->name, looked_at);
                if (reply == NULL) {
                        *ret_told = refusal->code == TYPES__REFUSAL_CODE__TOO_LARGE;
                        return false;
                }
                if (page == NULL && is_cut(reply)) {
                        *ret_told = true;
                        return false;
                }
                add_lines(reply, lines, arena);
                next = region_next(reply);
                pages++;
                if (i == PAGES_MAX)
                        fail_msg("%s: its pages do not come to an end", asked->query->name);
        }
        return true;
}

static void compare(const char *name, struct lines *all, struct lines *paged)
{
        if (all->count != paged->count)
                fail_msg("%s: %zu lines in long pages, %zu in short ones", name, all->count, paged->count);
        if (all->count == 0)
                return;
        qsort(all->at, all->count, sizeof(*all->at), by_bytes);
        qsort(paged->at, paged->count, sizeof(*paged->at), by_bytes);
        for (size_t i = 0; i < all->count; i++)
                if (by_bytes(&all->at[i], &paged->at[i]) != 0)
                        fail_msg("%s: a line of the long pages is not in the short ones", name);
        lists++;
}

static void look_at(const struct region_query *query, Types__Role role, uint32_t draw)
{
        struct arena arena scoped(arena_fini) = {0};
        ProtobufCMessage *request = region_request(&pool, query, draw, &arena);
        bool is_list = region_page(request) != NULL, told;
        struct lines all, paged;
        if (!take_all(&(struct bounded){query, role, ANY, ANY}, request, &all, &arena, &told))
                return;
        if (take_all(&(struct bounded){query, role, FEW, MOST}, request, &paged, &arena, &told)) {
                compare(query->name, &all, &paged);
                return;
        }
        refused++;
        if (is_list || !told)
                fail_msg("%s: refused with few rows to look at", query->name);
}

static void every_query_within_its_bound(void **state)
{
        (void)state;
        for (size_t i = 0; i < query_count; i++)
                for (unsigned role = 1; role < ROLES; role++)
                        for (uint32_t draw = 0; draw < DRAWS && (queries[i].roles & (1u << role)) != 0; draw++)
                                look_at(&queries[i], (Types__Role)role, draw);
        (void)printf("# %zu queries, %zu lists compared, %zu pages, %zu refused as too large\n", query_count, lists,
                     pages, refused);
        assert_true(lists > query_count && pages > 4 * lists && refused > 0);
}

/* ---- what is ranked by short rows */

static void check_pace(const struct work *work, struct id id, size_t *checked)
{
        const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
        struct pace_figures figures;
        struct loaded_control loaded;
        assert_non_null(obligation);
        assert_true(loaded_control_read(work, obligation, &loaded));
        assert_true(pace_row_find(work->txn, id, &figures));
        struct pace pace =
                pace_of(&figures.hours, figures.has_span ? &figures.span : NULL, work->today, loaded.rules->light);
        assert_int_equal(figures.has_span, loaded.has_span);
        assert_string_equal(figures.buyer_siret, loaded.contract.record->buyer_siret);
        assert_int_equal(figures.is_private, loaded.contract.record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE);
        assert_int_equal(pace.light, loaded.pace.light);
        assert_int_equal(pace.suspended_days, loaded.pace.suspended_days);
        assert_int_equal(hours_hundredths(pace.owed), hours_hundredths(loaded.pace.owed));
        assert_int_equal(hours_hundredths(pace.expected), hours_hundredths(loaded.pace.expected));
        assert_int_equal(pace_rank(&pace), pace_rank(&loaded.pace));
        ++*checked;
}

/* Plausible commands of all kinds, in any order, after which every short row is compared with the rows it is made of:
 * on each of the days before and behind. */
static void the_pace_of_every_obligation(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct engine *engine = daemon_named("contracts")->engine;
        size_t checked = 0;
        struct id id;
        region_change(&pool, 300);
        struct work work = {.engine = engine, .arena = &arena, .context = engine_context(engine), .read_only = true};
        work.txn = txn_begin_read(engine_store(engine), NULL);
        for (int32_t days = -400; days <= 400; days += 200) {
                struct walk walk;
                work.today = day_of_number(day_number(pool.today) + days);
                contracts_walk_obligations(work.txn, slice_of(NULL, 0), &walk);
                while (walk_next(&walk, &id))
                        check_pace(&work, id, &checked);
                walk_end(&walk);
        }
        txn_end_read(work.txn);
        assert_true(checked >= 5 * OBLIGATIONS);
        assert_true(daemons_verify()); /* and replayed, they are the same */
}

static int open_all(void **state)
{
        (void)state;
        daemons_open(DAEMONS_MAP_BYTES);
        region_fill(OBLIGATIONS, &pool);
        query_count = region_queries(queries);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_query_within_its_bound),
                cmocka_unit_test(the_pace_of_every_obligation),
        };
        return cmocka_run_group_tests(tests, open_all, daemons_teardown);
}
