#include "common/bus/client.h"

#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "common/base/require.h"
#include "common/codec/pb.h"

enum { BUCKETS = 256, TICK_MS = 50 };

/* A request that is not answered yet. */
struct pending {
        struct pending *next;
        TAILQ_ENTRY(pending) waiting; /* while it has a frame */
        uint64_t tag;
        struct line *line;
        uint64_t sent_ms;
        uint64_t deadline_ms;
        client_answer_f answer;
        void *argument;
        struct slice frame; /* from libc; empty once it has left */
};

/* The connection to one instance. */
struct line {
        struct line *next;
        struct client *client;
        const char *name;
        struct bus_socket *socket;            /* NULL: closed, opened at the next request */
        TAILQ_HEAD(waiting, pending) waiting; /* whose frames could not leave yet, in the order they were asked */
        uint64_t heard_ms;                    /* when it last brought something, or was opened */
};

struct client {
        struct bus *bus;
        struct line *lines;
        struct pending *pending[BUCKETS];
        size_t pending_count;
        uint64_t last_tag;
        uv_timer_t timer;
        struct arena asked; /* of the request in hand */
};

static uint64_t now_of(const struct client *client)
{
        return uv_now(bus_loop(client->bus));
}

static struct pending **bucket_of(struct client *client, uint64_t tag)
{
        return &client->pending[tag % BUCKETS];
}

static void drop_frame(struct pending *pending)
{
        if (pending->frame.data == NULL)
                return;
        free((void *)(uintptr_t)pending->frame.data);
        pending->frame = slice_of(NULL, 0);
        TAILQ_REMOVE(&pending->line->waiting, pending, waiting);
}

/* They leave as soon as the line takes them: its instance is up, or has read some of those before. */
static void on_writable(void *argument)
{
        struct line *line = argument;
        struct pending *first;
        while ((first = TAILQ_FIRST(&line->waiting)) != NULL && line->socket != NULL &&
               bus_send(line->socket, slice_of(NULL, 0), first->frame) == 0) {
                first->sent_ms = now_of(line->client);
                drop_frame(first);
        }
}

static void answer(struct client *client, struct pending *pending, int err, const Wire__Reply *reply,
                   struct arena *arena)
{
        drop_frame(pending);
        client->pending_count--;
        if (client->pending_count == 0)
                (void)uv_timer_stop(&client->timer);
        pending->answer(pending->argument, err, reply, arena);
        free(pending);
}

static void on_reply(void *argument, struct slice peer, struct slice frame)
{
        struct line *line = argument;
        struct client *client = line->client;
        struct arena arena scoped(arena_fini) = {0};
        (void)peer;

        line->heard_ms = now_of(client);
        const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, frame, &arena);
        if (reply == NULL)
                return;
        for (struct pending **at = bucket_of(client, reply->tag); *at != NULL; at = &(*at)->next) {
                struct pending *found = *at;
                if (found->tag != reply->tag)
                        continue;
                *at = found->next;
                answer(client, found, 0, reply, &arena);
                return;
        }
}

static void open_line(struct client *client, struct line *line, const struct client_target *target)
{
        struct bus_socket_spec spec = {
                .kind = BUS_DEALER,
                .endpoint = target->endpoint,
                .server_key = target->public_key,
                .receive = on_reply,
                .writable = on_writable,
                .argument = line,
        };
        line->heard_ms = now_of(client);
        line->socket = bus_open(client->bus, &spec, NULL);
}

/* The line's own silence, not its first answers' slowness: something it brought since the request left would show that
 * it carries. What else waits on it will be late too, and is asked again by whoever wants it. */
static void close_if_silent(struct pending *late)
{
        struct line *line = late->line;
        if (line->socket == NULL || late->frame.data != NULL || line->heard_ms > late->sent_ms)
                return;
        bus_close(line->socket);
        line->socket = NULL;
}

