#include "services/gateway/front/api_oidc.h"

#include <sodium.h>
#include <string.h>

#include "accounts/providers.pb-c.h"
#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "services/gateway/door/cookie.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/browser.h"
#include "services/gateway/front/credentials.h"
#include "services/gateway/front/own_call.h"
#include "services/gateway/front/problem.h"
#include "services/gateway/front/session_cookie.h"
#include "services/gateway/front/visit.h"
#include "services/gateway/oidc/oidc.h"

/* Of who is on the way to a provider and back, or about to give her code. */
#define COOKIE_WAY "__Host-guichet-oidc"

enum { CODE_MAX = 40, COOKIES_MAX = 3 };

/* Somebody on the way: to a provider, back from it, or with a code. In the request's arena. */
struct coming {
        struct gateway *gateway;
        struct http_request *request;
        const struct oidc_provider *provider;
        struct flow_begun begun;
        struct flow flow;
        bool is_taken;         /* it was hers, and is over: her cookie too */
        bool is_asked_by_page; /* which leads the browser there itself */
        struct identity identity;
        char *code;                       /* NULL: she comes from the provider */
        const char *cookies[COOKIES_MAX]; /* that the answer sets */
        json_t *json;                     /* what the page is answered instead */
        struct catch_up catch_up;
};

static struct oidc *oidc_of(const struct visit *visit)
{
        return visit->gateway->oidc;
}

static const char *way_of(struct http_request *request)
{
        const char *cookies = http_header(request, "Cookie");
        struct slice value;
        if (cookies == NULL || !cookie_find(slice_of_text(cookies), COOKIE_WAY, &value))
                return NULL;
        return arena_printf(http_arena(request), "%.*s", (int)value.size, (const char *)value.data);
}

/* ---- answers */

static void set_cookie(struct coming *coming, const char *cookie)
{
        size_t count = 0;
        while (coming->cookies[count] != NULL)
                require(++count < COOKIES_MAX);
        coming->cookies[count] = cookie;
}

/* `life_s` negative: the browser forgets it. */
static void set_way(struct coming *coming, const char *value, int64_t life_s)
{
        set_cookie(coming, cookie_kept(COOKIE_WAY, value, life_s, http_arena(coming->request)));
}

static void lead_to(struct coming *coming, int status, const char *address)
{
        struct http_response response = {.status = status,
                                         .headers = {{"Location", address}, {"Cache-Control", "no-store"}}};
        for (size_t i = 0; i < COOKIES_MAX && coming->cookies[i] != NULL; i++)
                response.headers[2 + i] = (struct http_header){"Set-Cookie", coming->cookies[i]};
        http_answer(coming->request, &response);
}

/* To the page, which says in French what the word means. */
static void lead_to_page(struct coming *coming, const char *word)
{
        if (coming->is_taken)
                set_way(coming, "", -1);
        lead_to(coming, 303, arena_printf(http_arena(coming->request), "/#/connexion?motif=%s", word));
}

static void answer_page(struct coming *coming, json_t *json)
{
        struct http_header more[COOKIES_MAX + 1] = {{NULL, NULL}};
        for (size_t i = 0; i < COOKIES_MAX && coming->cookies[i] != NULL; i++)
                more[i] = (struct http_header){"Set-Cookie", coming->cookies[i]};
        answer_json(coming->request, 200, json, more);
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

static void refuse_address(const struct coming *coming)
{
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     "Le fournisseur d'identité ne répond pas : réessayez dans un instant.");
        answer_refusal(coming->request, 503, &refusal, NULL);
}

static void on_sent(void *argument, enum oidc_outcome outcome, const char *address)
{
        struct coming *coming = argument;
        if (outcome != OIDC_DONE && coming->is_asked_by_page) {
                refuse_address(coming);
        } else if (outcome != OIDC_DONE) {
                lead_to_page(coming, word_of(outcome));
        } else {
                set_way(coming, coming->begun.cookie, FLOW_MS / 1000);
                if (coming->is_asked_by_page)
                        answer_page(coming, json_pack("{s:s}", "address", address));
                else
                        lead_to(coming, 302, arena_text(http_arena(coming->request), address));
        }
}

static struct coming *coming_new(const struct visit *visit, const struct oidc_provider *provider)
{
        struct coming *coming = arena_zalloc(http_arena(visit->request), sizeof(*coming));
        coming->gateway = visit->gateway;
        coming->request = visit->request;
        coming->provider = provider;
        return coming;
}

