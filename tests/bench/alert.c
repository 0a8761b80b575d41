/* scripts/bench alert: from the commit of a need in the contracts daemon to the committed inbox entries in
 * notifications, at 500 needs a second, with tens of subscribers in the territory. Both daemons stamp their events with
 * the same clock when the batch begins; the reaction's batch is over when the next event's stamp may come, so the end
 * is read from the moment at which the published NoticePosted reaches this process, which is after its commit. */
#include <stdlib.h>
#include <string.h>

#include "common/bus/bus.h"
#include "common/base/local_time.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/commands.pb-c.h"
#include "contracts/events.pb-c.h"
#include "load.h"
#include "notifications/commands.pb-c.h"
#include "notifications/events.pb-c.h"

enum { NEEDS_PER_S = 500, SUBSCRIBERS = 30, NEEDS_MAX = 1 << 16 };

/* When a need was seen committed (its event published), and when its notice was. The two come over two connections, so
 * the notice may be read first: then it took no time that this process can see. */
struct times {
        struct id need;
        uint64_t committed_us, noticed_us; /* 0: not seen yet */
};

struct watch {
        uv_loop_t loop;
        struct bus *bus;
        uv_timer_t stop;
        struct times *times;
        size_t count;
};

static struct times *times_of(struct watch *watch, struct id need)
{
        for (size_t n = watch->count; n > 0; n--)
                if (id_equal(watch->times[n - 1].need, need))
                        return &watch->times[n - 1];
        if (watch->count == NEEDS_MAX)
                harness_fail("more needs than this benchmark counts");
        watch->times[watch->count] = (struct times){.need = need};
        return &watch->times[watch->count++];
}

/* Hands each event of a published batch to `see`. */
static void see_batch(struct watch *watch, struct slice frame, const ProtobufCMessageDescriptor *type,
                      void (*see)(struct watch *watch, const void *event, uint64_t now_us))
{
        struct arena arena scoped(arena_fini) = {0};
        uint64_t now_us = harness_now_us();
        const Wire__EventBatch *batch = pb_decode(&wire__event_batch__descriptor, frame, &arena);
        for (size_t i = 0; batch != NULL && i < batch->n_records; i++) {
                const Wire__EventRecord *record =
                        pb_decode(&wire__event_record__descriptor, pb_slice(batch->records[i]), &arena);
                see(watch, pb_decode(type, pb_slice(record->body), &arena), now_us);
        }
}

static void see_need(struct watch *watch, const void *event, uint64_t now_us)
{
        const Contracts__Event *told = event;
        if (told->body_case == CONTRACTS__EVENT__BODY_NEED_DECLARED)
                times_of(watch, id_of(told->need_declared->need_id))->committed_us = now_us;
}

static void see_notice(struct watch *watch, const void *event, uint64_t now_us)
{
        const Notifications__Event *told = event;
        if (told->body_case == NOTIFICATIONS__EVENT__BODY_NOTICE_POSTED)
                times_of(watch, id_of(told->notice_posted->subject_id))->noticed_us = now_us;
}

static void on_contracts(void *argument, struct slice peer, struct slice frame)
{
        (void)peer;
        see_batch(argument, frame, &contracts__event__descriptor, see_need);
}

static void on_notifications(void *argument, struct slice peer, struct slice frame)
{
        (void)peer;
        see_batch(argument, frame, &notifications__event__descriptor, see_notice);
}

/* Every need that was committed must have been noticed. */
static struct samples latencies_of(const struct watch *watch)
{
        struct samples samples = {0};
        for (size_t n = 0; n < watch->count; n++) {
                const struct times *times = &watch->times[n];
                if (times->committed_us == 0 || times->noticed_us == 0)
                        harness_fail("a need without its notice, or the reverse");
                samples_add(&samples, times->noticed_us > times->committed_us
                                              ? (double)(times->noticed_us - times->committed_us)
                                              : 0);
        }
        return samples;
}

static const ProtobufCMessage *make_need(void *argument, uint64_t n, struct arena *arena)
{
        const struct month_end *month_end = argument;
        Contracts__DeclareNeed *request = pb_new(&contracts__declare_need__descriptor, arena);
        struct world world = world_real();
        request->obligation_id = id_to(arena, month_end->obligation);
        request->rome_code = arena_text(arena, "A1203");
        request->title = arena_printf(arena, "Jardinier %llu", (unsigned long long)n);
        request->positions = 2;
        request->starts_on = day_to(arena, day_of_number(day_number(local_day("", world.now_ms(&world))) + 30));
        request->commune = arena_text(arena, "31555");
        request->modality = TYPES__MODALITY__DIRECT_HIRE;
        return &request->base;
}

