/* scripts/bench commands: a month's end. Every submission is fully validated, deduplicated, logged and fdatasync'ed
 * before its reply; from 64 clients with one in flight each, and from one client with 1,024 in flight. */
#include <stdlib.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "load.h"
#include "tracking/commands.pb-c.h"

enum { MONTH = 682 /* 2026-11 */, POSTGRESQL_CONNECTIONS = 64 };

static const ProtobufCMessage *make_statement(void *argument, uint64_t n, struct arena *arena)
{
        const struct month_end *month_end = argument;
        Tracking__SubmitHours *request = pb_new(&tracking__submit_hours__descriptor, arena);
        request->placement_id = id_to(arena, month_end->placements[n % month_end->count]);
        request->month = month_to(arena, month_of_number(MONTH - (int32_t)(n / month_end->count % 8)));
        request->hours = hours_to(arena, hours_of_hundredths((int64_t)(100 + n * 7919 % 15000)));
        return &request->base;
}

struct load month_end_load(struct net *net, struct month_end *month_end, struct arena *arena)
{
        return (struct load){
                .net = net,
                .instance = "tracking-1",
                .method = "tracking.SubmitHours",
                .passport = net_sign(net, net_passport(net, TYPES__ROLE__COMPANY, &month_end->company, arena), arena),
                .make = make_statement,
                .argument = month_end,
        };
}

static json_t *measure(const struct harness *context, struct net *net, struct month_end *month_end, size_t clients,
                       size_t window)
{
        struct arena arena scoped(arena_fini) = {0};
        struct load load = month_end_load(net, month_end, &arena);
        load.clients = clients;
        load.window = window;
        load.seconds = context->seconds;
        double commands = net_metric(net, "tracking-1", "guichet_commands_total");
        double commits = net_metric(net, "tracking-1", "guichet_commits_total");
        load_run(&load);
        commands = net_metric(net, "tracking-1", "guichet_commands_total") - commands;
        commits = net_metric(net, "tracking-1", "guichet_commits_total") - commits;
        double batch = commits > 0 ? commands / commits : 0;
        harness_note("guichet, %zu x %zu: %.0f/s, %.0f a commit", clients, window, load.per_s, batch);

        double raw = raw_lmdb_submissions(context, batch < 1 ? 1 : (size_t)batch);
        harness_note("raw LMDB, %.0f a commit: %.0f/s", batch, raw);
        double postgresql = postgresql_submissions(context, POSTGRESQL_CONNECTIONS);
        harness_note("PostgreSQL, %d connections: %.0f/s", POSTGRESQL_CONNECTIONS, postgresql);

        json_t *result = json_object();
        bench_put(result, "guichet_per_s", load.per_s);
        bench_put(result, "postgresql_per_s", postgresql);
        bench_put(result, "raw_lmdb_per_s", raw);
        bench_put(result, "ratio_postgresql", postgresql > 0 ? load.per_s / postgresql : 0);
        bench_put(result, "ratio_raw_lmdb", load.per_s / raw);
        bench_put(result, "p50_us", samples_percentile(&load.latencies, 50));
        bench_put(result, "p99_us", samples_percentile(&load.latencies, 99));
        bench_put(result, "batch_mean", batch);
        samples_free(&load.latencies);
        return result;
}

json_t *bench_commands(const struct harness *context)
{
        static const char *const instances[] = {"contracts-1", "tracking-1"};
        struct net *net = net_start(context, instances, ARRAY_SIZE(instances));
        struct month_end month_end;
        month_end_prepare(net, PLACEMENTS, &month_end);

        json_t *result = json_object();
        (void)json_object_set_new(result, "clients_64", measure(context, net, &month_end, 64, 1));
        (void)json_object_set_new(result, "in_flight_1024", measure(context, net, &month_end, 1, 1024));
        free(month_end.placements);
        net_stop(net);
        return result;
}