static void on_tick(uv_timer_t *timer)
{
        struct client *client = timer->data;
        struct pending *late = NULL;
        uint64_t now_ms = now_of(client);

        for (size_t i = 0; i < BUCKETS; i++) {
                for (struct pending **at = &client->pending[i]; *at != NULL;) {
                        struct pending *pending = *at;
                        if (pending->deadline_ms > now_ms) {
                                at = &pending->next;
                                continue;
                        }
                        *at = pending->next;
                        pending->next = late;
                        late = pending;
                }
        }
        for (struct pending *pending = late; pending != NULL; pending = pending->next)
                close_if_silent(pending);
        while (late != NULL) { /* apart, because an answer may ask again */
                struct pending *pending = late;
                late = pending->next;
                answer(client, pending, ERR_TIMEOUT, NULL, NULL);
        }
}

struct client *client_new(struct bus *bus)
{
        struct client *client = calloc(1, sizeof(*client));
        require(client != NULL);
        client->bus = bus;
        require(uv_timer_init(bus_loop(bus), &client->timer) == 0);
        client->timer.data = client;
        return client;
}

static void on_closed(uv_handle_t *handle)
{
        struct client *client = handle->data;
        arena_fini(&client->asked);
        free(client);
}

void client_free(struct client *client)
{
        if (client == NULL)
                return;
        for (size_t i = 0; i < BUCKETS; i++) {
                while (client->pending[i] != NULL) {
                        struct pending *pending = client->pending[i];
                        client->pending[i] = pending->next;
                        drop_frame(pending);
                        free(pending);
                }
        }
        while (client->lines != NULL) {
                struct line *line = client->lines;
                client->lines = line->next;
                bus_close(line->socket);
                free(line);
        }
        uv_close((uv_handle_t *)&client->timer, on_closed);
}

/* Its socket is NULL where none can be made of the target. */
static struct line *line_to(struct client *client, const struct client_target *target)
{
        struct line *line = client->lines;
        while (line != NULL && strcmp(line->name, target->name) != 0)
                line = line->next;
        if (line == NULL) {
                line = calloc(1, sizeof(*line));
                require(line != NULL);
                line->client = client;
                line->name = target->name;
                TAILQ_INIT(&line->waiting);
                line->next = client->lines;
                client->lines = line;
        }
        if (line->socket == NULL)
                open_line(client, line, target);
        return line;
}

/* A frame that cannot leave now is kept; one that never can is not told apart from one that is lost: it will be late.
 */
static void send_or_keep(struct client *client, struct pending *pending, const Wire__Envelope *envelope)
{
        Wire__Envelope tagged = *envelope;
        tagged.tag = pending->tag;
        arena_reset(&client->asked);
        struct slice frame = pb_encode(&tagged, &client->asked);
        struct line *line = pending->line;
        bool first = line->socket != NULL && TAILQ_EMPTY(&line->waiting);
        if (first && bus_send(line->socket, slice_of(NULL, 0), frame) == 0)
                return;
        uint8_t *kept = malloc(frame.size);
        require(kept != NULL);
        memcpy(kept, frame.data, frame.size);
        pending->frame = slice_of(kept, frame.size);
        TAILQ_INSERT_TAIL(&line->waiting, pending, waiting);
}

/* tidy: many because the last two are one thing, a callback with its argument */
void client_ask(struct client *client, const struct client_target *target, const Wire__Envelope *envelope,
                uint32_t timeout_ms, client_answer_f answer_f, void *argument)
{
        struct pending *pending = calloc(1, sizeof(*pending));
        require(pending != NULL && envelope->id.len == sizeof(struct id));
        pending->line = line_to(client, target);
        pending->tag = ++client->last_tag;
        pending->sent_ms = now_of(client);
        pending->deadline_ms = pending->sent_ms + timeout_ms;
        pending->answer = answer_f;
        pending->argument = argument;

        struct pending **bucket = bucket_of(client, pending->tag);
        pending->next = *bucket;
        *bucket = pending;
        if (client->pending_count++ == 0)
                require(uv_timer_start(&client->timer, on_tick, TICK_MS, TICK_MS) == 0);
        send_or_keep(client, pending, envelope);
}