static unsigned number_of(const struct visit *visit, const struct oidc_provider *provider)
{
        return (unsigned)(provider - oidc_providers(oidc_of(visit))->all);
}

static void send_away(const struct visit *visit, const struct oidc_provider *provider, const struct flow_holder *holder,
                      bool is_asked_by_page)
{
        struct coming *coming = coming_new(visit, provider);
        coming->is_asked_by_page = is_asked_by_page;
        flow_begin(oidc_passages(oidc_of(visit)), provider->name, holder, http_arena(visit->request), &coming->begun);
        oidc_send(oidc_of(visit), number_of(visit, provider), &coming->begun, on_sent, coming);
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

static void ask_accounts(struct coming *coming, const char *method, const void *request, own_answer_f done)
{
        const struct own_call call = {.gateway = coming->gateway,
                                      .arena = http_arena(coming->request),
                                      .method = method,
                                      .request = request,
                                      .done = done,
                                      .argument = coming,
                                      .key = coming->flow.id};
        own_call(&call);
}

/* Once the copies know her session. */
static void send_entered(void *argument)
{
        struct coming *coming = argument;
        if (coming->json != NULL)
                answer_page(coming, coming->json);
        else
                lead_to(coming, 303, "/#/");
}

static void let_in(struct coming *coming, Accounts__SessionReply *reply, uint64_t position)
{
        set_cookie(coming, session_cookie_take(&reply->base, http_arena(coming->request)));
        set_way(coming, "", -1);
        coming->json = coming->code == NULL ? NULL : json_of_message(&reply->base);
        coming->catch_up = (struct catch_up){.then = send_entered, .argument = coming};
        catch_up_wait(coming->gateway->catch_ups, &coming->catch_up, position);
}

static void ask_for_code(struct coming *coming)
{
        char *cookie = proven_keep(oidc_passages(coming->gateway->oidc), coming->provider, &coming->identity,
                                   http_arena(coming->request));
        if (cookie == NULL) {
                lead_to_page(coming, "preuve");
                return;
        }
        set_way(coming, cookie, PROVEN_MS / 1000);
        lead_to(coming, 303, "/#/connexion?motif=code");
}

/* Security: the same way to the provider and back a second time, here or at another gateway. */
static bool is_second_time(const struct own_answer *answer)
{
        return answer->is_done_before ||
               (answer->refusal != NULL && answer->refusal->code == TYPES__REFUSAL_CODE__KEY_REUSED);
}

static void on_session(void *argument, const struct own_answer *answer)
{
        struct coming *coming = argument;
        Accounts__SessionReply *reply = (Accounts__SessionReply *)(uintptr_t)answer->body;
        if (is_second_time(answer))
                lead_to_page(coming, "perime");
        else if (reply == NULL)
                lead_to_page(coming, "service");
        else if (reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN)
                let_in(coming, reply, answer->position);
        else if (reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_CODE)
                ask_for_code(coming);
        else
                lead_to_page(coming, reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT ? "attente" : "inconnu");
}

static Accounts__ProviderIdentity *identity_to(struct arena *arena, const struct identity *identity)
{
        Accounts__ProviderIdentity *to = pb_new(&accounts__provider_identity__descriptor, arena);
        to->issuer = arena_text(arena, identity->issuer);
        to->identity_provider = arena_text(arena, identity->identity_provider);
        to->subject = arena_text(arena, identity->subject);
        return to;
}

static void sign_in(struct coming *coming, own_answer_f done)
{
        struct world *world = engine_world(service_engine(gateway_service(coming->gateway)));
        Accounts__SignInByProvider command = ACCOUNTS__SIGN_IN_BY_PROVIDER__INIT;
        const char *mark = NULL;
        command.identity = identity_to(http_arena(coming->request), &coming->identity);
        command.second_factor_shown = coming->identity.second_factor_shown;
        if (coming->code != NULL)
                command.code = coming->code;
        command.browser = browser_of(coming->request, world, &mark);
        if (mark != NULL)
                set_cookie(coming, mark);
        ask_accounts(coming, "accounts.SignInByProvider", &command, done);
}

static void on_bound(void *argument, const struct own_answer *answer)
{
        struct coming *coming = argument;
        const Types__RefusalCode code =
                answer->refusal == NULL ? TYPES__REFUSAL_CODE__REFUSAL_NONE : answer->refusal->code;
        lead_to_page(coming, is_second_time(answer)                        ? "perime"
                             : answer->body != NULL                        ? "liee"
                             : code == TYPES__REFUSAL_CODE__ALREADY_EXISTS ? "prise"
                             : code == TYPES__REFUSAL_CODE__TOO_LARGE      ? "trop"
                             : code == TYPES__REFUSAL_CODE__NOT_FOUND      ? "session"
                                                                           : "service");
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
        ask_accounts(coming, "accounts.BindProvider", &command, on_bound);
}

static void on_told(void *argument, enum oidc_outcome outcome, const struct identity *identity)
{
        struct coming *coming = argument;
        if (outcome != OIDC_DONE) {
                lead_to_page(coming, word_of(outcome));
                return;
        }
        coming->identity = identity_copy(identity, http_arena(coming->request));
        if (id_is_zero(coming->flow.holder.account))
                sign_in(coming, on_session);
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
        enum flow_end end = FLOW_UNKNOWN;
        if (read_told(visit->request, &told)) {
                const struct flow_shown shown = {told.state, way_of(visit->request)};
                end = flow_take(oidc_passages(oidc_of(visit)), provider->name, &shown, &coming->flow);
        }
        coming->is_taken = end == FLOW_TAKEN;
        const char *flaw = end == FLOW_TAKEN           ? flaw_of(provider, &told)
                           : end == FLOW_OTHER_BROWSER ? "navigateur"
                                                       : "perime";
        if (flaw != NULL) {
                lead_to_page(coming, flaw);
                return;
        }
        const struct oidc_back back = {number_of(visit, provider), &coming->flow, told.code};
        oidc_exchange(oidc_of(visit), &back, on_told, coming);
}

/* ---- her own code, where the provider has seen no second factor */

static char *code_in(struct slice body, struct arena *arena)
{
        json_t *json = json_loadb((const char *)body.data, body.size, JSON_REJECT_DUPLICATES, NULL);
        const char *code = json_string_value(json_object_get(json, "code"));
        bool good = code != NULL && code[0] != '\0' && strlen(code) <= CODE_MAX && json_object_size(json) == 1;
        char *kept = good ? arena_text(arena, code) : NULL;
        json_decref(json);
        return kept;
}

static void refuse_code(struct coming *coming, int status, const struct refusal *refusal, const char *retry_after)
{
        const struct http_header more[] = {{retry_after == NULL ? NULL : "Retry-After", retry_after}, {NULL, NULL}};
        if (coming->code != NULL)
                sodium_memzero(coming->code, strlen(coming->code));
        answer_refusal(coming->request, status, refusal, more);
}

static void refuse_wrong(struct coming *coming, const char *text)
{
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_AUTHENTICATED, "code", "%s", text);
        refuse_code(coming, 401, &refusal, NULL);
}

