#include "services/tracking/parts/asking.h"

#include <sodium.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/pb.h"
#include "common/service/engine.h"

enum { TIMEOUT_MS = 5000, PASSPORT_MS = 300000 };

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        const struct part_asked *asked = argument;
        struct part_answer answer = {0};
        if (err == 0 && reply->outcome_case == WIRE__REPLY__OUTCOME_BODY)
                answer.body = pb_decode(asked->output, pb_slice(reply->body), arena);
        if (err == 0 && reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL)
                answer.refusal = reply->refusal;
        if (answer.refusal != NULL)
                log_line(LOG_WARN, "part.refused", "%s: %s", asked->question.method, answer.refusal->text);
        struct part_question question = asked->question;
        question.answer(question.argument, &answer);
}

static struct slice own_passport(struct service *service, int64_t now_ms, struct arena *arena)
{
        static char *everywhere[] = {(char *)(uintptr_t) "*"};
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = arena_text(arena, service_instance(service)->name);
        passport.signer = passport.user;
        passport.role = TYPES__ROLE__SERVICE;
        passport.territories = everywhere;
        passport.n_territories = 1;
        passport.expires_at_ms = now_ms + PASSPORT_MS;
        return service_sign_passport(service, &passport, arena);
}

bool part_ask(struct service *service, uint32_t partition, const struct part_question *question,
              struct part_asked *asked)
{
        scoped(arena_fini) struct arena arena = {0};
        const struct instance *to = topology_of_partition(service_topology(service), "tracking", partition);
        if (to == NULL)
                return false;
        struct catalogue_method method;
        char *name = arena_printf(&arena, "tracking.%s", question->method);
        require(catalogue_method(name, &method));
        struct world *world = engine_world(service_engine(service));
        int64_t now_ms = world->now_ms(world);
        struct id id = id_new(world, now_ms, 0);
        *asked = (struct part_asked){*question, method.method->output};
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = 1;
        envelope.method = name;
        envelope.id = pb_bytes(id_slice(&id));
        envelope.passport = pb_bytes(own_passport(service, now_ms, &arena));
        envelope.body = pb_bytes(pb_encode(question->request, &arena));
        const struct client_target target = {to->name, to->endpoint, to->public_key};
        client_ask(service_client(service), &target, &envelope, TIMEOUT_MS, on_answer, asked);
        sodium_memzero(envelope.body.data, envelope.body.len); /* keys may be in it */
        return true;
}
