#include "services/ctl/health.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "services/ctl/http_probe.h"

enum { PAUSE_MS = 20 };

struct round {
        struct session *session;
        struct arena *arena;
        struct id *ids; /* of the question put to each instance */
        const Runtime__HealthReply **replies;
};

static size_t post_all(struct round *round, struct world *world)
{
        const struct topology *topology = round->session->topology;
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        size_t posted = 0;
        for (size_t i = 0; i < topology->instance_count; i++) {
                round->replies[i] = NULL;
                round->ids[i] = id_new(world, world->now_ms(world), 0);
                posted += link_post(round->session->link, &topology->instances[i], "runtime.Health", &request.base,
                                    round->ids[i], NULL) == 0;
        }
        return posted;
}

/* True where it answers one of this round's questions. */
static bool take_reply(struct round *round, const Wire__Reply *reply)
{
        for (size_t i = 0; i < round->session->topology->instance_count; i++) {
                if (!slice_equal(pb_slice(reply->id), id_slice(&round->ids[i])))
                        continue;
                round->replies[i] = pb_decode(&runtime__health_reply__descriptor, pb_slice(reply->body), round->arena);
                return true;
        }
        return false;
}

/* A gateway that says that it serves is asked once more, as its users ask. */
static void ask_doors(const struct round *round, uint32_t timeout_ms)
{
        const struct topology *topology = round->session->topology;
        for (size_t i = 0; i < topology->instance_count; i++) {
                const Runtime__HealthReply *reply = round->replies[i];
                if (topology->instances[i].http == NULL || reply == NULL || strcmp(reply->state, "serving") != 0 ||
                    http_answers(topology->instances[i].http, timeout_ms))
                        continue;
                Runtime__HealthReply *deaf = arena_copy(round->arena, reply, sizeof(*reply));
                deaf->state = arena_text(round->arena, HEALTH_DEAF);
                round->replies[i] = deaf;
        }
}

void health_ask_all(struct session *session, uint32_t timeout_ms, struct arena *arena,
                    const Runtime__HealthReply **ret_replies)
{
        struct world world = world_real();
        struct round round = {.session = session, .arena = arena, .replies = ret_replies};
        round.ids = arena_zalloc(arena, session->topology->instance_count * sizeof(*round.ids));
        size_t waited = post_all(&round, &world);
        uint64_t end_us = world.monotonic_us(&world) + timeout_ms * UINT64_C(1000);
        for (uint64_t now_us = 0; waited > 0 && (now_us = world.monotonic_us(&world)) < end_us;) {
                Wire__Reply *reply;
                uint32_t left_ms = (uint32_t)((end_us - now_us) / 1000) + 1;
                if (link_collect(session->link, left_ms, arena, &reply, NULL) == 1 && take_reply(&round, reply))
                        waited--;
        }
        ask_doors(&round, timeout_ms);
}

void health_pause(struct session *session, uint32_t ms)
{
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + ms * UINT64_C(1000);
        for (uint64_t now_us = 0; (now_us = world.monotonic_us(&world)) < end_us;) {
                scoped(arena_fini) struct arena arena = {0};
                Wire__Reply *late;
                uint32_t left_ms = (uint32_t)((end_us - now_us) / 1000) + 1;
                if (link_collect(session->link, left_ms, &arena, &late, NULL) < 0)
                        return;
        }
}

uint64_t health_lag(const Runtime__HealthReply *reply)
{
        uint64_t lag = 0;
        for (size_t i = 0; i < reply->n_sources; i++)
                if (reply->sources[i]->head > reply->sources[i]->position)
                        lag += reply->sources[i]->head - reply->sources[i]->position;
        return lag;
}

static const Runtime__HealthReply *reply_of(const struct topology *topology, const Runtime__HealthReply **replies,
                                            const char *instance)
{
        for (size_t i = 0; i < topology->instance_count; i++)
                if (strcmp(topology->instances[i].name, instance) == 0)
                        return replies[i];
        return NULL;
}

/* A daemon's own idea of its sources may be a heartbeat old: their logs are asked instead. */
static bool is_settled(const struct topology *topology, const Runtime__HealthReply **replies)
{
        for (size_t i = 0; i < topology->instance_count; i++) {
                if (replies[i] == NULL || strcmp(replies[i]->state, "serving") != 0)
                        return false;
                for (size_t k = 0; k < replies[i]->n_sources; k++) {
                        const Runtime__Source *source = replies[i]->sources[k];
                        const Runtime__HealthReply *owner = reply_of(topology, replies, source->instance);
                        if (owner == NULL || source->position < owner->position)
                                return false;
                }
        }
        return true;
}

bool health_wait_settled(struct session *session, uint32_t timeout_ms)
{
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + timeout_ms * UINT64_C(1000);
        unsigned rounds = 0; /* two in a row: what settles may make others speak */
        while (rounds < 2 && world.monotonic_us(&world) < end_us) {
                scoped(arena_fini) struct arena arena = {0};
                const Runtime__HealthReply **replies =
                        arena_zalloc(&arena, session->topology->instance_count * sizeof(const Runtime__HealthReply *));
                health_ask_all(session, 1000, &arena, replies);
                rounds = is_settled(session->topology, replies) ? rounds + 1 : 0;
                if (rounds < 2)
                        health_pause(session, PAUSE_MS);
        }
        return rounds == 2;
}
