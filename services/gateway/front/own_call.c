#include "services/gateway/front/own_call.h"

#include <sodium.h>

#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/pb.h"
#include "common/service/engine.h"

enum { SENDINGS = 3 };

struct own_asked {
        struct own_call call;
        struct catalogue_method method;
        struct client_target target;
        Wire__Envelope envelope;
        struct id id;
        uint32_t timeout_ms;
        unsigned sendings_left;
};

static void send_asked(struct own_asked *asked);

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct own_asked *asked = argument;
        struct own_answer answer = {0};
        if (err != 0 && asked->sendings_left > 0) {
                send_asked(asked);
                return;
        }
        sodium_memzero(asked->envelope.body.data, asked->envelope.body.len); /* proofs and keys may be in it */
        if (err == 0) {
                answer.position = reply->position;
                answer.is_done_before = reply->repeated_key && asked->sendings_left == SENDINGS - 1;
                if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL)
                        answer.refusal = reply->refusal;
                else
                        answer.body = pb_decode(asked->method.method->output, pb_slice(reply->body), arena);
        }
        asked->call.done(asked->call.argument, &answer);
}

static void send_asked(struct own_asked *asked)
{
        asked->sendings_left--;
        client_ask(service_client(gateway_service(asked->call.gateway)), &asked->target, &asked->envelope,
                   asked->timeout_ms, on_answer, asked);
}

void own_call(const struct own_call *call)
{
        struct service *service = gateway_service(call->gateway);
        struct world *world = engine_world(service_engine(service));
        const struct instance *accounts = topology_of_service(service_topology(service), "accounts", 0);
        int64_t now_ms = world->now_ms(world);
        struct own_asked *asked = arena_zalloc(call->arena, sizeof(*asked));
        asked->call = *call;
        require(catalogue_method(call->method, &asked->method));
        asked->id = id_is_zero(call->key) ? id_new(world, now_ms, 0) : call->key;
        asked->target = (struct client_target){accounts->name, accounts->endpoint, accounts->public_key};
        wire__envelope__init(&asked->envelope);
        asked->envelope.version = 1;
        asked->envelope.method = arena_text(call->arena, call->method);
        asked->envelope.id = pb_bytes(id_slice(&asked->id));
        asked->envelope.passport = pb_bytes(call->passport.size > 0 ? arena_copy_slice(call->arena, call->passport)
                                                                    : service_own_passport(service, call->arena));
        asked->envelope.body = pb_bytes(pb_encode(call->request, call->arena));
        asked->sendings_left = asked->method.is_command ? SENDINGS : 1;
        asked->timeout_ms = (uint32_t)(asked->method.is_command ? call->gateway->settings.command_timeout_ms
                                                                : call->gateway->settings.query_timeout_ms);
        send_asked(asked);
}
