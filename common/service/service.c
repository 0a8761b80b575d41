#include "common/service/service.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/engine_inside.h"
#include "common/service/feed.h"
#include "common/service/jobs.h"
#include "common/service/made.h"
#include "common/service/process.h"
#include "common/service/writer.h"
#include "runtime/queries.pb-c.h"

enum { HEARTBEAT_MS = 1000, FEEDS_MAX = 64, PUBLISH_BYTES = 256 * 1024 };
enum { DRAIN_EVERY_MS = 20, DRAINS_MAX = 250, SILENT_AT_START_US = 60 * 1000 * 1000 };

struct service {
        const struct service_spec *spec;
        const struct process *process;
        uv_loop_t loop;
        struct engine *engine;
        struct writer *writer;
        struct bus *bus;
        struct client *client;
        struct bus_socket *router;
        struct bus_socket *publisher; /* NULL: tells nothing */
        struct jobs *jobs;            /* NULL: none, or not yet */
        struct feed *feeds[FEEDS_MAX];
        size_t feed_count;
        const char **allowed; /* public keys */
        size_t allowed_count;
        uint64_t published;       /* last event number sent out */
        struct arena frame_arena; /* of the frame in hand: kept from one to the next, so that none meets malloc */
        uint64_t started_us;
        uv_timer_t heartbeat;
        uv_timer_t drain;
        unsigned drains; /* how often it was looked whether those who wait have their answers */
        uv_timer_t look; /* of a service that keeps documents: for those that nothing names */
        uv_signal_t signals[2];
        bool serving;
        bool stopping;
};

uv_loop_t *service_loop(struct service *service)
{
        return &service->loop;
}
struct engine *service_engine(struct service *service)
{
        return service->engine;
}
const struct topology *service_topology(struct service *service)
{
        return service->process->topology;
}
const struct instance *service_instance(struct service *service)
{
        return service->process->instance;
}
struct bus *service_bus(struct service *service)
{
        return service->bus;
}
struct client *service_client(struct service *service)
{
        return service->client;
}
struct jobs *service_jobs(struct service *service)
{
        return service->jobs;
}

struct txn *service_begin_read(struct service *service)
{
        struct txn *txn = txn_begin_read(engine_store(service->engine), NULL);
        require(txn != NULL);
        return txn;
}

void service_end_read(struct service *service, struct txn *txn)
{
        (void)service;
        txn_end_read(txn);
}

struct slice service_sign_passport(struct service *service, const Wire__Passport *passport, struct arena *arena)
{
        return passport_sign(passport, service->process->secrets->signing_secret, arena);
}

struct slice service_own_passport(struct service *service, struct arena *arena)
{
        static char *everywhere[] = {(char *)(uintptr_t) "*"};
        struct world *world = engine_world(service_engine(service));
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = arena_text(arena, service_instance(service)->name);
        passport.signer = passport.user;
        passport.role = TYPES__ROLE__SERVICE;
        passport.territories = everywhere;
        passport.n_territories = 1;
        passport.expires_at_ms = world->now_ms(world) + LIMIT_PASSPORT_LIFE_MS / 2;
        return service_sign_passport(service, &passport, arena);
}

/* --- commands and replies ------------------------------------------------------------------------------------------
 */

static struct slice refuse_unavailable(struct asked asked, const char *why, struct arena *arena)
{
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     "%s : rien n'a été enregistré, renvoyez la même demande dans quelques secondes", why);
        return refusal_frame(asked, &refusal, arena);
}

static void on_request(void *argument, struct slice peer, struct slice frame)
{
        struct service *service = argument;
        struct slice reply;
        struct item *item;

        arena_reset(&service->frame_arena);
        item = engine_accept(service->engine, peer, frame, &service->frame_arena, &reply);

        if (item != NULL) {
                if (!service->stopping && writer_push(service->writer, item))
                        return;
                reply = refuse_unavailable(item->asked,
                                           service->stopping ? "ce service s'arrête" : "ce service est saturé",
                                           &service->frame_arena);
                (void)bus_send(service->router, item->peer, reply);
                item_free(service->engine, &item);
                return;
        }
        (void)bus_send(service->router, peer, reply); /* a peer that left will ask again */
}

