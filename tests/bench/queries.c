/* scripts/bench queries: a read by id against a bare ZeroMQ echo on the same transport (TCP, CURVE), idle and while
 * 10,000 validated writes a second run: queries never wait for the disk. Then the worst of all queries: loop.c. */
#include <stdlib.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "echo.h"
#include "load.h"
#include "tracking/queries.pb-c.h"

enum { WRITES_PER_S = 10000, PEOPLE = 10000 };

static const ProtobufCMessage *make_query(void *argument, uint64_t n, struct arena *arena)
{
        const struct month_end *month_end = argument;
        Tracking__PlacementById *request = pb_new(&tracking__placement_by_id__descriptor, arena);
        request->placement_id = id_to(arena, month_end->placements[n * 7919 % month_end->count]);
        return &request->base;
}

static struct samples query(const struct harness *context, struct net *net, struct month_end *month_end)
{
        struct arena arena scoped(arena_fini) = {0};
        struct load load = {
                .net = net,
                .instance = "tracking-1",
                .method = "tracking.PlacementById",
                .passport = net_sign(net, net_passport(net, TYPES__ROLE__FACILITATOR, NULL, &arena), &arena),
                .clients = 1,
                .window = 1,
                .seconds = context->seconds,
                .make = make_query,
                .argument = month_end,
        };
        load_run(&load);
        return load.latencies;
}

static void put(json_t *result, const char *when, struct samples *guichet, struct samples *zmq, double percent)
{
        char key[64];
        double ours = samples_percentile(guichet, percent), bare = samples_percentile(zmq, percent);
        (void)snprintf(key, sizeof(key), "guichet_%s_us", when);
        bench_put(result, key, ours);
        (void)snprintf(key, sizeof(key), "zmq_%s_us", when);
        bench_put(result, key, bare);
        (void)snprintf(key, sizeof(key), "ratio_zmq_%s", when);
        bench_put(result, key, bare > 0 ? ours / bare : 0);
        samples_free(guichet);
        samples_free(zmq);
}

json_t *bench_queries(const struct harness *context)
{
        static const char *const instances[] = {"contracts-1", "tracking-1"};
        struct net *net = net_start(context, instances, ARRAY_SIZE(instances));
        struct arena arena scoped(arena_fini) = {0};
        struct month_end month_end;
        json_t *result = json_object();
        month_end_prepare(net, PEOPLE, &month_end);

        struct samples idle = query(context, net, &month_end);
        struct samples idle_echo = echo_measure(net, context->seconds);
        put(result, "idle", &idle, &idle_echo, 50);

        struct load writes = month_end_load(net, &month_end, &arena);
        writes.clients = 16;
        writes.window = 16;
        writes.per_s_max = WRITES_PER_S;
        writes.seconds = context->seconds * 2 + 2;
        pid_t writer = load_in_background(&writes);
        struct samples loaded = query(context, net, &month_end);
        struct samples loaded_echo = echo_measure(net, context->seconds);
        load_background_done(writer);
        put(result, "loaded", &loaded, &loaded_echo, 99);
        free(month_end.placements);
        net_stop(net);
        json_t *worst = bench_loop(context);
        (void)json_object_update(result, worst);
        json_decref(worst);
        return result;
}
