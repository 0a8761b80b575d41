#include "services/gateway/front/api.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/base/local_time.h"
#include "common/clients/route.h"
#include "common/codec/description.h"
#include "common/codec/method_refusals.h"
#include "common/codec/json.h"
#include "common/codec/path.h"
#include "common/codec/scope.h"
#include "common/service/engine.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/problem.h"
#include "services/gateway/front/api_print.h"
#include "services/gateway/front/condition.h"
#include "services/gateway/front/export_note.h"
#include "services/gateway/front/next_page.h"
#include "services/gateway/front/parameters.h"
#include "services/gateway/front/scoped.h"
#include "services/gateway/front/session_cookie.h"
#include "services/gateway/front/visit.h"

enum { COMMAND_SENDINGS = 3 };

/* A request on its way to a daemon and back, in the HTTP request's arena. */
struct call {
        struct gateway *gateway;
        struct http_request *request;
        struct catalogue_method method;
        ProtobufCMessage *message;
        bool is_by_body;
        bool is_conditional; /* it says what it has read, by If-Match */
        struct route route;
        struct client_target target;
        Wire__Envelope envelope;
        struct id id;
        char key[ID_TEXT_SIZE];
        uint32_t timeout_ms;
        unsigned sendings_left;
        struct printing printing; /* the reply as a file, where that is wanted */
};

/* What a daemon answered. */
struct answered {
        ProtobufCMessage *body;
        struct slice bytes; /* of it, as the daemon gave them */
        char position[24];
        bool is_repeated;
};

static json_t *answer_of(const struct answered *answered)
{
        return json_pack("{s:o, s:s}", "reply", json_of_message(answered->body), "position", answered->position);
}

static void drop(json_t **json)
{
        json_decref(*json);
}

/* --- what comes back -----------------------------------------------------------------------------------------------
 */

/* A command's answer names its key, so that one that was lost can be asked for again. */
static struct http_header key_header(const struct call *call)
{
        return (struct http_header){call->method.is_command ? "Idempotency-Key" : NULL, call->key};
}

/* A daemon may name the field as the proto file spells it; whoever speaks JSON knows the other spelling. */
static void refuse_call(const struct call *call, int status, const Types__Refusal *refusal)
{
        const struct http_header more[] = {key_header(call), {NULL, NULL}};
        Types__Refusal told = *refusal;
        told.field = arena_text(http_arena(call->request), refusal->field);
        path_to_json(told.field);
        answer_problem(call->request, status, &told, more);
}

static void refuse_silent(struct call *call)
{
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     call->method.is_command
                             ? "Le service ne répond pas : renvoyez la même demande, avec la même clé, dans un instant."
                             : "Le service ne répond pas : réessayez dans un instant.");
        gateway_count_timeout(call->gateway);
        refuse_call(call, 504, refusal_to(http_arena(call->request), &refusal));
}

/* ---- a question's answer: its tag, the next page, no more bytes than are needed */

static void answer_asked(const struct call *call, const struct answered *answered)
{
        struct http_request *request = call->request;
        char *etag = arena_alloc(http_arena(request), ETAG_SIZE);
        etag_make(answered->bytes, next_cursor(answered->body), etag);
        const char *next = next_page(&call->method, call->message, answered->body, http_arena(request));
        const struct http_header more[] = {{"ETag", etag},
                                           {"Guichet-Position", answered->position},
                                           {next == NULL ? NULL : "Link", next},
                                           {NULL, NULL}};
        if (!etag_is_known(etag, http_header(request, "If-None-Match"))) {
                answer_question(request, answer_of(answered), more);
                return;
        }
        const struct http_response unchanged = {.status = 304, .headers = {more[0], more[1], more[2]}};
        http_answer(request, &unchanged);
}

/* A command's answer, ready to go. */
struct done {
        const struct call *call;
        json_t *json;
        const char *cookie; /* of a session that begins, goes on or ends; NULL: none is concerned */
        struct catch_up catch_up;
};

static void send_done(void *argument)
{
        struct done *done = argument;
        const struct http_header more[] = {
                key_header(done->call), {done->cookie == NULL ? NULL : "Set-Cookie", done->cookie}, {NULL, NULL}};
        answer_json(done->call->request, 200, done->json, more);
}