static void subscribe_all(struct net *net)
{
        for (unsigned i = 0; i < SUBSCRIBERS; i++) {
                struct arena arena scoped(arena_fini) = {0};
                char name[64];
                (void)snprintf(name, sizeof(name), "prescripteur %u", i);
                Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
                request.organisation_id = id_to(&arena, id_derived(0, slice_of_text(name)));
                request.organisation_name = name;
                request.territory = arena_text(&arena, "31");
                (void)net_ask(net, "notifications.Subscribe", &request, &arena);
        }
}

static void on_stop(uv_timer_t *timer)
{
        uv_stop(timer->loop);
}

static void watch_open(struct watch *watch, struct net *net)
{
        static const struct {
                const char *instance;
                bus_receive_f receive;
        } sources[] = {{"contracts-1", on_contracts}, {"notifications-1", on_notifications}};
        struct err_info info = {0};
        struct bus_keys keys = {net->secrets.curve_public, net->secrets.curve_secret};
        (void)uv_loop_init(&watch->loop);
        watch->times = calloc(NEEDS_MAX, sizeof(*watch->times));
        watch->bus = bus_new(&watch->loop, &keys, NULL, 0, &info);
        for (size_t i = 0; i < ARRAY_SIZE(sources); i++) {
                const struct instance *instance = net_instance(net, sources[i].instance);
                struct bus_socket_spec spec = {.kind = BUS_SUBSCRIBER,
                                               .endpoint = instance->events,
                                               .server_key = instance->public_key,
                                               .receive = sources[i].receive,
                                               .argument = watch};
                if (watch->bus == NULL || watch->times == NULL || bus_open(watch->bus, &spec, &info) == NULL)
                        harness_fail("%s", info.text);
        }
        (void)uv_timer_init(&watch->loop, &watch->stop);
}

static void watch_close(struct watch *watch)
{
        bus_free(watch->bus);
        uv_close((uv_handle_t *)&watch->stop, NULL);
        (void)uv_run(&watch->loop, UV_RUN_DEFAULT);
        (void)uv_loop_close(&watch->loop);
        free(watch->times);
}

json_t *bench_alert(const struct harness *context)
{
        static const char *const instances[] = {"contracts-1", "notifications-1"};
        struct net *net = net_start(context, instances, ARRAY_SIZE(instances));
        struct arena arena scoped(arena_fini) = {0};
        struct month_end month_end;
        struct watch *watch = calloc(1, sizeof(*watch));
        json_t *result = json_object();

        month_end_obligation(net, &month_end);
        subscribe_all(net);
        struct load load = {
                .net = net,
                .instance = "contracts-1",
                .method = "contracts.DeclareNeed",
                .passport = net_sign(net, net_passport(net, TYPES__ROLE__FACILITATOR, NULL, &arena), &arena),
                .clients = 1,
                .window = 64,
                .seconds = context->seconds,
                .per_s_max = NEEDS_PER_S,
                .make = make_need,
                .argument = &month_end,
        };
        watch_open(watch, net);
        (void)uv_timer_start(&watch->stop, on_stop, 500, 0); /* let the subscriptions connect */
        (void)uv_run(&watch->loop, UV_RUN_DEFAULT);
        pid_t loader = load_in_background(&load);
        (void)uv_timer_start(&watch->stop, on_stop, (uint64_t)context->seconds * 1000 + 1000, 0);
        (void)uv_run(&watch->loop, UV_RUN_DEFAULT);
        load_background_done(loader);

        struct samples latencies = latencies_of(watch);
        bench_put(result, "needs", (double)watch->count);
        bench_put(result, "subscribers", SUBSCRIBERS);
        bench_put(result, "p50_ms", samples_percentile(&latencies, 50) / 1000);
        bench_put(result, "p99_ms", samples_percentile(&latencies, 99) / 1000);
        samples_free(&latencies);
        watch_close(watch);
        free(watch);
        net_stop(net);
        return result;
}
