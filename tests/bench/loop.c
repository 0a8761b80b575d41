/* scripts/bench loop, also the second part of queries: the longest that any query of any daemon holds its loop thread,
 * with 100,000 obligations in the stores. The queries come from the catalogue: a new one is measured by being there.
 * Each is asked as every role that may, with nothing named and with plausible filters, pages as long as may be, from
 * the first page and from those that follow. */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "tests/lib/region.h"

enum { OBLIGATIONS = 100000, DRAWS = 12, PAGES = 4, AGAIN = 3, ROLES = 10, SHOWN = 12 };
static const uint64_t MAP_BYTES = (uint64_t)16 << 30;

struct worst {
        const struct region_query *query;
        double us;
        uint32_t looked_at;
        bool refused; /* TOO_LARGE: it has no page */
};

static int by_us(const void *a, const void *b)
{
        const struct worst *left = a, *right = b;
        return (left->us < right->us) - (left->us > right->us);
}

/* The least of several times: what the query takes, not what else the machine does. */
static const ProtobufCMessage *take(struct worst *worst, Types__Role role, const ProtobufCMessage *request,
                                    struct arena *arena)
{
        const Types__Refusal *refusal = NULL;
        const ProtobufCMessage *reply = NULL;
        double least = 1e12;
        for (size_t i = 0; i < AGAIN; i++) {
                reply = region_ask(worst->query, role, request, arena, &refusal);
                if ((double)region_asked_us < least)
                        least = (double)region_asked_us;
        }
        uint32_t looked_at = engine_figures(worst->query->daemon->engine).looked_at_last;
        worst->refused = worst->refused || (refusal != NULL && refusal->code == TYPES__REFUSAL_CODE__TOO_LARGE);
        if (looked_at > worst->looked_at)
                worst->looked_at = looked_at;
        if (least > worst->us)
                worst->us = least;
        return reply;
}

static void measure(struct worst *worst, struct plausible *pool, Types__Role role, uint32_t draw)
{
        struct arena arena scoped(arena_fini) = {0};
        ProtobufCMessage *request = region_request(pool, worst->query, draw, &arena);
        Types__Page *page = region_page(request);
        for (size_t i = 0; i < PAGES; i++) {
                const ProtobufCMessage *reply = take(worst, role, request, &arena);
                struct slice next = reply == NULL ? slice_of(NULL, 0) : region_next(reply);
                if (next.size == 0 || page == NULL)
                        return;
                page->after = pb_bytes(next);
        }
}

static json_t *line_of(const struct worst *worst)
{
        json_t *line = json_object();
        bench_put(line, "ms", worst->us / 1000);
        bench_put(line, "rows", worst->looked_at);
        bench_put(line, "too_large", worst->refused);
        return line;
}

json_t *bench_loop(const struct harness *context)
{
        (void)context;
        json_t *result = json_object();
        static struct region_query queries[REGION_QUERIES_MAX];
        static struct worst worst[REGION_QUERIES_MAX];
        struct plausible pool = {.seed = 1};
        daemons_open(MAP_BYTES);
        region_fill(OBLIGATIONS, &pool);
        harness_note("%d obligations and what belongs to them", OBLIGATIONS);
        size_t count = region_queries(queries);
        for (size_t i = 0; i < count; i++) {
                worst[i].query = &queries[i];
                for (unsigned role = 1; role < ROLES; role++)
                        for (uint32_t draw = 0; draw < DRAWS && (queries[i].roles & (1u << role)) != 0; draw++)
                                measure(&worst[i], &pool, (Types__Role)role, draw);
        }
        daemons_close();
        qsort(worst, count, sizeof(*worst), by_us);
        bench_put(result, "queries", (double)count);
        bench_put(result, "worst_ms", worst[0].us / 1000);
        for (size_t i = 0; i < count && (i < SHOWN || getenv("GUICHET_BENCH_ALL") != NULL); i++)
                (void)json_object_set_new(result, worst[i].query->name, line_of(&worst[i]));
        return result;
}
