#include "common/bus/client.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"

enum { BUCKETS = 256, TICK_MS = 50 };

/* A request that is not answered yet. */
struct pending {
        struct pending *next;
        struct id id;
        uint64_t deadline_ms;
        client_answer_f answer;
        void *argument;
};

/* The connection to one instance. */
struct line {
        struct line *next;
        struct client *client;
        const char *name;
        struct bus_socket *socket;
};

struct client {
        struct bus *bus;
        struct line *lines;
        struct pending *pending[BUCKETS];
        size_t pending_count;
        uv_timer_t timer;
        struct arena asked; /* of the request in hand */
};

static struct pending **bucket_of(struct client *client, struct id id)
{
        return &client->pending[id.b[15]];
}

static void answer(struct client *client, struct pending *pending, int err, const Wire__Reply *reply,
                   struct arena *arena)
{
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

        const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, frame, &arena);
        if (reply == NULL || reply->id.len != sizeof(struct id))
                return;
        struct id id;
        memcpy(id.b, reply->id.data, sizeof(id.b));
        for (struct pending **at = bucket_of(client, id); *at != NULL; at = &(*at)->next) {
                struct pending *found = *at;
                if (!id_equal(found->id, id))
                        continue;
                *at = found->next;
                answer(client, found, 0, reply, &arena);
                return;
        }
}

static void on_tick(uv_timer_t *timer)
{
        struct client *client = timer->data;
        struct pending *late = NULL;
        uint64_t now_ms = uv_now(timer->loop);

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
        while (client->lines != NULL) {
                struct line *line = client->lines;
                client->lines = line->next;
                bus_close(line->socket);
                free(line);
        }
        for (size_t i = 0; i < BUCKETS; i++) {
                while (client->pending[i] != NULL) {
                        struct pending *pending = client->pending[i];
                        client->pending[i] = pending->next;
                        free(pending);
                }
        }
        uv_close((uv_handle_t *)&client->timer, on_closed);
}

static struct line *line_to(struct client *client, const struct client_target *target)
{
        for (struct line *line = client->lines; line != NULL; line = line->next)
                if (strcmp(line->name, target->name) == 0)
                        return line;

        struct line *line = calloc(1, sizeof(*line));
        require(line != NULL);
        struct bus_socket_spec spec = {
                .kind = BUS_DEALER,
                .endpoint = target->endpoint,
                .server_key = target->public_key,
                .receive = on_reply,
                .argument = line,
        };
        line->client = client;
        line->name = target->name;
        line->socket = bus_open(client->bus, &spec, NULL);
        if (line->socket == NULL) {
                free(line);
                return NULL;
        }
        line->next = client->lines;
        client->lines = line;
        return line;
}

/* tidy: many because the last two are one thing, a callback with its argument */
void client_ask(struct client *client, const struct client_target *target, const Wire__Envelope *envelope,
                uint32_t timeout_ms, client_answer_f answer_f, void *argument)
{
        struct line *line = line_to(client, target);
        struct pending *pending = calloc(1, sizeof(*pending));
        require(pending != NULL && envelope->id.len == sizeof(pending->id));
        pending->deadline_ms = uv_now(bus_loop(client->bus)) + timeout_ms;
        pending->answer = answer_f;
        pending->argument = argument;
        memcpy(pending->id.b, envelope->id.data, sizeof(pending->id.b));

        struct pending **bucket = bucket_of(client, pending->id);
        pending->next = *bucket;
        *bucket = pending;
        if (client->pending_count++ == 0)
                require(uv_timer_start(&client->timer, on_tick, TICK_MS, TICK_MS) == 0);
        /* A frame that cannot leave is not told apart from one that is lost: the timeout answers. */
        arena_reset(&client->asked);
        if (line != NULL)
                (void)bus_send(line->socket, slice_of(NULL, 0), pb_encode(envelope, &client->asked));
}