/* What was committed goes out in batches, straight from the log. */
static void publish(struct service *service)
{
        if (service->publisher == NULL)
                return;
        uint64_t head = engine_position(service->engine);
        while (service->published < head) {
                struct arena arena scoped(arena_fini) = {0};
                struct slice batch = engine_take_events(service->engine, &service->published, PUBLISH_BYTES, &arena);
                (void)bus_send(service->publisher, slice_of(NULL, 0), batch);
        }
}

static struct feed *feed_of(struct service *service, const char *source)
{
        for (size_t i = 0; i < service->feed_count; i++)
                if (feed_source(service->feeds[i]) == source)
                        return service->feeds[i];
        return NULL;
}

static void finish(struct service *service, struct item *item)
{
        switch (item->kind) {
        case ITEM_COMMAND: (void)bus_send(service->router, item->peer, item->reply); return;
        case ITEM_EVENTS: feed_done(feed_of(service, item->source), item); return;
        case ITEM_INTERNAL:
                if (item->done != NULL)
                        item->done(item->argument, item->err);
                return;
        }
}

static void on_written(void *argument, struct item *items)
{
        struct service *service = argument;
        while (items != NULL) {
                struct item *item = items;
                items = item->next;
                finish(service, item);
                item_free(service->engine, &item);
        }
        publish(service);
        if (service->spec->committed != NULL && service->serving)
                service->spec->committed(service, engine_context(service->engine));
        if (service->jobs != NULL)
                jobs_look(service->jobs);
}

void service_write(struct service *service, void (*fn)(struct work *work, void *argument),
                   void (*done)(void *argument, int err), void *argument)
{
        struct item *item = item_new(service->engine);
        item->kind = ITEM_INTERNAL;
        item->fn = fn;
        item->done = done;
        item->argument = argument;
        if (writer_push(service->writer, item))
                return;
        item_free(service->engine, &item);
        if (done != NULL)
                done(argument, ERR_TIMEOUT);
}

/* --- health and metrics ---------------------------------------------------------------------------------------------
 */

static const char *state_of(const struct service *service)
{
        if (service->stopping)
                return "stopping";
        if (!service->serving)
                return "starting";
        if (writer_full(service->writer))
                return "disk_full";
        if (engine_is_filling(service->engine))
                return "catching_up";
        for (size_t i = 0; i < service->feed_count; i++) {
                struct feed_state state = feed_state(service->feeds[i]);
                if (state.diverged)
                        return "diverged";
                if (state.outdated)
                        return "outdated";
                if (!state.live && state.position < state.head)
                        return "catching_up";
        }
        return "serving";
}

bool service_is_abreast(struct service *service)
{
        struct world *world = engine_world(service->engine);
        bool was_waited_for = world->monotonic_us(world) - service->started_us > SILENT_AT_START_US;
        if (engine_is_filling(service->engine))
                return false;
        for (size_t i = 0; i < service->feed_count; i++) {
                struct feed_state state = feed_state(service->feeds[i]);
                if (state.position < state.head || !(state.live || was_waited_for))
                        return false;
        }
        return true;
}

static struct slice describe_health(struct service *service, struct arena *arena)
{
        struct world *world = engine_world(service->engine);
        Runtime__HealthReply reply = RUNTIME__HEALTH_REPLY__INIT;
        reply.instance = (char *)(uintptr_t)service->process->instance->name;
        reply.service = (char *)(uintptr_t)service->spec->name;
        reply.state = (char *)(uintptr_t)state_of(service);
        reply.position = engine_position(service->engine);
        reply.uptime_ms = (int64_t)((world->monotonic_us(world) - service->started_us) / 1000);
        reply.pid = (uint64_t)uv_os_getpid();
        reply.sources = arena_alloc(arena, sizeof(*reply.sources) * (service->feed_count + 1));
        for (size_t i = 0; i < service->feed_count; i++) {
                struct feed_state state = feed_state(service->feeds[i]);
                Runtime__Source *source = pb_new(&runtime__source__descriptor, arena);
                source->instance = (char *)(uintptr_t)feed_source(service->feeds[i]);
                source->position = state.position;
                source->head = state.head;
                source->live = state.live;
                reply.sources[reply.n_sources++] = source;
        }
        return pb_encode(&reply, arena);
}