static void answer_done(const struct call *call, const struct answered *answered, uint64_t position)
{
        struct done *done = arena_zalloc(http_arena(call->request), sizeof(*done));
        const char *cookie = session_cookie_take(answered->body, http_arena(call->request));
        *done = (struct done){call, answer_of(answered), cookie, {send_done, done}};
        if (answered->is_repeated)
                require(json_object_set_new(done->json, "repeatedKey", json_true()) == 0);
        if (call->method.is_command && strcmp(call->method.service->name, "accounts") == 0)
                catch_up_wait(call->gateway->catch_ups, &done->catch_up, position);
        else
                send_done(done);
}

static void answer_body(struct call *call, const Wire__Reply *reply, struct arena *arena)
{
        struct answered answered = {.bytes = pb_slice(reply->body), .is_repeated = reply->repeated_key};
        struct refusal refusal;

        answered.body = pb_decode(call->method.method->output, pb_slice(reply->body), arena);
        if (answered.body == NULL) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                             "La réponse du service n'a pas pu être lue : prévenez l'exploitant du réseau.");
                refuse_call(call, 502, refusal_to(arena, &refusal));
                return;
        }
        route_reply(&call->route, reply->also_elsewhere, answered.body, arena);
        if (call->printing.wish.form != NULL) {
                print_reply(&call->printing, answered.body);
                return;
        }
        (void)snprintf(answered.position, sizeof(answered.position), "%" PRIu64, reply->position);
        if (call->method.is_command || call->is_by_body)
                answer_done(call, &answered, reply->position);
        else
                answer_asked(call, &answered);
}

static void send_call(struct call *call);

static void aim_call(struct call *call)
{
        call->target = (struct client_target){call->route.instance->name, call->route.instance->endpoint,
                                              call->route.instance->public_key};
        call->sendings_left = call->method.is_command ? COMMAND_SENDINGS : 1;
}

/* What has changed its partition is asked for there, with the same key. */
static void refuse_or_follow(struct call *call, const Types__Refusal *refusal, struct arena *arena)
{
        struct refusal lost;
        if (route_follow(service_topology(gateway_service(call->gateway)), &call->method, refusal, &call->route)) {
                aim_call(call);
                send_call(call);
                return;
        }
        if (refusal->code == TYPES__REFUSAL_CODE__MOVED) {
                (void)route_refuse_lost(&lost);
                refusal = refusal_to(arena, &lost);
        }
        bool has_changed = call->is_conditional && strcmp(refusal->field, "seen") == 0;
        refuse_call(call, has_changed ? 412 : problem_status(refusal->code), refusal);
}

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct call *call = argument;

        if (err != 0 && call->sendings_left > 0)
                send_call(call); /* the same key: done once, however often it is sent */
        else if (err != 0)
                refuse_silent(call);
        else if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL)
                refuse_or_follow(call, reply->refusal, arena);
        else
                answer_body(call, reply, arena);
}

/* --- what goes out -------------------------------------------------------------------------------------------------
 */

static void send_call(struct call *call)
{
        call->sendings_left--;
        client_ask(service_client(gateway_service(call->gateway)), &call->target, &call->envelope, call->timeout_ms,
                   on_answer, call);
}

static void refuse_visit(const struct visit *visit, const struct refusal *refusal)
{
        answer_refusal(visit->request, problem_status(refusal->code), refusal, NULL);
}

/* What to do with a method that was asked by the other verb. */
static const char *other_verb(const struct catalogue_method *method)
{
        if (method->is_command)
                return "change quelque chose : envoyez-la par POST.";
        return catalogue_takes_body(method) ? "porte une liste : envoyez-la par POST, dans le corps."
                                            : "est une question : posez-la par GET.";
}

