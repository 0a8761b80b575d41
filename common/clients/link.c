#include "common/clients/link.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/require.h"
#include "common/bus/dealer.h"
#include "common/clients/route.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

enum {
        TIMEOUT_DEFAULT_MS = 10000,
        RESEND_MS = 2000, /* a daemon that was killed is back by then */
        PASSPORT_LIFE_MS = 600000,
        PASSPORT_RENEWED_MS = 120000, /* before its end, so that what is resent is still good */
        ENVELOPE_VERSION = 1,
};

struct connection {
        bool open;
        size_t index; /* among the dealers */
};

struct link {
        const struct topology *topology;
        const char *peer;
        uint32_t timeout_ms;
        struct secrets secrets;
        struct dealers *dealers;
        struct connection *connections; /* one for each instance of the topology */
        struct world world;
        struct arena actor_arena;
        Wire__Passport *actor; /* NULL: nobody acts */
        struct slice passport; /* `actor`, signed; from libc, so that renewing for hours takes no memory */
        int64_t passport_until_ms;
        struct arena post_arena; /* what is being sent; empty between calls */
};

static int open_network(struct link *link, struct err_info *info)
{
        int err = secrets_load(link->topology, link->peer, &link->secrets, info);
        if (err != 0)
                return err;
        struct dealer_keys keys = {link->secrets.curve_public, link->secrets.curve_secret};
        return dealers_open(&keys, &link->dealers, info);
}

int link_open(const struct topology *topology, const struct link_options *options, struct link **ret,
              struct err_info *info)
{
        struct link *link = calloc(1, sizeof(*link));
        require(link != NULL && sodium_init() >= 0);
        link->topology = topology;
        link->peer = options->peer;
        link->timeout_ms = options->timeout_ms == 0 ? TIMEOUT_DEFAULT_MS : options->timeout_ms;
        link->world = world_real();
        arena_init(&link->actor_arena);
        arena_init(&link->post_arena);
        link->connections = calloc(topology->instance_count, sizeof(*link->connections));
        require(link->connections != NULL);

        int err = open_network(link, info);
        if (err != 0) {
                link_close(link);
                return err;
        }
        *ret = link;
        return 0;
}

void link_close(struct link *link)
{
        if (link == NULL)
                return;
        dealers_close(link->dealers);
        free(link->connections);
        free((void *)(uintptr_t)link->passport.data);
        arena_fini(&link->actor_arena);
        arena_fini(&link->post_arena);
        sodium_memzero(&link->secrets, sizeof(link->secrets));
        free(link);
}

const struct topology *link_topology(const struct link *link)
{
        return link->topology;
}

const char *link_peer(const struct link *link)
{
        return link->peer;
}

void link_act_as(struct link *link, const Wire__Passport *passport)
{
        arena_reset(&link->actor_arena);
        link->actor =
                pb_decode(&wire__passport__descriptor, pb_encode(passport, &link->actor_arena), &link->actor_arena);
        require(link->actor != NULL);
        link->actor->signer = arena_text(&link->actor_arena, link->peer);
        link->passport_until_ms = 0;
}

/* The same bytes as long as they are good: the daemons remember what they verified. */
static struct slice passport_now(struct link *link)
{
        int64_t now_ms = link->world.now_ms(&link->world);
        bool good = now_ms < link->passport_until_ms - PASSPORT_RENEWED_MS &&
                    now_ms > link->passport_until_ms - PASSPORT_LIFE_MS - PASSPORT_RENEWED_MS;
        if (link->actor == NULL || good)
                return link->passport;

        link->passport_until_ms = now_ms + PASSPORT_LIFE_MS;
        link->actor->expires_at_ms = link->passport_until_ms;
        struct slice signed_passport = passport_sign(link->actor, link->secrets.signing_secret, &link->post_arena);
        uint8_t *kept = malloc(signed_passport.size);
        require(kept != NULL);
        memcpy(kept, signed_passport.data, signed_passport.size);
        free((void *)(uintptr_t)link->passport.data);
        link->passport = slice_of(kept, signed_passport.size);
        return link->passport;
}

static int connection_of(struct link *link, const struct instance *instance, size_t *ret, struct err_info *info)
{
        size_t at = (size_t)(instance - link->topology->instances);
        require(at < link->topology->instance_count);
        struct connection *connection = &link->connections[at];
        if (!connection->open) {
                int err = dealers_connect(link->dealers, instance->endpoint, instance->public_key, &connection->index,
                                          info);
                if (err != 0)
                        return err;
                connection->open = true;
        }
        *ret = connection->index;
        return 0;
}

/* tidy: many because a call is said in one line; a struct would be filled in at every call. */
int link_post_bytes(struct link *link, const struct instance *instance, const char *method, struct slice request,
                    struct id key, struct err_info *info)
{
        size_t index = 0;
        int err = connection_of(link, instance, &index, info);
        if (err != 0)
                return err;

        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = ENVELOPE_VERSION;
        envelope.method = (char *)(uintptr_t)method;
        envelope.id = pb_bytes(id_slice(&key));
        envelope.passport = pb_bytes(passport_now(link));
        envelope.body = pb_bytes(request);
        err = dealers_send(link->dealers, index, pb_encode(&envelope, &link->post_arena), info);
        arena_reset(&link->post_arena);
        return err;
}