static struct slice describe_metrics(struct service *service, struct arena *arena)
{
        struct engine_figures f = engine_figures(service->engine);
        const char *i = service->process->instance->name;
        struct store_room room;
        char more[4096] = "";

        store_room(engine_store(service->engine), &room);
        if (service->spec->metrics != NULL)
                (void)service->spec->metrics(engine_context(service->engine), more, sizeof(more));
        Runtime__MetricsReply reply = RUNTIME__METRICS_REPLY__INIT;
        char *text = arena_printf(
                arena,
                "guichet_commands_total{instance=\"%s\"} %llu\nguichet_refusals_total{instance=\"%s\"} %llu\n"
                "guichet_repeats_total{instance=\"%s\"} %llu\nguichet_commits_total{instance=\"%s\"} %llu\n"
                "guichet_commit_seconds_total{instance=\"%s\"} %.6f\nguichet_events_total{instance=\"%s\"} %llu\n"
                "guichet_foreign_events_total{instance=\"%s\"} %llu\nguichet_full_total{instance=\"%s\"} %llu\n"
                "guichet_queue_length{instance=\"%s\"} %zu\nguichet_store_used_bytes{instance=\"%s\"} %llu\n"
                "guichet_store_map_bytes{instance=\"%s\"} %llu\nguichet_turned_away_total{instance=\"%s\"} %llu\n"
                "guichet_left_out_total{instance=\"%s\"} %llu\nguichet_store_free_bytes{instance=\"%s\"} %llu\n"
                "guichet_store_reader_lag_commits{instance=\"%s\"} %llu\n",
                i, (unsigned long long)f.commands, i, (unsigned long long)f.refusals, i, (unsigned long long)f.repeats,
                i, (unsigned long long)f.commits, i, (double)writer_commit_us(service->writer) / 1e6, i,
                (unsigned long long)f.events, i, (unsigned long long)f.foreign_events, i,
                (unsigned long long)f.disk_full, i, writer_waiting(service->writer), i,
                (unsigned long long)room.used_bytes, i, (unsigned long long)room.map_bytes, i,
                (unsigned long long)bus_turned_away(service->bus), i, (unsigned long long)f.left_out, i,
                (unsigned long long)room.free_bytes, i, (unsigned long long)room.reader_lag);
        for (size_t n = 0; n < service->feed_count; n++) {
                struct feed_state state = feed_state(service->feeds[n]);
                uint64_t lag = state.head > state.position ? state.head - state.position : 0;
                text = arena_printf(arena, "%sguichet_feed_lag_events{instance=\"%s\",source=\"%s\"} %llu\n", text, i,
                                    feed_source(service->feeds[n]), (unsigned long long)lag);
        }
        if (service->engine->blobs != NULL) {
                struct txn *txn = service_begin_read(service);
                struct blob_sums sums = blob_sums(txn, *service->spec->blobs);
                struct blobs_figures figures = blobs_figures(service->engine->blobs);
                service_end_read(service, txn);
                text = arena_printf(arena,
                                    "%sguichet_documents{instance=\"%s\"} %llu\n"
                                    "guichet_documents_bytes{instance=\"%s\"} %llu\n"
                                    "guichet_documents_collected_total{instance=\"%s\"} %llu\n"
                                    "guichet_uploads_dropped_total{instance=\"%s\"} %llu\n",
                                    text, i, (unsigned long long)sums.count, i, (unsigned long long)sums.bytes, i,
                                    (unsigned long long)figures.collected, i,
                                    (unsigned long long)figures.uploads_dropped);
        }
        if (service->jobs != NULL) {
                struct txn *txn = service_begin_read(service);
                text = arena_printf(arena, "%s%s", text, jobs_metrics(service->jobs, txn, i, arena));
                service_end_read(service, txn);
        }
        reply.text = arena_printf(arena, "%s%s", text, more);
        return pb_encode(&reply, arena);
}

static struct slice describe(void *argument, bool metrics, struct arena *arena)
{
        return metrics ? describe_metrics(argument, arena) : describe_health(argument, arena);
}

/* --- life -----------------------------------------------------------------------------------------------------------
 */

static void look_for_waste(struct work *work, void *argument)
{
        (void)work, (void)argument; /* engine_run() looks after each batch, this one too */
}

