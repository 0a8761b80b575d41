/* scripts/bench month: the sheet of a month of 5,000 placements, pages of 100 lines with all that a line shows, from
 * anywhere in the list, against a bare ZeroMQ echo on the same transport. */
#include <stdlib.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "echo.h"
#include "load.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum { MONTH_PLACEMENTS = 5000, LINES = 100, OCTOBER_2026 = 681, MEDIAN = 50, WORST = 99 };

struct months {
        struct month_end month_end;
        int32_t month;
};

static const ProtobufCMessage *make_statement(void *argument, size_t n, struct arena *arena)
{
        const struct months *months = argument;
        Tracking__SubmitHours *request = pb_new(&tracking__submit_hours__descriptor, arena);
        request->placement_id = id_to(arena, months->month_end.placements[n]);
        request->month = month_to(arena, month_of_number(months->month));
        request->hours = hours_to(arena, hours_of_hundredths((int64_t)(100 + n * 7919 % 15000)));
        return &request->base;
}

/* A page that goes on behind some placement: as the cursor of a list of placements is. */
static const ProtobufCMessage *make_sheet(void *argument, uint64_t n, struct arena *arena)
{
        const struct months *months = argument;
        Tracking__MonthSheet *request = pb_new(&tracking__month_sheet__descriptor, arena);
        const struct id *behind = &months->month_end.placements[n * 7919 % months->month_end.count];
        request->month = month_to(arena, month_of_number(months->month));
        request->page = pb_new(&types__page__descriptor, arena);
        request->page->limit = LINES;
        request->page->after = pb_bytes(id_slice(behind));
        return &request->base;
}

json_t *bench_month(const struct harness *context)
{
        static const char *const instances[] = {"contracts-1", "tracking-1"};
        struct net *net = net_start(context, instances, ARRAY_SIZE(instances));
        struct arena arena scoped(arena_fini) = {0};
        struct months months;
        json_t *result = json_object();
        month_end_prepare(net, MONTH_PLACEMENTS, &months.month_end);
        for (months.month = OCTOBER_2026 - 1; months.month <= OCTOBER_2026; months.month++) {
                struct stream submit = {net, "tracking.SubmitHours", NULL, make_statement, NULL, &months};
                stream_run(&submit, months.month_end.count);
        }
        months.month = OCTOBER_2026;

        struct load load = {
                .net = net,
                .instance = "tracking-1",
                .method = "tracking.MonthSheet",
                .passport = net_sign(net, net_passport(net, TYPES__ROLE__FACILITATOR, NULL, &arena), &arena),
                .clients = 1,
                .window = 1,
                .seconds = context->seconds,
                .make = make_sheet,
                .argument = &months,
        };
        load_run(&load);
        bench_put(result, "sheet_us", samples_percentile(&load.latencies, MEDIAN));
        bench_put(result, "sheet_p99_us", samples_percentile(&load.latencies, WORST));
        samples_free(&load.latencies);
        struct samples echo = echo_measure(net, context->seconds);
        bench_put(result, "zmq_us", samples_percentile(&echo, MEDIAN));
        samples_free(&echo);
        free(months.month_end.placements);
        net_stop(net);
        return result;
}
