#include "services/gateway/links/ask.h"

#include "common/base/require.h"
#include "common/clients/route.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"

enum { SENDINGS = 3 };

struct asking {
        struct link_question question;
        struct catalogue_method method;
        struct route route;
        struct client_target target;
        Wire__Envelope envelope;
        unsigned sendings_left;
};

static void tell_asker(struct asking *asking, const struct link_answer *answer)
{
        asking->question.then(asking->question.argument, answer);
}

static void refuse_with(struct asking *asking, const struct refusal *refusal)
{
        const struct link_answer answer = {.refusal = refusal_to(asking->question.arena, refusal)};
        tell_asker(asking, &answer);
}

static void send_it(struct asking *asking);

static void aim(struct asking *asking)
{
        const struct instance *to = asking->route.instance;
        asking->target = (struct client_target){to->name, to->endpoint, to->public_key};
        asking->sendings_left = asking->method.is_command ? SENDINGS : 1;
}

static void on_refusal(struct asking *asking, const Wire__Reply *reply)
{
        const struct topology *topology = service_topology(asking->question.service);
        struct refusal lost;
        if (route_follow(topology, &asking->method, reply->refusal, &asking->route)) {
                aim(asking);
                send_it(asking);
                return;
        }
        if (reply->refusal->code == TYPES__REFUSAL_CODE__MOVED) {
                (void)route_refuse_lost(&lost);
                refuse_with(asking, &lost);
                return;
        }
        const struct link_answer answer = {.refusal = reply->refusal, .position = reply->position};
        tell_asker(asking, &answer);
}

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct asking *asking = argument;
        struct link_answer answer = {0};
        (void)arena;
        if (err != 0 && asking->sendings_left > 0) {
                send_it(asking); /* the same key: done once, however often it is sent */
                return;
        }
        if (err == 0 && reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL) {
                on_refusal(asking, reply);
                return;
        }
        if (err == 0) {
                answer.body = pb_decode(asking->method.method->output, pb_slice(reply->body), asking->question.arena);
                answer.position = reply->position;
        }
        tell_asker(asking, &answer);
}

static void send_it(struct asking *asking)
{
        asking->sendings_left--;
        client_ask(service_client(asking->question.service), &asking->target, &asking->envelope,
                   asking->question.timeout_ms, on_answer, asking);
}

void link_ask(const struct link_question *question)
{
        struct asking *asking = arena_zalloc(question->arena, sizeof(*asking));
        struct refusal refusal;
        asking->question = *question;
        require(catalogue_method(question->method, &asking->method));
        if (!route_request(service_topology(question->service), &asking->method, question->request, question->arena,
                           &asking->route, &refusal)) {
                refuse_with(asking, &refusal);
                return;
        }
        wire__envelope__init(&asking->envelope);
        asking->envelope.version = 1;
        asking->envelope.method = arena_text(question->arena, question->method);
        asking->envelope.id = pb_bytes(id_slice(&asking->question.key));
        asking->envelope.passport = pb_bytes(question->passport);
        asking->envelope.body = pb_bytes(pb_encode(question->request, question->arena));
        aim(asking);
        send_it(asking);
}

bool link_request(const char *method, const json_t *json, struct arena *arena, ProtobufCMessage **ret,
                  struct refusal *ret_refusal)
{
        struct catalogue_method found;
        require(catalogue_method(method, &found));
        return json_to_message(json, found.method->input, arena, ret, ret_refusal);
}
