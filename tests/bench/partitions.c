/* scripts/bench partitions: what more partitions cost, and what a follower's rebuild costs those who work.
 *
 * Networks of 1, 2, 4 and 8 tracking processes, each with a territory of its own and a month's end of the same number
 * of placements in all: the same statements of hours, one after the other to each partition. The processor time of all
 * tracking processes, in their code and in the kernel's, by the commands: with the same number in flight at each
 * partition (what a territory asks is answered at the same price, however many others there are), and with the same
 * number in the whole network, so that each of eight has an eighth of them, and commits an eighth at once.
 *
 * Then statements at an even pace to one of two partitions: how long an answer takes alone, and while reporting drops
 * its rows and takes in the logs of both again; in turns, so that both see the same machine. */
#include <stdlib.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "load.h"
#include "tests/lib/partitions.h"
#include "tracking/commands.pb-c.h"

enum {
        COMMANDS = 96000,
        EACH_IN_FLIGHT = 128,
        IN_FLIGHT = PARTITIONS_MAX * EACH_IN_FLIGHT,
        PLACED = 12000,
        NAME_SIZE = 32,
        MONTH = 682 /* 2026-11 */,
        MONTHS = 8
};
enum { STARTS_ON = 20454 /* 2026-01-01 */, PACE_PER_S = 500, WINDOW = 64, TURNS = 4 };

struct spread {
        struct net *net;
        size_t count;
        struct month_end month_ends[PARTITIONS_MAX];
        char names[PARTITIONS_MAX][NAME_SIZE];
};

static void start(const struct harness *context, size_t count, const char *more, struct spread *ret)
{
        const char *instances[PARTITIONS_MAX + 2] = {"contracts-1"};
        *ret = (struct spread){.count = count};
        for (size_t i = 0; i < count; i++) {
                (void)snprintf(ret->names[i], NAME_SIZE, "tracking-%zu", i + 1);
                instances[1 + i] = ret->names[i];
        }
        instances[1 + count] = more;
        ret->net = partitions_start(context, count, instances, 1 + count + (more != NULL ? 1 : 0));
        month_end_obligation(ret->net, &ret->month_ends[0]);
        for (size_t i = 0; i < count; i++) {
                const struct month_end_at at = {ret->names[i], partitions_territory(i), STARTS_ON};
                ret->month_ends[i] = ret->month_ends[0];
                month_end_place(ret->net, &at, PLACED / count, &ret->month_ends[i]);
        }
}

static void stop(struct spread *spread)
{
        for (size_t i = 0; i < spread->count; i++)
                free(spread->month_ends[i].placements);
        net_stop(spread->net);
}

/* ---- processor time */

static const ProtobufCMessage *make_statement(const struct month_end *month_end, size_t n, struct arena *arena)
{
        Tracking__SubmitHours *request = pb_new(&tracking__submit_hours__descriptor, arena);
        request->placement_id = id_to(arena, month_end->placements[n % month_end->count]);
        request->month = month_to(arena, month_of_number(MONTH - (int32_t)(n / month_end->count % MONTHS)));
        request->hours = hours_to(arena, hours_of_hundredths((int64_t)(100 + n * 7919 % 15000)));
        version_seen_any(&request->base);
        return &request->base;
}

static void post(const struct spread *spread, size_t n)
{
        struct arena arena scoped(arena_fini) = {0};
        struct err_info info = {0};
        struct world world = world_real();
        size_t to = n % spread->count;
        if (link_post(spread->net->link, net_instance(spread->net, spread->names[to]), "tracking.SubmitHours",
                      make_statement(&spread->month_ends[to], n / spread->count, &arena),
                      id_new(&world, world.now_ms(&world), 0), &info) != 0)
                harness_fail("%s", info.text);
}

static void collect(const struct spread *spread)
{
        struct arena arena scoped(arena_fini) = {0};
        struct err_info info = {0};
        Wire__Reply *reply;
        if (link_collect(spread->net->link, 10000, &arena, &reply, &info) != 1)
                harness_fail("no answer: %s", info.text);
        if (reply->outcome_case != WIRE__REPLY__OUTCOME_BODY)
                harness_fail("refused: %s: %s", reply->refusal->field, reply->refusal->text);
}

static double sum(const struct spread *spread, double (*figure)(struct net *net, const char *instance))
{
        double all = 0;
        for (size_t i = 0; i < spread->count; i++)
                all += figure(spread->net, spread->names[i]);
        return all;
}

static double commits_of(struct net *net, const char *instance)
{
        return net_metric(net, instance, "guichet_commits_total");
}

