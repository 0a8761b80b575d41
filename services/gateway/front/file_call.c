#include "services/gateway/front/file_call.h"

#include <stdlib.h>

#include "common/base/require.h"
#include "common/clients/route.h"
#include "common/codec/json.h"
#include "common/service/engine.h"
#include "services/gateway/front/parameters.h"
#include "services/gateway/front/problem.h"

enum { SENDINGS = 3 };

struct file_call {
        struct gateway *gateway;
        struct catalogue_method method;
        const char *authorization;
        const char *place;
        ProtobufCMessage *message;
        struct route route;
        struct arena arena; /* of all above */
        file_answer_f done;
        void *argument;

        struct arena piece; /* of the one under way */
        Wire__Envelope envelope;
        struct id id;
        unsigned sendings_left;
        bool is_asking, is_free; /* whoever frees it while it is asked leaves that to the answer */
};

static void drop(json_t **json)
{
        json_decref(*json);
}

/* ---- life */

static bool read_request(const struct visit *visit, struct file_call *call, struct refusal *ret)
{
        const ProtobufCMessageDescriptor *input = call->method.method->input;
        const struct http_parameter *parameters;
        scoped(drop) json_t *json = NULL;
        size_t count;
        if (!http_parameters(visit->request, &parameters, &count))
                return refuse(ret, TYPES__REFUSAL_CODE__MALFORMED, "",
                              "Les paramètres de l'adresse sont trop nombreux, ou contiennent le caractère nul.");
        return parameters_to_json(parameters, count, input, &json, ret) &&
               json_to_message(json, input, &call->arena, &call->message, ret) &&
               route_request(service_topology(gateway_service(call->gateway)), &call->method, call->message,
                             &call->arena, &call->route, ret);
}

static void let_go(struct file_call *call)
{
        arena_fini(&call->piece);
        arena_fini(&call->arena);
        free(call);
}

/* tidy: many because a call is what it asks and whom it tells */
struct file_call *file_call_new(const struct visit *visit, const struct catalogue_method *method, file_answer_f done,
                                void *argument, struct refusal *ret_refusal)
{
        struct file_call *call = calloc(1, sizeof(*call));
        require(call != NULL);
        arena_init(&call->arena);
        arena_init(&call->piece);
        call->gateway = visit->gateway;
        call->method = *method;
        call->done = done;
        call->argument = argument;
        call->authorization = arena_text(&call->arena, visit->authorization);
        call->place = arena_text(&call->arena, visit->session->passport->place);
        if (read_request(visit, call, ret_refusal))
                return call;
        let_go(call);
        return NULL;
}

void file_call_free(struct file_call *call)
{
        if (call == NULL)
                return;
        call->is_free = true;
        if (!call->is_asking)
                let_go(call);
}

/* ---- a piece */

static void tell_answer(struct file_call *call, int status, const Types__Refusal *refusal,
                        const ProtobufCMessage *reply)
{
        const struct file_answer answer = {status, refusal, reply};
        call->is_asking = false;
        if (call->is_free)
                let_go(call);
        else
                call->done(call->argument, &answer);
}

static void tell_failure(struct file_call *call, int status, struct arena *arena, const char *text)
{
        struct refusal refusal;
        (void)refuse(&refusal,
                     status == 401 ? TYPES__REFUSAL_CODE__NOT_AUTHENTICATED : TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     "%s", text);
        tell_answer(call, status, refusal_to(arena, &refusal), NULL);
}

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena);

static void send_one(struct file_call *call)
{
        const struct gateway_settings *settings = gateway_settings_of(call->gateway);
        const struct instance *instance = call->route.instance;
        const struct client_target target = {instance->name, instance->endpoint, instance->public_key};
        int64_t timeout_ms = call->method.is_command ? settings->command_timeout_ms : settings->query_timeout_ms;
        call->sendings_left--;
        client_ask(service_client(gateway_service(call->gateway)), &target, &call->envelope, (uint32_t)timeout_ms,
                   on_answer, call);
}

static void on_refusal(struct file_call *call, const Types__Refusal *refusal, struct arena *arena)
{
        struct refusal lost;
        if (!call->is_free &&
            route_follow(service_topology(gateway_service(call->gateway)), &call->method, refusal, &call->route)) {
                call->sendings_left = SENDINGS;
                send_one(call);
                return;
        }
        if (refusal->code == TYPES__REFUSAL_CODE__MOVED) {
                (void)route_refuse_lost(&lost);
                refusal = refusal_to(arena, &lost);
        }
        tell_answer(call, problem_status(refusal->code), refusal, NULL);
}

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct file_call *call = argument;
        if (err != 0 && call->sendings_left > 0 && !call->is_free) {
                send_one(call);
                return;
        }
        if (err != 0) {
                gateway_count_timeout(call->gateway);
                tell_failure(call, 504, arena,
                             "Le service ne répond pas : reprenez dans un instant, d'où l'envoi en est.");
                return;
        }
        if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL) {
                on_refusal(call, reply->refusal, arena);
                return;
        }
        const ProtobufCMessage *body = pb_decode(call->method.method->output, pb_slice(reply->body), arena);
        if (body == NULL)
                tell_failure(call, 502, arena,
                             "La réponse du service n'a pas pu être lue : prévenez l'exploitant du réseau.");
        else
                tell_answer(call, 200, NULL, body);
}

static void set_piece(ProtobufCMessage *message, uint32_t index, struct slice content)
{
        const ProtobufCMessageDescriptor *type = message->descriptor;
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, "index");
        *(uint32_t *)(void *)((char *)message + field->offset) = index;
        field = protobuf_c_message_descriptor_get_field_by_name(type, "content");
        if (field != NULL)
                *(ProtobufCBinaryData *)(void *)((char *)message + field->offset) = pb_bytes(content);
}

/* Security: the passport is signed for the one behind the token now. */
void file_call_ask(struct file_call *call, uint32_t index, struct slice content)
{
        const struct session *session =
                gateway_session(call->gateway, &(struct arrival){call->authorization, call->place});
        struct world *world = engine_world(service_engine(gateway_service(call->gateway)));
        require(!call->is_asking);
        arena_reset(&call->piece);
        call->is_asking = true;
        if (session == NULL) {
                tell_failure(call, 401, &call->piece, "Votre jeton d'accès a expiré ou a été révoqué.");
                return;
        }
        set_piece(call->message, index, content);
        call->id = id_new(world, world->now_ms(world), 0);
        wire__envelope__init(&call->envelope);
        call->envelope.version = 1;
        call->envelope.method =
                arena_printf(&call->piece, "%s.%s", call->method.service->name, call->method.method->name);
        call->envelope.id = pb_bytes(id_slice(&call->id));
        call->envelope.passport = pb_bytes(arena_copy_slice(&call->piece, session->signed_passport));
        call->envelope.body = pb_bytes(pb_encode(call->message, &call->piece));
        call->sendings_left = SENDINGS;
        send_one(call);
}
