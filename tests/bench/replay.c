/* scripts/bench replay: reporting drops its read models and rebuilds them from the logs of contracts and tracking,
 * fetched as any subscriber does. Timed from the start of its process until it has taken in the last event. */
#include <stdlib.h>
#include <time.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "bench.h"
#include "tests/lib/net.h"
#include "runtime/queries.pb-c.h"
#include "tracking/commands.pb-c.h"

enum { PEOPLE = 20000, MONTHS = 8, MONTH = 682, POLL_MS = 5 };

struct months {
        struct month_end *month_end;
        int32_t month;
};

static const ProtobufCMessage *make_statement(void *argument, size_t n, struct arena *arena)
{
        const struct months *months = argument;
        Tracking__SubmitHours *request = pb_new(&tracking__submit_hours__descriptor, arena);
        request->placement_id = id_to(arena, months->month_end->placements[n]);
        request->month = month_to(arena, month_of_number(months->month));
        request->hours = hours_to(arena, hours_of_hundredths((int64_t)(100 + n * 7919 % 15000)));
        return &request->base;
}

static const ProtobufCMessage *make_validation(void *argument, size_t n, struct arena *arena)
{
        const struct months *months = argument;
        Tracking__ValidateHours *request = pb_new(&tracking__validate_hours__descriptor, arena);
        request->placement_id = id_to(arena, months->month_end->placements[n]);
        request->month = month_to(arena, month_of_number(months->month));
        request->reason = arena_text(arena, "conforme au relevé signé"); /* some are far from the month before */
        return &request->base;
}

/* Sum of the positions that reporting holds, and of what there is. */
struct progress {
        double taken, there;
};

static struct progress progress_of(struct net *net)
{
        struct arena arena scoped(arena_fini) = {0};
        struct progress progress = {0, 0};
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        struct answer answer;
        if (link_call_instance(net->link, net_instance(net, "reporting-1"), "runtime.Health", &request.base, NULL,
                               &arena, &answer, NULL) != 0)
                return progress;
        const Runtime__HealthReply *health = (const void *)answer.body;
        for (size_t i = 0; i < health->n_sources; i++) {
                progress.taken += (double)health->sources[i]->position;
                progress.there += (double)health->sources[i]->head;
        }
        return progress;
}

static double rebuild(struct net *net, double events)
{
        struct timespec pause = {0, POLL_MS * 1000000};
        uint64_t start_us = harness_now_us();
        net_start_instance(net, "reporting-1", "--rebuild");
        while (progress_of(net).taken < events)
                (void)nanosleep(&pause, NULL);
        return (double)(harness_now_us() - start_us) / 1e6;
}

json_t *bench_replay(const struct harness *context)
{
        static const char *const instances[] = {"contracts-1", "tracking-1", "reporting-1"};
        struct net *net = net_start(context, instances, ARRAY_SIZE(instances));
        struct month_end month_end;
        month_end_prepare(net, PEOPLE, &month_end);
        for (int32_t i = 0; i < MONTHS; i++) {
                struct months months = {&month_end, MONTH - i};
                struct stream submit = {net, "tracking.SubmitHours", NULL, make_statement, NULL, &months};
                stream_run(&submit, PEOPLE);
                struct stream validate = {net, "tracking.ValidateHours", NULL, make_validation, NULL, &months};
                stream_run(&validate, PEOPLE);
        }
        double events = net_metric(net, "tracking-1", "guichet_events_total") +
                        net_metric(net, "contracts-1", "guichet_events_total");
        double best = 0;
        json_t *result = json_object();
        for (int i = 0; i < 3; i++) {
                net_stop_instance(net, "reporting-1");
                double seconds = rebuild(net, events);
                harness_note("rebuilt %.0f events in %.3f s", events, seconds);
                if (events / seconds > best)
                        best = events / seconds;
        }
        bench_put(result, "events", events);
        bench_put(result, "events_per_s", best);
        free(month_end.placements);
        net_stop(net);
        return result;
}