static void put_numbered(json_t *result, const char *what, size_t number, double value)
{
        char key[64];
        (void)snprintf(key, sizeof(key), "%s_%zu", what, number);
        bench_put(result, key, value);
}

/* Of one command, with so many in flight in the network. */
static double processor_us(struct spread *spread, size_t in_flight, const char *what, json_t *result)
{
        double commits = sum(spread, commits_of), used_us = sum(spread, net_cpu_us);
        uint64_t start_us = harness_now_us();
        for (size_t sent = 0, received = 0; received < COMMANDS; received++) {
                for (; sent < COMMANDS && sent - received < in_flight; sent++)
                        post(spread, sent);
                collect(spread);
        }
        double seconds = (double)(harness_now_us() - start_us) / 1e6;
        used_us = (sum(spread, net_cpu_us) - used_us) / COMMANDS;
        commits = sum(spread, commits_of) - commits;
        harness_note(
                "%zu partitions, %zu in flight: %.1f us of the processor a command, %.0f commands/s, %.0f a commit",
                spread->count, in_flight, used_us, COMMANDS / seconds, COMMANDS / commits);
        put_numbered(result, what, spread->count, used_us);
        return used_us;
}

struct range {
        double least, most;
};

static void widen(struct range *range, double value)
{
        range->least = range->least == 0 || value < range->least ? value : range->least;
        range->most = value > range->most ? value : range->most;
}

static void measure_processor(const struct harness *context, json_t *result)
{
        struct range each = {0}, all = {0};
        for (size_t count = 1; count <= PARTITIONS_MAX; count *= 2) {
                struct spread spread;
                start(context, count, NULL, &spread);
                widen(&each, processor_us(&spread, EACH_IN_FLIGHT * count, "cpu_us_per_command", result));
                widen(&all, processor_us(&spread, IN_FLIGHT, "cpu_us_per_command_of_1024", result));
                stop(&spread);
        }
        bench_put(result, "ratio_cpu", each.most / each.least);
        bench_put(result, "ratio_cpu_of_1024", all.most / all.least);
}

/* ---- beside a rebuild */

static const ProtobufCMessage *make_paced(void *argument, uint64_t n, struct arena *arena)
{
        return make_statement(argument, n, arena);
}

/* All statements of MONTHS months, which are what reporting takes in. */
static const ProtobufCMessage *make_any(void *argument, size_t n, struct arena *arena)
{
        return make_statement(argument, n, arena);
}

static void measure_turn(const struct load *pattern, struct samples *into)
{
        struct load load = *pattern;
        load_run(&load);
        for (size_t i = 0; i < load.latencies.count; i++)
                samples_add(into, load.latencies.values[i]);
        samples_free(&load.latencies);
}

static void beside_rebuild(const struct harness *context, json_t *result)
{
        struct spread spread;
        struct arena arena scoped(arena_fini) = {0};
        struct samples alone = {0}, beside = {0};
        start(context, 2, "reporting-1", &spread);
        for (size_t i = 0; i < 2; i++) {
                struct stream submit = {spread.net, "tracking.SubmitHours", NULL,           make_any,
                                        NULL,       &spread.month_ends[i],  spread.names[i]};
                stream_run(&submit, spread.month_ends[i].count * MONTHS);
        }
        net_stop_instance(spread.net, "reporting-1");
        struct load load = month_end_load(spread.net, &spread.month_ends[0], &arena);
        load.clients = 1;
        load.window = WINDOW;
        load.per_s_max = PACE_PER_S;
        load.make = make_paced;
        load.seconds = context->seconds < TURNS ? 1 : context->seconds / TURNS;
        for (size_t turn = 0; turn < TURNS; turn++) {
                measure_turn(&load, &alone);
                net_start_instance(spread.net, "reporting-1", "--rebuild");
                measure_turn(&load, &beside);
                net_stop_instance(spread.net, "reporting-1");
        }
        double alone_us = samples_percentile(&alone, 99), beside_us = samples_percentile(&beside, 99);
        bench_put(result, "p50_alone_us", samples_percentile(&alone, 50));
        bench_put(result, "p50_beside_rebuild_us", samples_percentile(&beside, 50));
        bench_put(result, "p99_alone_us", alone_us);
        bench_put(result, "p99_beside_rebuild_us", beside_us);
        bench_put(result, "ratio_p99", beside_us / alone_us);
        samples_free(&alone);
        samples_free(&beside);
        stop(&spread);
}

json_t *bench_partitions(const struct harness *context)
{
        json_t *result = json_object();
        measure_processor(context, result);
        beside_rebuild(context, result);
        return result;
}