/* tidy: many because a call is said in one line; a struct would be filled in at every call. */
int link_post(struct link *link, const struct instance *instance, const char *method, const ProtobufCMessage *request,
              struct id key, struct err_info *info)
{
        struct slice bytes = pb_encode(request, &link->post_arena);
        int err = link_post_bytes(link, instance, method, bytes, key, info);
        arena_reset(&link->post_arena);
        return err;
}

int link_collect(struct link *link, uint32_t timeout_ms, struct arena *arena, Wire__Reply **ret, struct err_info *info)
{
        struct slice frame = {0};
        int got = dealers_receive(link->dealers, timeout_ms, arena, &frame, info);
        if (got <= 0)
                return got;
        Wire__Reply *reply = pb_decode(&wire__reply__descriptor, frame, arena);
        if (reply == NULL)
                return err_set(info, ERR_MALFORMED, "a reply of %zu bytes cannot be read", frame.size);
        *ret = reply;
        return 1;
}

struct awaited {
        struct id id;
        uint64_t deadline_us;
        struct arena *arena;
        Wire__Reply *reply;
};

/* Waits for one reply; those of calls given up earlier are passed over. 1, 0 (too late) or err. */
static int await(struct link *link, struct awaited *awaited, struct err_info *info)
{
        for (;;) {
                uint64_t now_us = link->world.monotonic_us(&link->world);
                uint32_t left_ms =
                        now_us < awaited->deadline_us ? (uint32_t)((awaited->deadline_us - now_us) / 1000) : 0;
                int got = link_collect(link, left_ms, awaited->arena, &awaited->reply, info);
                if (got < 0 || (got == 1 && slice_equal(pb_slice(awaited->reply->id), id_slice(&awaited->id))))
                        return got;
                if (got == 0 && left_ms == 0)
                        return 0;
        }
}

static int read_answer(const struct catalogue_method *method, const Wire__Reply *reply, struct arena *arena,
                       struct answer *ret, struct err_info *info)
{
        struct answer answer = {.position = reply->position,
                                .repeated_key = reply->repeated_key,
                                .also_elsewhere = reply->also_elsewhere};
        if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL)
                answer.refusal = reply->refusal;
        else
                answer.body = pb_decode(method->method->output, pb_slice(reply->body), arena);
        if (answer.body == NULL && answer.refusal == NULL)
                return err_set(info, ERR_MALFORMED, "the reply to %s cannot be read", method->method->name);
        *ret = answer;
        return 0;
}

/* tidy: many because a call is said in one line; a struct would be filled in at every call. */
int link_call_instance(struct link *link, const struct instance *instance, const char *method,
                       const ProtobufCMessage *request, const struct id *key, struct arena *arena, struct answer *ret,
                       struct err_info *info)
{
        struct catalogue_method found;
        if (!catalogue_method(method, &found))
                return err_set(info, ERR_CONFIG, "no method %s", method);

        uint64_t end_us = link->world.monotonic_us(&link->world) + link->timeout_ms * UINT64_C(1000);
        struct id id = key != NULL ? *key : id_new(&link->world, link->world.now_ms(&link->world), 0);
        struct awaited awaited = {.id = id, .arena = arena};
        int got = 0;
        do {
                int err = link_post(link, instance, method, request, id, info);
                if (err != 0)
                        return err;
                uint64_t resend_us = link->world.monotonic_us(&link->world) + RESEND_MS * UINT64_C(1000);
                awaited.deadline_us = resend_us < end_us ? resend_us : end_us;
                got = await(link, &awaited, info);
        } while (got == 0 && link->world.monotonic_us(&link->world) < end_us);
        if (got == 0)
                return err_set(info, ERR_TIMEOUT, "%s (%s) did not answer %s in %u ms", instance->name,
                               instance->endpoint, method, link->timeout_ms);
        return got < 0 ? got : read_answer(&found, awaited.reply, arena, ret, info);
}

/* tidy: many because a call is said in one line; a struct would be filled in at every call. */
int link_call(struct link *link, const char *method, const ProtobufCMessage *request, const struct id *key,
              struct arena *arena, struct answer *ret, struct err_info *info)
{
        struct catalogue_method found;
        if (!catalogue_method(method, &found))
                return err_set(info, ERR_CONFIG, "no method %s", method);

        /* Routing cuts the page cursor: of a copy, the request is the caller's. */
        ProtobufCMessage *routed = pb_decode(request->descriptor, pb_encode(request, arena), arena);
        require(routed != NULL);
        struct route route;
        struct refusal refusal;
        if (!route_request(link->topology, &found, routed, arena, &route, &refusal)) {
                *ret = (struct answer){.refusal = refusal_to(arena, &refusal)};
                return 0;
        }
        struct id id = key != NULL ? *key : id_new(&link->world, link->world.now_ms(&link->world), 0);
        int err;
        do {
                err = link_call_instance(link, route.instance, method, routed, &id, arena, ret, info);
        } while (err == 0 && ret->refusal != NULL && route_follow(link->topology, &found, ret->refusal, &route));
        if (err == 0 && ret->refusal != NULL && ret->refusal->code == TYPES__REFUSAL_CODE__MOVED) {
                (void)route_refuse_lost(&refusal);
                ret->refusal = refusal_to(arena, &refusal);
        }
        if (err == 0 && ret->body != NULL)
                route_reply(&route, ret->also_elsewhere, (ProtobufCMessage *)(uintptr_t)ret->body, arena);
        return err;
}
