#include "common/service/feed.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "runtime/queries.pb-c.h"

/* SILENT_MS: a source tells its head every second; one that told nothing for so long is not heard. */
enum { ASK_TIMEOUT_MS = 2000, RETRY_MS = 500, SILENT_MS = 5000, HISTORY_AHEAD = 4, LIVE_AHEAD = 64 };

struct feed {
        struct feed_spec spec;
        struct bus_socket *socket;
        uv_timer_t retry;
        uint64_t queued;   /* last number handed to the writer */
        uint64_t position; /* last number that is durable */
        uint64_t head;
        size_t ahead;           /* batches that the writer has */
        bool asking;            /* a request for history is out */
        uint64_t heard_ms;      /* by the loop's clock: when the source was last heard live, or the feed opened */
        uint64_t subscribed_ms; /* when the socket was opened */
        bool live;
        bool diverged; /* its history is not the one that was taken in: nothing more is, until somebody repaired that */
        bool outdated; /* it tells of what this program does not know: nothing more is taken in by this one */
        bool closed;
};

static void ask(struct feed *feed);

static uint64_t now_of(const struct feed *feed)
{
        return uv_now(bus_loop(feed->spec.bus));
}

static void diverge(struct feed *feed)
{
        feed->live = false;
        if (feed->diverged)
                return;
        feed->diverged = true;
        log_line(LOG_ERROR, "feed.diverged",
                 "%s: its events do not continue those taken in up to %llu: its store or this one was put back from "
                 "another moment. Nothing more is taken in from it. Put stores of one moment back, or rebuild this one",
                 feed->spec.source->name, (unsigned long long)feed->position);
}

/* Passing it over would lose it for good: a newer program takes it in from here. */
static void outdate(struct feed *feed, uint64_t number)
{
        feed->live = false;
        if (feed->outdated)
                return;
        feed->outdated = true;
        log_line(LOG_ERROR, "feed.outdated",
                 "%s: event %llu is of a kind that this program does not know: nothing from there on is taken in until "
                 "a newer program runs here",
                 feed->spec.source->name, (unsigned long long)number);
}

/* Whether the source has less than it once told. Live, its heartbeat may be older than the history that was fetched
 * meanwhile: then history is asked for, and its answer is never older. */
static bool is_behind(const struct feed *feed, const struct item *item)
{
        return item->event_count == 0 && item->head < feed->queued;
}

/* Hands a batch on if it is the one that comes next. True when the feed is then at the head. */
static bool take_batch(struct feed *feed, struct slice batch, bool history)
{
        struct err_info info;
        struct item *item =
                engine_accept_events(feed->spec.engine, feed->spec.subscription, feed->spec.source->name, batch, &info);
        if (item == NULL) {
                log_line(LOG_ERROR, "feed.malformed", "%s", info.text);
                return false;
        }
        if (is_behind(feed, item)) {
                if (history)
                        diverge(feed);
                item_free(feed->spec.engine, &item);
                return false;
        }
        if (item->event_count == 0 &&
            !engine_took_in(feed->spec.engine, feed->spec.source->name, item->head, item->head_hash)) {
                diverge(feed); /* as many events, and others */
                item_free(feed->spec.engine, &item);
                return false;
        }
        if (item->head > feed->head)
                feed->head = item->head;
        if (item->unknown == feed->queued + 1)
                outdate(feed, item->unknown);
        uint64_t last = item->event_count > 0 ? item->events[item->event_count - 1].number : 0;
        bool next = item->event_count > 0 && item->events[0].number <= feed->queued + 1 && last > feed->queued;
        if (next && writer_push(feed->spec.writer, item)) {
                feed->queued = last;
                feed->ahead++;
        } else {
                item_free(feed->spec.engine, &item);
        }
        return feed->queued >= feed->head;
}

static void on_history(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct feed *feed = argument;
        const Runtime__EventsAfterReply *events = NULL;

        feed->asking = false;
        if (err == 0 && reply->outcome_case == WIRE__REPLY__OUTCOME_BODY)
                events = pb_decode(&runtime__events_after_reply__descriptor, pb_slice(reply->body), arena);
        if (events == NULL)
                return; /* the timer asks again */
        uint64_t before = feed->queued;
        feed->live = take_batch(feed, pb_slice(events->batch), true);
        /* Where nothing could be taken (it cannot be read, the writer is full), asking at once would only turn in a
         * circle: the timer, or the writer's next batch, asks again. */
        if (!feed->live && feed->ahead < HISTORY_AHEAD && feed->queued > before)
                ask(feed);
}

