/* scripts/bench deadlines: a million deadlines in the store of notifications, most of them in a year, some due: how
 * soon the daemon serves, what it holds, how fast those that are due are told, and that they are in order, each once.
 */
#include <string.h>
#include <time.h>

#include "bench.h"
#include "common/codec/types.h"
#include "memory.h"
#include "tests/lib/waits.h"

enum { DEADLINES = 1000000, DUE = 20000, POLL_MS = 5, DUE_TIMEOUT_S = 300 };
#define YEAR_MS ((int64_t)365 * 86400000)

static int64_t now_ms(void)
{
        struct timespec now;
        (void)clock_gettime(CLOCK_REALTIME, &now);
        return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t began_ms;

/* Those of the things that came first are due, in another order than their ids, several at one instant. */
static void say_instants(size_t number, Notifications__Wait *wait, struct arena *arena)
{
        bool is_due = number < DUE;
        int64_t at_ms = is_due ? began_ms - (int64_t)(number * 7919 % 100000) : began_ms + YEAR_MS + (int64_t)number;
        wait->step = NOTIFICATIONS__WAIT_STEP__WAIT_HIDDEN;
        wait->shows_at = instant_to(arena, at_ms);
        wait->tells_at = instant_to(arena, at_ms);
}

static pid_t pid_of(const struct net *net, const char *name)
{
        for (size_t i = 0; i < net->running_count; i++)
                if (strcmp(net->running[i].instance->name, name) == 0)
                        return net->running[i].pid;
        harness_fail("%s does not run", name);
}

static void wait_until_told(struct net *net, double wanted)
{
        uint64_t until_us = harness_now_us() + (uint64_t)DUE_TIMEOUT_S * 1000000;
        while (net_metric(net, "notifications-1",
                          "guichet_jobs_done_total{instance=\"notifications-1\",kind=\"deadline\"}") < wanted) {
                if (harness_now_us() > until_us)
                        harness_fail("deadlines are not told");
                harness_pause_ms(POLL_MS);
        }
}

json_t *bench_deadlines(const struct harness *context)
{
        struct net *net = net_start(context, net_all, NET_ALL);
        struct world world = world_real();
        const struct waits_filling filling = {DEADLINES, say_instants};
        json_t *result = json_object();

        net_stop_instance(net, "notifications-1");
        struct engine *engine = waits_open_store(net, &world);
        began_ms = now_ms();
        waits_fill(engine, &filling);
        engine_close(engine);
        harness_note("%d deadlines are in the store", DEADLINES);

        uint64_t start_us = harness_now_us();
        net_start_instance(net, "notifications-1", NULL);
        net_wait_serving(net, "notifications-1");
        double started_us = (double)(harness_now_us() - start_us);
        struct memory at_start = memory_of(pid_of(net, "notifications-1"));
        wait_until_told(net, DUE);
        double told_us = (double)(harness_now_us() - start_us) - started_us;
        struct memory behind = memory_of(pid_of(net, "notifications-1"));
        net_stop_instance(net, "notifications-1");
        engine = waits_open_store(net, &world);
        size_t told = waits_told_in_order(engine, 0);
        engine_close(engine);
        if (told != DUE)
                harness_fail("%zu deadlines were told in place of %d", told, DUE);

        bench_put(result, "deadlines", DEADLINES);
        bench_put(result, "start_ms", started_us / 1000);
        bench_put(result, "rss_mib_at_start", at_start.rss_kib / 1024);
        bench_put(result, "rss_mib", behind.rss_kib / 1024);
        bench_put(result, "anonymous_mib", behind.anonymous_kib / 1024);
        bench_put(result, "told_once_in_order", (double)told);
        bench_put(result, "told_per_s", DUE / (told_us / 1e6));
        net_stop(net);
        return result;
}