static void on_heartbeat(uv_timer_t *timer)
{
        struct service *service = timer->data;
        struct arena arena scoped(arena_fini) = {0};
        struct slice batch = engine_take_events(service->engine, &service->published, PUBLISH_BYTES, &arena);
        (void)bus_send(service->publisher, slice_of(NULL, 0), batch);
        if (service->engine->vault != NULL && vault_wants_shed(service->engine->vault))
                service_write(service, look_for_waste, NULL, NULL);
}

static void on_look(uv_timer_t *timer)
{
        service_write(timer->data, look_for_waste, NULL, NULL);
}

static void close_handle(uv_handle_t *handle, void *argument)
{
        (void)argument;
        if (!uv_is_closing(handle))
                uv_close(handle, NULL);
}

/* In this order: no more commands, what was accepted is committed and answered, then the sockets go. */
static void stop(struct service *service)
{
        if (service->stopping)
                return;
        service->stopping = true;
        for (size_t i = 0; i < service->feed_count; i++)
                feed_close(service->feeds[i]);
        if (service->jobs != NULL)
                jobs_quit(service->jobs);
        if (service->spec->quit != NULL && service->serving)
                service->spec->quit(service, engine_context(service->engine));
        if (service->writer != NULL)
                writer_finish(service->writer);
        client_free(service->client);
        bus_free(service->bus);
        for (size_t i = 0; i < ARRAY_SIZE(service->signals); i++)
                uv_close((uv_handle_t *)&service->signals[i], NULL);
        uv_close((uv_handle_t *)&service->heartbeat, NULL);
        uv_close((uv_handle_t *)&service->look, NULL);
        uv_close((uv_handle_t *)&service->drain, NULL);
}

static void on_drain(uv_timer_t *timer)
{
        struct service *service = timer->data;
        if (service->stopping)
                return;
        if (service->spec->drain(service, engine_context(service->engine)) || ++service->drains >= DRAINS_MAX)
                stop(service);
}

/* Who waits for an answer gets it, where the service has such people; a second signal does not wait for them. */
static void on_signal(uv_signal_t *handle, int number)
{
        struct service *service = handle->data;
        (void)number;
        if (service->spec->drain == NULL || !service->serving || service->drains > 0) {
                stop(service);
                return;
        }
        on_drain(&service->drain);
        if (!service->stopping)
                require(uv_timer_start(&service->drain, on_drain, DRAIN_EVERY_MS, DRAIN_EVERY_MS) == 0);
}

/* Everyone in the topology may connect; what they may ask is another question (accept.c). */
static void allow_everyone_known(struct service *service)
{
        const struct topology *topology = service->process->topology;
        service->allowed = calloc(topology->instance_count + topology->peer_count + 1, sizeof(*service->allowed));
        require(service->allowed != NULL);
        for (size_t i = 0; i < topology->instance_count; i++)
                service->allowed[service->allowed_count++] = topology->instances[i].public_key;
        for (size_t i = 0; i < topology->peer_count; i++)
                service->allowed[service->allowed_count++] = topology->peers[i].public_key;
}

static int open_sockets(struct service *service, struct err_info *info)
{
        const struct instance *instance = service->process->instance;
        struct bus_keys keys = {service->process->secrets->curve_public, service->process->secrets->curve_secret};
        struct bus_socket_spec router = {
                .kind = BUS_ROUTER, .endpoint = instance->endpoint, .receive = on_request, .argument = service};
        struct bus_socket_spec publisher = {.kind = BUS_PUBLISHER, .endpoint = instance->events};

        allow_everyone_known(service);
        service->bus = bus_new(&service->loop, &keys, service->allowed, service->allowed_count, info);
        if (service->bus == NULL)
                return ERR_TRANSPORT;
        service->client = client_new(service->bus);
        service->router = bus_open(service->bus, &router, info);
        if (service->router == NULL)
                return ERR_TRANSPORT;
        if (service->spec->event != NULL && instance->events != NULL) {
                service->publisher = bus_open(service->bus, &publisher, info);
                if (service->publisher == NULL)
                        return ERR_TRANSPORT;
                require(uv_timer_start(&service->heartbeat, on_heartbeat, HEARTBEAT_MS, HEARTBEAT_MS) == 0);
        }
        return 0;
}

