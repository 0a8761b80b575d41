#include "services/gateway/front/api_oidc.h"

#include <string.h>

#include "accounts/providers.pb-c.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/own_ask.h"
#include "services/gateway/front/problem.h"
#include "services/gateway/front/visit.h"
#include "services/gateway/oidc/oidc.h"

/* Sent back by the browser when it comes from the provider: a navigation from elsewhere, hence Lax. */
#define COOKIE "__Host-guichet-oidc"

enum { REDIRECT_HEADERS = 4 };

/* Somebody on the way: to a provider, back from it, or with a code. In the request's arena. */
struct coming {
        struct gateway *gateway;
        struct http_request *request;
        const struct oidc_provider *provider;
        struct flow_begun begun;
        struct flow flow;
        bool is_asked_by_page; /* which leads the browser there itself */
        struct identity identity;
        char *cookie; /* of an identity that waits for its code */
};

static struct oidc *oidc_of(const struct visit *visit)
{
        return visit->gateway->oidc;
}

/* What the browser keeps for this gateway under that name; NULL: nothing. */
static const char *cookie_of(struct http_request *request, const char *name)
{
        const char *at = http_header(request, "Cookie");
        size_t size = strlen(name);
        while (at != NULL && *at != '\0') {
                size_t length = strcspn(at, ";");
                if (length > size && at[size] == '=' && memcmp(at, name, size) == 0)
                        return arena_printf(http_arena(request), "%.*s", (int)(length - size - 1), at + size + 1);
                at += length;
                at += strspn(at, "; ");
        }
        return NULL;
}

/* ---- answers */

static const char *cookie_header(struct arena *arena, const char *value, int seconds)
{
        return arena_printf(arena, COOKIE "=%s; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Lax", value, seconds);
}

/* `cookies`: up to two, NULL where there is none. */
static void redirect(struct http_request *request, int status, const char *to, const char *const cookies[2])
{
        struct http_response response = {.status = status,
                                         .headers = {{"Location", to}, {"Cache-Control", "no-store"}}};
        size_t count = 2;
        for (size_t i = 0; i < 2; i++)
                if (cookies[i] != NULL)
                        response.headers[count++] = (struct http_header){"Set-Cookie", cookies[i]};
        http_answer(request, &response);
}

/* To the page, which says in French what the word means. */
static void lead_to_page(struct http_request *request, const char *word)
{
        struct arena *arena = http_arena(request);
        const char *const cookies[2] = {cookie_header(arena, "", 0)};
        redirect(request, 303, arena_printf(arena, "/#/connexion?motif=%s", word), cookies);
}

static const char *word_of(enum oidc_outcome outcome)
{
        switch (outcome) {
        case OIDC_DONE: break;
        case OIDC_BUSY: return "occupe";
        case OIDC_SILENT: return "fournisseur";
        case OIDC_REFUSED: return "perime";
        case OIDC_UNPROVEN: return "preuve";
        }
        return "service";
}

static const struct oidc_provider *find_provider(const struct visit *visit)
{
        const struct oidc_provider *provider =
                oidc_of(visit) == NULL ? NULL : providers_find(oidc_providers(oidc_of(visit)), visit->segments[0]);
        struct refusal refusal;
        if (provider == NULL) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "",
                             "Aucun fournisseur d'identité ne s'appelle « %.32s » : /v1/oidc donne leur liste.",
                             visit->segments[0]);
                answer_refusal(visit->request, 404, &refusal, NULL);
        }
        return provider;
}

void api_oidc_list(struct visit *visit)
{
        json_t *list = json_array();
        require(list != NULL);
        for (size_t i = 0; oidc_of(visit) != NULL && i < oidc_providers(oidc_of(visit))->count; i++) {
                const struct oidc_provider *provider = &oidc_providers(oidc_of(visit))->all[i];
                json_t *one = json_pack("{s:s, s:s, s:s++}", "name", provider->name, "label", provider->label, "start",
                                        "/v1/oidc/", provider->name, "/start");
                require(one != NULL && json_array_append_new(list, one) == 0);
        }
        answer_question(visit->request, json_pack("{s:o}", "providers", list), NULL);
}

/* ---- to the provider */

static void answer_address(const struct coming *coming, const char *address)
{
        const struct http_header more[] = {
                {"Set-Cookie", cookie_header(http_arena(coming->request), coming->begun.cookie, FLOW_MS / 1000)},
                {NULL, NULL}};
        answer_json(coming->request, 200, json_pack("{s:s}", "address", address), more);
}