static void refuse_hurried(struct coming *coming, uint32_t wait_s)
{
        const char *seconds = arena_printf(http_arena(coming->request), "%u", wait_s);
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "", "Trop d'essais : réessayez dans %s s.", seconds);
        refuse_code(coming, 429, &refusal, seconds);
}

static void on_code(void *argument, const struct own_answer *answer)
{
        struct coming *coming = argument;
        Accounts__SessionReply *reply = (Accounts__SessionReply *)(uintptr_t)answer->body;
        struct refusal refusal;
        if (reply == NULL) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                             "Le service des comptes ne répond pas : réessayez dans un instant.");
                refuse_code(coming, 504, &refusal, NULL);
        } else if (reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN) {
                let_in(coming, reply, answer->position);
        } else if (reply->outcome == ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT) {
                refuse_hurried(coming, reply->wait_s);
        } else {
                refuse_wrong(coming, "Ce code n'est pas le bon : attendez le suivant sur votre téléphone.");
        }
}

void api_oidc_code(struct visit *visit)
{
        struct coming *coming = coming_new(visit, NULL);
        struct arena *arena = http_arena(visit->request);
        struct refusal refusal;
        coming->code = code_in(http_body(visit->request), arena);
        /* Security: nobody is signed in by another's page. */
        if (!credentials_admit_page(visit->request, &refusal)) {
                refuse_code(coming, 403, &refusal, NULL);
        } else if (coming->code == NULL) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "code",
                             "Donnez {\"code\": \"…\"} : les six chiffres de votre téléphone, ou un code de secours.");
                refuse_code(coming, 400, &refusal, NULL);
        } else if (oidc_of(visit) == NULL || !proven_read(oidc_passages(oidc_of(visit)), oidc_providers(oidc_of(visit)),
                                                          way_of(visit->request), arena, &coming->identity)) {
                refuse_wrong(coming, "Ce passage est terminé : recommencez chez votre fournisseur d'identité.");
        } else {
                sign_in(coming, on_code);
        }
}