/* The method that the path names; false once it has been refused. */
struct demand {
        struct catalogue_method method;
        struct print_wish wish;
};
static bool find_method(const struct visit *visit, bool by_body, struct demand *ret)
{
        struct refusal refusal;
        char *method = arena_text(http_arena(visit->request), visit->segments[1]);
        if (!print_wished(method, &ret->wish, &refusal)) {
                refuse_visit(visit, &refusal);
                return false;
        }
        char *name = arena_printf(http_arena(visit->request), "%s.%s", visit->segments[0], method);

        if (!catalogue_method(name, &ret->method)) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNKNOWN_METHOD, "", "La demande « %.100s » n'existe pas.",
                             name);
                refuse_visit(visit, &refusal);
                return false;
        }
        if (!scoped_admit(visit, &ret->method))
                return false;
        if (catalogue_takes_body(&ret->method) != by_body) {
                struct http_header allow[] = {{"Allow", by_body ? "GET" : "POST"}, {NULL, NULL}};
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNKNOWN_METHOD, "", "« %.100s » %s", name,
                             other_verb(&ret->method));
                answer_refusal(visit->request, 405, &refusal, allow);
                return false;
        }
        if (ret->wish.form != NULL && !print_admits(&ret->method, &refusal)) {
                refuse_visit(visit, &refusal);
                return false;
        }
        return true;
}

static void on_export_noted(void *call)
{
        send_call(call);
}

static void note_export(struct call *call)
{
        const struct document_form *form = call->printing.wish.form;
        const struct export_note note = {.gateway = call->gateway,
                                         .request = call->request,
                                         .method = &call->method,
                                         .form = form == NULL ? "json" : form->ending,
                                         .message = call->message,
                                         .passport = pb_slice(call->envelope.passport),
                                         .then = on_export_noted,
                                         .argument = call};
        export_note(&note);
}

/* Where it goes is told from the message itself (route.h); who asks, from the session. */
static void start_call(const struct visit *visit, const struct demand *demand, const json_t *json, const struct id *id)
{
        const struct catalogue_method *method = &demand->method;
        struct arena *arena = http_arena(visit->request);
        const struct gateway_settings *settings = gateway_settings_of(visit->gateway);
        struct service *service = gateway_service(visit->gateway);
        struct call *call = arena_zalloc(arena, sizeof(*call));
        const char *if_match = http_header(visit->request, "If-Match");
        ProtobufCMessage *message;
        struct refusal refusal;

        if (!json_to_message(json, method->method->input, arena, &message, &refusal) ||
            !condition_seen(if_match, message, &refusal) ||
            !route_request(service_topology(service), method, message, arena, &call->route, &refusal)) {
                refuse_visit(visit, &refusal);
                return;
        }
        call->gateway = visit->gateway;
        call->request = visit->request;
        call->method = *method;
        call->message = message;
        call->is_by_body = catalogue_takes_body(method);
        call->is_conditional = if_match != NULL;
        call->id = *id;
        id_format(*id, call->key);
        call->printing =
                (struct printing){visit->gateway, visit->request,       id_of(visit->session->passport->account),
                                  demand->wish,   method->method->name, method->is_command ? call->key : NULL};
        aim_call(call);
        wire__envelope__init(&call->envelope);
        call->envelope.version = 1;
        call->envelope.method = arena_printf(arena, "%s.%s", method->service->name, method->method->name);
        call->envelope.id = pb_bytes(id_slice(&call->id));
        call->envelope.passport = pb_bytes(arena_copy_slice(arena, visit->session->signed_passport));
        call->envelope.body = pb_bytes(pb_encode(message, arena));
        call->timeout_ms = (uint32_t)(method->is_command ? settings->command_timeout_ms : settings->query_timeout_ms);
        if (demand->wish.form != NULL || export_is(method))
                note_export(call);
        else
                send_call(call);
}

static struct id new_id(struct gateway *gateway)
{
        struct world *world = engine_world(service_engine(gateway_service(gateway)));
        return id_new(world, world->now_ms(world), 0);
}

void api_by_address(struct visit *visit)
{
        const struct http_parameter *parameters;
        size_t count;
        struct demand demand;
        scoped(drop) json_t *json = NULL;
        struct refusal refusal;

        if (!find_method(visit, false, &demand))
                return;
        if (!http_parameters(visit->request, &parameters, &count)) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__MALFORMED, "",
                             "Les paramètres de l'adresse sont trop nombreux, ou contiennent le caractère nul.");
                refuse_visit(visit, &refusal);
                return;
        }
        if (!parameters_to_json(parameters, count, demand.method.method->input, &json, &refusal)) {
                refuse_visit(visit, &refusal);
                return;
        }
        struct id id = new_id(visit->gateway);
        start_call(visit, &demand, json, &id);
}