static void refuse_address(const struct coming *coming)
{
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     "Le fournisseur d'identité ne répond pas : réessayez dans un instant.");
        answer_refusal(coming->request, 503, &refusal, NULL);
}

static void on_sent(void *argument, enum oidc_outcome outcome, const char *address)
{
        const struct coming *coming = argument;
        struct arena *arena = http_arena(coming->request);
        if (coming->is_asked_by_page) {
                if (outcome == OIDC_DONE)
                        answer_address(coming, address);
                else
                        refuse_address(coming);
                return;
        }
        const char *const cookies[2] = {cookie_header(arena, coming->begun.cookie, FLOW_MS / 1000)};
        if (outcome == OIDC_DONE)
                redirect(coming->request, 302, arena_text(arena, address), cookies);
        else
                lead_to_page(coming->request, word_of(outcome));
}

static struct coming *coming_new(const struct visit *visit, const struct oidc_provider *provider)
{
        struct coming *coming = arena_zalloc(http_arena(visit->request), sizeof(*coming));
        coming->gateway = visit->gateway;
        coming->request = visit->request;
        coming->provider = provider;
        return coming;
}

static void send_away(const struct visit *visit, const struct oidc_provider *provider, const struct flow_holder *holder,
                      bool is_asked_by_page)
{
        struct coming *coming = coming_new(visit, provider);
        unsigned number = (unsigned)(provider - oidc_providers(oidc_of(visit))->all);
        struct id network = {0};
        coming->is_asked_by_page = is_asked_by_page;
        (void)http_client(visit->request, &network);
        if (flows_begin(oidc_flows(oidc_of(visit)), number, network, holder, &coming->begun))
                oidc_send(oidc_of(visit), number, &coming->begun, on_sent, coming);
        else
                on_sent(coming, OIDC_BUSY, NULL);
}

/* Security: whoever is led here by a page of elsewhere signs in as herself at the provider, or not at all; it never
 * binds anything to a session that she has. */
void api_oidc_start(struct visit *visit)
{
        static const struct flow_holder nobody;
        const struct oidc_provider *provider = find_provider(visit);
        const struct http_parameter *parameters;
        size_t count = 0;
        struct refusal refusal;
        if (provider == NULL)
                return;
        if (!http_parameters(visit->request, &parameters, &count) || count > 0) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__MALFORMED, "",
                             "Cette adresse ne prend aucun paramètre : retirez ce qui suit le « ? ».");
                answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
                return;
        }
        send_away(visit, provider, &nobody, false);
}

/* Security: a POST by a page that holds the session, so that no page of elsewhere makes somebody bind an identity that
 * is not hers to her account. */
void api_oidc_bind(struct visit *visit)
{
        const struct oidc_provider *provider = find_provider(visit);
        const Wire__Passport *passport = visit->session->passport;
        struct refusal refusal;
        if (provider == NULL)
                return;
        if (passport->key == NULL || visit->session->scope_count > 0) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                             "Une identité se lie par une session entière : connectez-vous, second facteur compris.");
                answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
                return;
        }
        const struct flow_holder holder = {id_of(passport->account), id_of(passport->membership), id_of(passport->key)};
        send_away(visit, provider, &holder, true);
}

/* ---- who came back, and accounts */

static const char *session_cookie(struct arena *arena, const Accounts__SessionReply *reply, int64_t now_ms)
{
        int64_t seconds = reply->ends == NULL ? 0 : (reply->ends->ms - now_ms) / 1000;
        return arena_printf(arena, "__Host-guichet=%s; Path=/; Max-Age=%lld; Secure; HttpOnly; SameSite=Strict",
                            reply->key, (long long)seconds);
}

/* The session is open: to the page, which asks for the second factor of a role that demands one. */
static void open_page(const struct coming *coming, const Accounts__SessionReply *reply)
{
        struct arena *arena = http_arena(coming->request);
        struct world *world = engine_world(service_engine(gateway_service(coming->gateway)));
        const char *const cookies[2] = {session_cookie(arena, reply, world->now_ms(world)),
                                        cookie_header(arena, "", 0)};
        redirect(coming->request, 303, "/#/", cookies);
}

