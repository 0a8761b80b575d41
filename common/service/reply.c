/* Replies as they travel. */
#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/service/engine_inside.h"

struct slice refusal_frame(struct asked asked, const struct refusal *refusal, struct arena *arena)
{
        struct reply reply = {.refusal = refusal_to(arena, refusal)};
        return reply_frame(asked, &reply, 0, arena);
}

struct slice reply_frame(struct asked asked, const struct reply *reply, uint64_t position, struct arena *arena)
{
        Wire__Reply message = WIRE__REPLY__INIT;
        require((reply->body == NULL) != (reply->refusal == NULL));
        message.id = pb_bytes(id_slice(&asked.id));
        message.tag = asked.tag;
        message.position = position;
        message.also_elsewhere = reply->also_elsewhere;
        if (reply->body != NULL) {
                message.outcome_case = WIRE__REPLY__OUTCOME_BODY;
                message.body = pb_bytes(pb_encode(reply->body, arena));
        } else {
                message.outcome_case = WIRE__REPLY__OUTCOME_REFUSAL;
                message.refusal = (Types__Refusal *)(uintptr_t)reply->refusal;
        }
        return pb_encode(&message, arena);
}

struct slice bounded_frame(struct asked asked, struct slice reply, struct arena *arena)
{
        struct refusal refusal;
        if (reply.size <= LIMIT_REPLY_BYTES)
                return reply;
        (void)refuse(
                &refusal, TYPES__REFUSAL_CODE__TOO_LARGE, "",
                "la réponse compte %zu octets, %d au plus : demandez-en moins à la fois, avec un filtre plus étroit",
                reply.size, (int)LIMIT_REPLY_BYTES);
        return refusal_frame(asked, &refusal, arena);
}