/* Whether daemons will remember it: they forget by the time in the key's first bits, after LIMIT_DEDUP_DAYS. */
static bool is_remembered(struct id key, int64_t now_ms)
{
        const int64_t day_ms = 24 * 60 * 60 * 1000;
        int64_t drawn_ms = id_instant_ms(key);
        return drawn_ms > now_ms - (LIMIT_DEDUP_DAYS - 1) * day_ms && drawn_ms < now_ms + day_ms;
}

/* The key that the client drew, or a new one; a question needs none. */
static bool read_key(const struct visit *visit, bool is_command, struct id *ret, struct refusal *ret_refusal)
{
        const char *text = is_command ? http_header(visit->request, "Idempotency-Key") : NULL;
        struct world *world = engine_world(service_engine(gateway_service(visit->gateway)));
        struct id id;

        if (text == NULL)
                id = new_id(visit->gateway);
        else if (id_parse(text, &id) != 0 || (id.b[6] >> 4) != 7)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "Idempotency-Key",
                              "L'en-tête Idempotency-Key doit être un UUID de version 7 (RFC 9562) ou être absent.");
        else if (!is_remembered(id, world->now_ms(world)))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "Idempotency-Key",
                        "Cette clé date de plus de %d jours ou de demain : le réseau ne saurait plus si la demande "
                        "a déjà été faite. Vérifiez-le, puis tirez une nouvelle clé.",
                        LIMIT_DEDUP_DAYS - 1);
        *ret = id;
        return true;
}

void api_by_body(struct visit *visit)
{
        struct slice body = http_body(visit->request);
        struct demand demand;
        scoped(drop) json_t *json = NULL;
        struct refusal refusal;
        struct id id;

        if (!find_method(visit, true, &demand))
                return;
        if (!read_key(visit, demand.method.is_command, &id, &refusal) || !json_of_text(body, &json, &refusal)) {
                refuse_visit(visit, &refusal);
                return;
        }
        start_call(visit, &demand, json, &id);
}

void api_session(struct visit *visit)
{
        Wire__Passport passport = *visit->session->passport;
        char token_ends[INSTANT_TEXT_SIZE];
        passport.signer = NULL; /* neither is the user's business */
        passport.expires_at_ms = 0;
        json_t *json = json_of_message(&passport.base);
        instant_format(visit->session->token_ends_ms, token_ends);
        require(json_object_set_new(json, "tokenEnds", json_string(token_ends)) == 0);
        if (visit->session->scope_count > 0 && strcmp(visit->session->scopes[0], SCOPE_ENROL) == 0)
                require(json_object_set_new(json, "mustEnrol", json_true()) == 0);
        answer_json(visit->request, 200, json, NULL);
}

void api_description(struct visit *visit)
{
        struct gateway *gateway = visit->gateway;
        struct world *world = engine_world(service_engine(gateway_service(gateway)));
        const char *method = visit->segments[0] == NULL ? NULL
                                                        : arena_printf(http_arena(visit->request), "%s.%s",
                                                                       visit->segments[0], visit->segments[1]);
        struct catalogue_method found;
        struct refusal refusal;
        if (method != NULL && !catalogue_method(method, &found)) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNKNOWN_METHOD, "", "La demande « %.100s » n'existe pas.",
                             method);
                refuse_visit(visit, &refusal);
                return;
        }
        const struct description wanted = {
                .roles = method_roles,
                .role_count = method_roles_count,
                .refusals = method_refusals,
                .refusal_count = method_refusals_count,
                .codes = gateway->codes.count > 0 ? &gateway->codes : NULL,
                .today = local_day("", world->now_ms(world)),
                .asker = 1u << visit->session->passport->role, /* Security: what others may do is not offered */
                .method = method,
        };
        answer_question(visit->request, description_make(&wanted), NULL);
}