static void ask_for_code(const struct coming *coming)
{
        struct arena *arena = http_arena(coming->request);
        char cookie[TOKEN_TEXT_SIZE];
        proven_keep(oidc_proven(coming->gateway->oidc), &coming->identity, cookie);
        const char *const cookies[2] = {cookie_header(arena, cookie, PROVEN_MS / 1000)};
        redirect(coming->request, 303, "/#/connexion?motif=code", cookies);
}

static void on_session(void *argument, const struct own_told *told)
{
        const struct coming *coming = argument;
        const Accounts__SessionReply *reply = (const Accounts__SessionReply *)told->body;
        if (reply == NULL)
                lead_to_page(coming->request, "service");
        else if (reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN)
                open_page(coming, reply);
        else if (reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_CODE)
                ask_for_code(coming);
        else
                lead_to_page(coming->request,
                             reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT ? "attente" : "inconnu");
}

static Accounts__ProviderIdentity *identity_to(struct arena *arena, const struct identity *identity)
{
        Accounts__ProviderIdentity *to = pb_new(&accounts__provider_identity__descriptor, arena);
        to->issuer = arena_text(arena, identity->issuer);
        to->identity_provider = arena_text(arena, identity->identity_provider);
        to->subject = arena_text(arena, identity->subject);
        return to;
}

static void sign_in(struct coming *coming, const char *code, own_told_f then)
{
        struct arena *arena = http_arena(coming->request);
        Accounts__SignInByProvider command = ACCOUNTS__SIGN_IN_BY_PROVIDER__INIT;
        command.identity = identity_to(arena, &coming->identity);
        command.second_factor_shown = coming->identity.second_factor_shown;
        command.code = arena_text(arena, code);
        own_ask(coming->gateway, arena, "SignInByProvider", &command, then, coming);
}

static void on_bound(void *argument, const struct own_told *told)
{
        const struct coming *coming = argument;
        const char *word = told->body != NULL ? "liee" : "service";
        if (told->refusal != NULL && told->refusal->code == TYPES__REFUSAL_CODE__ALREADY_EXISTS)
                word = "prise";
        else if (told->refusal != NULL)
                word = told->refusal->code == TYPES__REFUSAL_CODE__TOO_LARGE ? "trop" : "session";
        lead_to_page(coming->request, word);
}

static void bind_to_holder(struct coming *coming)
{
        struct arena *arena = http_arena(coming->request);
        Accounts__BindProvider command = ACCOUNTS__BIND_PROVIDER__INIT;
        command.account_id = id_to(arena, coming->flow.holder.account);
        command.key_id = id_to(arena, coming->flow.holder.key);
        command.identity = identity_to(arena, &coming->identity);
        command.label = arena_text(arena, coming->provider->label);
        command.mail = arena_text(arena, coming->identity.mail);
        own_ask(coming->gateway, arena, "BindProvider", &command, on_bound, coming);
}

static void on_told(void *argument, enum oidc_outcome outcome, const struct identity *identity)
{
        struct coming *coming = argument;
        if (outcome != OIDC_DONE) {
                lead_to_page(coming->request, word_of(outcome));
                return;
        }
        coming->identity = identity_copy(identity, http_arena(coming->request));
        if (id_is_zero(coming->flow.holder.account))
                sign_in(coming, "", on_session);
        else
                bind_to_holder(coming);
}

/* ---- back from the provider */

/* What it says, each at most once. */
struct told {
        const char *code, *state, *error, *iss;
};
static bool read_told(struct http_request *request, struct told *ret)
{
        const struct http_parameter *parameters;
        size_t count;
        const struct {
                const char *name;
                const char **value;
        } known[] = {{"code", &ret->code}, {"state", &ret->state}, {"error", &ret->error}, {"iss", &ret->iss}};
        *ret = (struct told){0};
        if (!http_parameters(request, &parameters, &count))
                return false;
        for (size_t i = 0; i < count; i++)
                for (size_t k = 0; k < ARRAY_SIZE(known); k++) {
                        if (strcmp(parameters[i].name, known[k].name) != 0)
                                continue;
                        if (*known[k].value != NULL)
                                return false;
                        *known[k].value = parameters[i].value;
                }
        return true;
}

/* What it said is wrong in itself; NULL: nothing. */
static const char *flaw_of(const struct oidc_provider *provider, const struct told *told)
{
        if (told->iss != NULL && strcmp(told->iss, provider->issuer) != 0)
                return "preuve"; /* RFC 9207: another provider's answer */
        if (told->error != NULL)
                return "refus";
        return told->code == NULL || told->code[0] == '\0' || strlen(told->code) > OIDC_CODE_MAX ? "perime" : NULL;
}

