#include "common/clients/speak.h"

#include <sodium.h>

#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/pb.h"
#include "common/service/engine.h"

enum { TIMEOUT_MS = 5000 };

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        const struct speak *speak = argument;
        struct speak_answer answer = {0};
        if (err == 0 && reply->outcome_case == WIRE__REPLY__OUTCOME_BODY)
                answer.body = pb_decode(speak->output, pb_slice(reply->body), arena);
        if (err == 0 && reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL)
                answer.refusal = reply->refusal;
        speak->answer(speak->argument, &answer);
}

void speak_ask(struct service *service, struct speak *speak)
{
        scoped(arena_fini) struct arena arena = {0};
        struct catalogue_method method;
        require(catalogue_method(speak->method, &method));
        speak->output = method.method->output;
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = 1;
        envelope.method = arena_text(&arena, speak->method);
        envelope.id = pb_bytes(id_slice(&speak->key));
        envelope.passport = pb_bytes(service_own_passport(service, &arena));
        envelope.body = pb_bytes(pb_encode(speak->request, &arena));
        const struct client_target target = {speak->to->name, speak->to->endpoint, speak->to->public_key};
        client_ask(service_client(service), &target, &envelope, TIMEOUT_MS, on_answer, speak);
        sodium_memzero(envelope.body.data, envelope.body.len); /* keys may be in it */
}