static int open_feeds(struct service *service, struct err_info *info)
{
        for (size_t s = 0; s < service->spec->subscription_count; s++) {
                const struct subscription *subscription = &service->spec->subscriptions[s];
                const struct instance *source;
                for (size_t n = 0;
                     (source = topology_of_service(service->process->topology, subscription->service, n)) != NULL;
                     n++) {
                        struct feed_spec spec = {service->engine, service->writer, service->bus,
                                                 service->client, subscription,    source};
                        require(service->feed_count < FEEDS_MAX);
                        struct feed *feed = feed_open(&spec, info);
                        if (feed == NULL)
                                return ERR_TRANSPORT;
                        service->feeds[service->feed_count++] = feed;
                }
        }
        return 0;
}

static int remember_made(const struct service *service, struct err_info *info)
{
        const struct process *process = service->process;
        int err = made_remember(process->topology, process->instance->name, MADE_STORE, info);
        if (err == 0 && service->spec->seals)
                err = made_remember(process->topology, process->instance->name, MADE_KEYS, info);
        return err;
}

static void write_for_jobs(void *argument, void (*fn)(struct work *work, void *of), void (*done)(void *of, int err),
                           void *of)
{
        service_write(argument, fn, done, of);
}

static void start_jobs(struct service *service)
{
        struct jobs_options options = {
                .kinds = service->spec->jobs,
                .engine = service->engine,
                .loop = &service->loop,
                .write = write_for_jobs,
                .argument = service,
        };
        if (options.kinds != NULL)
                service->jobs = jobs_new(&options);
}

static int start(struct service *service, struct err_info *info)
{
        static const int numbers[] = {SIGTERM, SIGINT};
        struct engine_options options = process_engine_options(service->process);
        options.describe = describe;
        options.describe_argument = service;

        int err = engine_open(&options, &service->engine, info);
        if (err == 0)
                err = remember_made(service, info);
        if (err != 0)
                return err;
        struct world *world = engine_world(service->engine);
        service->started_us = world->monotonic_us(world);
        service->published = engine_position(service->engine);
        require(uv_timer_init(&service->loop, &service->heartbeat) == 0);
        service->heartbeat.data = service;
        require(uv_timer_init(&service->loop, &service->look) == 0);
        service->look.data = service;
        require(uv_timer_init(&service->loop, &service->drain) == 0);
        service->drain.data = service;
        if (service->engine->blobs != NULL)
                require(uv_timer_start(&service->look, on_look, BLOBS_LOOK_MS, BLOBS_LOOK_MS) == 0);
        for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
                require(uv_signal_init(&service->loop, &service->signals[i]) == 0);
                service->signals[i].data = service;
                require(uv_signal_start(&service->signals[i], on_signal, numbers[i]) == 0);
        }
        service->writer = writer_new(service->engine, &service->loop, on_written, service);
        err = open_sockets(service, info);
        if (err == 0)
                err = open_feeds(service, info);
        if (err == 0 && service->spec->serve != NULL)
                err = service->spec->serve(service, engine_context(service->engine), info);
        service->serving = err == 0;
        if (err != 0)
                stop(service);
        else
                start_jobs(service);
        return err;
}

int service_run(const struct process *process)
{
        struct service *service = calloc(1, sizeof(*service));
        struct err_info info = {0};
        require(service != NULL && uv_loop_init(&service->loop) == 0);
        service->spec = process->spec;
        service->process = process;
        (void)signal(SIGPIPE, SIG_IGN);

        int err = start(service, &info);
        if (err != 0)
                log_line(LOG_ERROR, "start.failed", "%s", info.text);
        else
                log_line(LOG_INFO, "serving", "%s on %s, event %llu", process->spec->name, process->instance->endpoint,
                         (unsigned long long)service->published);
        (void)uv_run(&service->loop, UV_RUN_DEFAULT);
        if (err == 0)
                log_line(LOG_INFO, "stopped", "event %llu", (unsigned long long)engine_position(service->engine));

        uv_walk(&service->loop, close_handle, NULL); /* nothing is left unless start failed half way */
        (void)uv_run(&service->loop, UV_RUN_DEFAULT);
        require(uv_loop_close(&service->loop) == 0);
        jobs_free(service->jobs);
        engine_close(service->engine);
        arena_fini(&service->frame_arena);
        free(service->allowed);
        free(service);
        return err;
}