void api_oidc_callback(struct visit *visit)
{
        const struct oidc_provider *provider = find_provider(visit);
        struct told told;
        if (provider == NULL)
                return;
        struct coming *coming = coming_new(visit, provider);
        unsigned number = (unsigned)(provider - oidc_providers(oidc_of(visit))->all);
        const char *cookie = cookie_of(visit->request, COOKIE);
        enum flow_end end = FLOW_UNKNOWN;
        if (read_told(visit->request, &told))
                end = flows_take(oidc_flows(oidc_of(visit)), number, told.state, cookie, &coming->flow);
        const char *flaw = end == FLOW_TAKEN           ? flaw_of(provider, &told)
                           : end == FLOW_OTHER_BROWSER ? "navigateur"
                                                       : "perime";
        if (flaw != NULL)
                lead_to_page(visit->request, flaw);
        else
                oidc_exchange(oidc_of(visit), &coming->flow, told.code, on_told, coming);
}

/* ---- her own code, where the provider has seen no second factor */

static const char *code_in(struct slice body, struct arena *arena)
{
        enum { CODE_MAX = 40 };
        json_t *json = json_loadb((const char *)body.data, body.size, JSON_REJECT_DUPLICATES, NULL);
        const char *code = json_string_value(json_object_get(json, "code"));
        const char *kept = code == NULL || code[0] == '\0' || strlen(code) > CODE_MAX ? NULL : arena_text(arena, code);
        json_decref(json);
        return kept;
}

static void refuse_code(const struct coming *coming, Types__RefusalCode code, const char *text)
{
        struct refusal refusal;
        (void)refuse(&refusal, code, code == TYPES__REFUSAL_CODE__INVALID_FIELD ? "code" : "", "%s", text);
        answer_refusal(coming->request, problem_status(refusal.code), &refusal, NULL);
}

static void on_code(void *argument, const struct own_told *told)
{
        const struct coming *coming = argument;
        const Accounts__SessionReply *reply = (const Accounts__SessionReply *)told->body;
        struct arena *arena = http_arena(coming->request);
        struct world *world = engine_world(service_engine(gateway_service(coming->gateway)));
        if (reply == NULL) {
                refuse_code(coming, TYPES__REFUSAL_CODE__UNAVAILABLE,
                            "Le service ne répond pas : réessayez dans un instant.");
        } else if (reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN) {
                proven_drop(oidc_proven(coming->gateway->oidc), coming->cookie);
                const struct http_header more[] = {{"Set-Cookie", session_cookie(arena, reply, world->now_ms(world))},
                                                   {"Set-Cookie", cookie_header(arena, "", 0)},
                                                   {NULL, NULL}};
                answer_json(coming->request, 200, json_pack("{s:s}", "outcome", "SIGN_IN_OPEN"), more);
        } else if (reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT) {
                refuse_code(coming, TYPES__REFUSAL_CODE__UNAVAILABLE,
                            arena_printf(arena, "Trop d'essais : réessayez dans %u s.", reply->wait_s));
        } else {
                refuse_code(coming, TYPES__REFUSAL_CODE__INVALID_FIELD,
                            "Ce code n'est pas le bon : attendez le suivant sur votre téléphone.");
        }
}

void api_oidc_code(struct visit *visit)
{
        struct coming *coming = coming_new(visit, NULL);
        const char *cookie = cookie_of(visit->request, COOKIE);
        const char *code = code_in(http_body(visit->request), http_arena(visit->request));
        if (code == NULL) {
                refuse_code(coming, TYPES__REFUSAL_CODE__INVALID_FIELD,
                            "Donnez {\"code\": \"…\"} : les six chiffres de votre téléphone, ou un code de secours.");
                return;
        }
        if (oidc_of(visit) == NULL ||
            !proven_try(oidc_proven(oidc_of(visit)), cookie, http_arena(visit->request), &coming->identity)) {
                refuse_code(coming, TYPES__REFUSAL_CODE__NOT_AUTHENTICATED,
                            "Ce passage est terminé : recommencez chez votre fournisseur d'identité.");
                return;
        }
        coming->cookie = arena_text(http_arena(visit->request), cookie);
        sign_in(coming, code, on_code);
}