static void ask(struct feed *feed)
{
        if (feed->asking || feed->closed || feed->diverged || feed->outdated)
                return;
        struct arena arena scoped(arena_fini) = {0};
        struct world *world = engine_world(feed->spec.engine);
        struct id id = id_new(world, world->now_ms(world), 0);
        Runtime__EventsAfterRequest request = RUNTIME__EVENTS_AFTER_REQUEST__INIT;
        request.after = feed->queued;
        request.bytes_max = LIMIT_EVENT_BATCH_BYTES;
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t) "runtime.EventsAfter";
        envelope.id = pb_bytes(id_slice(&id));
        envelope.body = pb_bytes(pb_encode(&request, &arena));
        struct client_target target = {feed->spec.source->name, feed->spec.source->endpoint,
                                       feed->spec.source->public_key};
        feed->asking = true;
        feed->live = false;
        client_ask(feed->spec.client, &target, &envelope, ASK_TIMEOUT_MS, on_history, feed);
}

/* Live. While history is being fetched, what comes here would be decoded for nothing: it is in the history too. */
static void on_live(void *argument, struct slice peer, struct slice frame)
{
        struct feed *feed = argument;
        (void)peer;
        feed->heard_ms = now_of(feed);
        if (!feed->live || feed->ahead >= LIVE_AHEAD) {
                feed->live = false;
                if (feed->ahead == 0)
                        ask(feed);
                return;
        }
        feed->live = take_batch(feed, frame, false);
        if (!feed->live)
                ask(feed);
}

static bool is_silent(const struct feed *feed)
{
        return now_of(feed) - feed->heard_ms > SILENT_MS;
}

static int subscribe(struct feed *feed, struct err_info *info)
{
        struct bus_socket_spec socket = {
                .kind = BUS_SUBSCRIBER,
                .endpoint = feed->spec.source->events,
                .server_key = feed->spec.source->public_key,
                .receive = on_live,
                .argument = feed,
        };
        feed->subscribed_ms = now_of(feed);
        feed->socket = bus_open(feed->spec.bus, &socket, info);
        return feed->socket == NULL ? ERR_TRANSPORT : 0;
}

/* A subscription that brings nothing, not even the source's head, is made anew; meanwhile history is asked for. */
static void renew_if_silent(struct feed *feed)
{
        if (!is_silent(feed))
                return;
        feed->live = false;
        if (now_of(feed) - feed->subscribed_ms <= SILENT_MS)
                return;
        bus_close(feed->socket);
        (void)subscribe(feed, NULL);
}

static void on_retry(uv_timer_t *timer)
{
        struct feed *feed = timer->data;
        renew_if_silent(feed);
        if (!feed->live && feed->ahead == 0)
                ask(feed);
}

void feed_done(struct feed *feed, const struct item *item)
{
        feed->ahead--;
        if (item->err == 0 && item->taken > feed->position)
                feed->position = item->taken;
        if (item->err == 0 && item->diverged)
                diverge(feed);
        if (item->err != 0 || item->taken < item->events[item->event_count - 1].number) {
                feed->live = false; /* a full disk, or a hole: begin again from what is durable */
                if (feed->ahead == 0)
                        feed->queued = feed->position;
                return;
        }
        if (!feed->live && !feed->asking && feed->ahead < HISTORY_AHEAD)
                ask(feed);
}

struct feed *feed_open(const struct feed_spec *spec, struct err_info *info)
{
        struct feed *feed = calloc(1, sizeof(*feed));
        require(feed != NULL);
        feed->spec = *spec;
        feed->queued = feed->position = engine_follow(spec->engine, spec->subscription, spec->source->name);
        feed->heard_ms = now_of(feed);
        if (subscribe(feed, info) != 0) {
                free(feed);
                return NULL;
        }
        require(uv_timer_init(bus_loop(spec->bus), &feed->retry) == 0);
        feed->retry.data = feed;
        require(uv_timer_start(&feed->retry, on_retry, RETRY_MS, RETRY_MS) == 0);
        ask(feed);
        return feed;
}

static void on_closed(uv_handle_t *handle)
{
        free(handle->data);
}

void feed_close(struct feed *feed)
{
        feed->closed = true;
        bus_close(feed->socket);
        uv_close((uv_handle_t *)&feed->retry, on_closed);
}

const char *feed_source(const struct feed *feed)
{
        return feed->spec.source->name;
}

struct feed_state feed_state(const struct feed *feed)
{
        return (struct feed_state){.position = feed->position,
                                   .head = feed->head,
                                   .live = feed->live && !is_silent(feed),
                                   .diverged = feed->diverged,
                                   .outdated = feed->outdated};
}
