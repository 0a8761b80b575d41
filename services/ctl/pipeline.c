#include "services/ctl/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/clients/route.h"
#include "common/codec/pb.h"
#include "common/service/versions.h"
#include "services/ctl/options.h"

enum { RESEND_US = 2000000, BUSY_US = 200000, LOST_US = 60000000, WAIT_MS = 100 };

struct slot {
        bool used;
        struct id key;
        struct arena arena;
        struct route route;
        struct catalogue_method found;
        char method[64];
        const struct session_actor *actor; /* NULL: the session's */
        struct slice request;              /* serialised once, however often it is sent */
        void *tag;
        uint64_t first_us;
        uint64_t again_us;
};

struct pipeline {
        struct session *session;
        pipeline_answer_f answer;
        void *argument;
        struct world world;
        struct arena arena; /* of one answer */
        size_t in_flight;
        uint64_t looked_us; /* when overdue slots were last looked for */
        size_t window;
        struct session_actor acting; /* for whom the link is signed, where a command named somebody */
        struct slot slots[];
};

struct pipeline *pipeline_new(struct session *session, size_t window, pipeline_answer_f answer, void *argument)
{
        struct pipeline *pipeline = calloc(1, sizeof(*pipeline) + window * sizeof(pipeline->slots[0]));
        require(pipeline != NULL && window > 0);
        pipeline->window = window;
        pipeline->session = session;
        pipeline->answer = answer;
        pipeline->argument = argument;
        pipeline->world = world_real();
        return pipeline;
}

void pipeline_free(struct pipeline *pipeline)
{
        if (pipeline == NULL)
                return;
        for (size_t i = 0; i < pipeline->window; i++)
                arena_fini(&pipeline->slots[i].arena);
        arena_fini(&pipeline->arena);
        free(pipeline);
}

/* The same passport as long as the same acts: the daemons remember what they verified. */
static void act_as(struct pipeline *pipeline, const struct session_actor *actor)
{
        if (actor == NULL || memcmp(actor, &pipeline->acting, sizeof(*actor)) == 0)
                return;
        pipeline->acting = *actor;
        session_act_as(pipeline->session, actor);
}

static bool post(struct pipeline *pipeline, struct slot *slot, uint64_t now_us)
{
        struct err_info info = {0};
        slot->again_us = now_us + RESEND_US;
        struct link *link = pipeline->session->link;
        act_as(pipeline, slot->actor);
        if (link_post_bytes(link, slot->route.instance, slot->method, slot->request, slot->key, &info) == 0)
                return true;
        (void)complain("%s : %s", slot->route.instance->name, info.text);
        return false;
}

static void finish_slot(struct pipeline *pipeline, struct slot *slot, const ProtobufCMessage *body,
                        const Types__Refusal *refusal)
{
        slot->used = false;
        pipeline->in_flight--;
        pipeline->answer(pipeline->argument, slot->tag, body, refusal);
        arena_reset(&slot->arena);
}

static struct slot *slot_of(struct pipeline *pipeline, struct slice key)
{
        for (size_t i = 0; i < pipeline->window; i++)
                if (pipeline->slots[i].used && slice_equal(id_slice(&pipeline->slots[i].key), key))
                        return &pipeline->slots[i];
        return NULL;
}

static void take_reply(struct pipeline *pipeline, const Wire__Reply *reply, uint64_t now_us)
{
        struct slot *slot = slot_of(pipeline, pb_slice(reply->id));
        if (slot == NULL) /* the second answer to what was sent twice */
                return;
        if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL) {
                if (reply->refusal->code == TYPES__REFUSAL_CODE__UNAVAILABLE) {
                        slot->again_us = now_us + BUSY_US;
                        return;
                }
                if (route_follow(pipeline->session->topology, &slot->found, reply->refusal, &slot->route)) {
                        slot->again_us = now_us; /* it is asked there at once */
                        pipeline->looked_us = 0;
                        return;
                }
                finish_slot(pipeline, slot, NULL, reply->refusal);
                return;
        }
        const ProtobufCMessage *body = pb_decode(slot->found.method->output, pb_slice(reply->body), &pipeline->arena);
        if (body != NULL) /* unreadable: asked again until it is given up */
                finish_slot(pipeline, slot, body, NULL);
}

static bool resend_overdue(struct pipeline *pipeline, uint64_t now_us)
{
        if (now_us - pipeline->looked_us < BUSY_US)
                return true;
        pipeline->looked_us = now_us;
        for (size_t i = 0; i < pipeline->window; i++) {
                struct slot *slot = &pipeline->slots[i];
                if (!slot->used || now_us < slot->again_us)
                        continue;
                if (now_us - slot->first_us > LOST_US) {
                        (void)complain("%s ne répond pas à %s depuis une minute ; voir « guichetctl status ».",
                                       slot->route.instance->name, slot->method);
                        return false;
                }
                if (!post(pipeline, slot, now_us))
                        return false;
        }
        return true;
}

/* Takes in one answer, or waits a moment for one. */
static bool step(struct pipeline *pipeline, uint32_t wait_ms)
{
        struct err_info info = {0};
        Wire__Reply *reply = NULL;
        int got = link_collect(pipeline->session->link, wait_ms, &pipeline->arena, &reply, &info);
        uint64_t now_us = pipeline->world.monotonic_us(&pipeline->world);
        if (got == 1)
                take_reply(pipeline, reply, now_us);
        arena_reset(&pipeline->arena);
        if (got < 0) {
                (void)complain("%s", info.text);
                return false;
        }
        return resend_overdue(pipeline, now_us);
}

static struct slot *free_slot(struct pipeline *pipeline)
{
        for (size_t i = 0; i < pipeline->window; i++)
                if (!pipeline->slots[i].used)
                        return &pipeline->slots[i];
        return NULL;
}

bool pipeline_send(struct pipeline *pipeline, const struct pipeline_command *command)
{
        while (pipeline->in_flight == pipeline->window)
                if (!step(pipeline, WAIT_MS))
                        return false;

        struct slot *slot = free_slot(pipeline);
        struct refusal refusal;
        require(slot != NULL && catalogue_method(command->method, &slot->found));
        (void)snprintf(slot->method, sizeof(slot->method), "%s", command->method);
        slot->tag = arena_copy(&slot->arena, command->tag, command->tag_size);
        slot->actor = command->actor == NULL ? NULL : arena_copy(&slot->arena, command->actor, sizeof(*command->actor));
        slot->key = command->key;
        slot->used = true;
        pipeline->in_flight++;
        /* A command has no page, so routing leaves it as it is. */
        if (!route_request(pipeline->session->topology, &slot->found, (ProtobufCMessage *)(uintptr_t)command->request,
                           &slot->arena, &slot->route, &refusal)) {
                finish_slot(pipeline, slot, NULL, refusal_to(&pipeline->arena, &refusal));
                return true;
        }
        version_seen_any(command->request);
        slot->request = pb_encode(command->request, &slot->arena);
        slot->first_us = pipeline->world.monotonic_us(&pipeline->world);
        return post(pipeline, slot, slot->first_us) && step(pipeline, 0);
}

bool pipeline_finish(struct pipeline *pipeline)
{
        while (pipeline->in_flight > 0)
                if (!step(pipeline, WAIT_MS))
                        return false;
        return true;
}
