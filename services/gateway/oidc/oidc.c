#include "services/gateway/oidc/oidc.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "services/gateway/oidc/address.h"
#include "services/gateway/oidc/fetch.h"
#include "services/gateway/oidc/jws.h"

struct errand;

/* A document of a provider's: what it says of itself, or its keys. */
struct kept {
        json_t *document;  /* NULL: none yet; one that could not be had again stays until it is too old */
        uint64_t had_ms;   /* when it was asked for */
        uint64_t asked_ms; /* the last time, whatever came of it */
        bool is_asked;     /* now */
        struct errand *waiting;
};

struct source {
        struct oidc *oidc;
        const struct oidc_provider *provider;
        struct kept about, keys;
};

struct oidc {
        struct world *world;
        struct arena arena; /* of the configuration */
        struct oidc_providers providers;
        struct fetches *fetches;
        struct passages passages;
        struct errand *errands;
        unsigned errand_count;
        struct source sources[OIDC_PROVIDERS_MAX];
};

/* One browser that waits. */
struct errand {
        struct errand *next, **link; /* of all */
        struct errand *next_waiting; /* for a document */
        void (*go_on)(struct errand *errand);
        struct oidc *oidc;
        struct source *source;
        struct arena arena;
        struct flow_begun begun;
        struct flow flow;
        char *code, *access_token;
        char *signed_text; /* what is to be verified once its key is there */
        void (*read)(struct errand *errand, const json_t *claims);
        bool asked_again; /* for keys */
        struct identity identity;
        oidc_sent_f sent;
        oidc_told_f told;
        void *argument;
};

static uint64_t now_ms(const struct oidc *oidc)
{
        return oidc->world->monotonic_us(oidc->world) / 1000;
}

/* ---- errands */

static struct errand *errand_new(struct oidc *oidc, unsigned provider, void *argument)
{
        struct errand *errand = calloc(1, sizeof(*errand));
        require(errand != NULL && provider < oidc->providers.count);
        errand->oidc = oidc;
        errand->source = &oidc->sources[provider];
        errand->argument = argument;
        errand->next = oidc->errands;
        errand->link = &oidc->errands;
        if (errand->next != NULL)
                errand->next->link = &errand->next;
        oidc->errands = errand;
        oidc->errand_count++;
        return errand;
}

static void forget(char *secret)
{
        if (secret != NULL)
                sodium_memzero(secret, strlen(secret));
}

static void errand_free(struct errand *errand)
{
        errand->oidc->errand_count--;
        *errand->link = errand->next;
        if (errand->next != NULL)
                errand->next->link = errand->link;
        forget(errand->code);
        forget(errand->access_token);
        forget(errand->signed_text);
        arena_fini(&errand->arena);
        sodium_memzero(&errand->flow, sizeof(errand->flow));
        free(errand);
}

/* `why`: a word of ours, or the name of a claim: nothing that a provider says goes into a log, and nothing of who
 * has only begun. */
static void end(struct errand *errand, enum oidc_outcome outcome, const char *why)
{
        if (outcome != OIDC_DONE && errand->told != NULL)
                log_line(LOG_WARN, "oidc.refused", "%s: %s", errand->source->provider->name, why);
        if (errand->told != NULL)
                errand->told(errand->argument, outcome, outcome == OIDC_DONE ? &errand->identity : NULL);
        else
                errand->sent(errand->argument, outcome, NULL);
        errand_free(errand);
}

static void ask(struct errand *errand, const struct fetch_request *request, fetch_done_f done)
{
        if (!fetch(errand->oidc->fetches, request, done, errand))
                end(errand, OIDC_BUSY, "too many wait");
}

static json_t *json_of(const struct fetch_answer *answer)
{
        if (answer->outcome != FETCH_ANSWERED || answer->status != 200)
                return NULL;
        json_t *json = json_loadb((const char *)answer->body.data, answer->body.size, JSON_REJECT_DUPLICATES, NULL);
        if (json_is_object(json))
                return json;
        json_decref(json);
        return NULL;
}

/* ---- documents of a provider */

static bool is_fresh(const struct source *source, const struct kept *kept)
{
        return kept->document != NULL && now_ms(source->oidc) - kept->had_ms < OIDC_KEPT_MS;
}

static void keep(struct kept *kept, json_t *document)
{
        struct errand *waiting = kept->waiting;
        if (document != NULL) {
                json_decref(kept->document);
                kept->document = document;
                kept->had_ms = kept->asked_ms;
        }
        kept->is_asked = false;
        kept->waiting = NULL;
        while (waiting != NULL) {
                struct errand *errand = waiting;
                waiting = errand->next_waiting;
                if (document == NULL)
                        end(errand, OIDC_SILENT, "its metadata or its keys cannot be had");
                else
                        errand->go_on(errand);
        }
}

static void on_about(void *argument, const struct fetch_answer *answer)
{
        struct source *source = argument;
        struct oidc_endpoints unused;
        json_t *document = json_of(answer);
        const char *flaw = document == NULL ? "no document" : provider_endpoints(source->provider, document, &unused);
        if (flaw != NULL) {
                log_line(LOG_WARN, "oidc.metadata", "%s: %s", source->provider->name, flaw);
                json_decref(document);
                document = NULL;
        }
        keep(&source->about, document);
}

static void on_keys(void *argument, const struct fetch_answer *answer)
{
        struct source *source = argument;
        bool answered = answer->outcome == FETCH_ANSWERED && answer->status == 200;
        json_t *keys = answered ? jws_keys(answer->body) : NULL;
        if (keys == NULL)
                log_line(LOG_WARN, "oidc.metadata", "%s: no keys", source->provider->name);
        keep(&source->keys, keys);
}

/* The errand goes on when the document is there, anew where there was one. */
static void need(struct errand *errand, struct kept *kept, const char *address, fetch_done_f done)
{
        struct source *source = errand->source;
        errand->next_waiting = kept->waiting;
        kept->waiting = errand;
        if (kept->is_asked)
                return;
        const struct fetch_request request = {.address = address};
        kept->is_asked = true;
        kept->asked_ms = now_ms(source->oidc);
        if (fetch(source->oidc->fetches, &request, done, source))
                return;
        kept->is_asked = false;
        kept->waiting = errand->next_waiting;
        end(errand, OIDC_BUSY, "too many wait");
}

static struct oidc_endpoints endpoints_of(const struct source *source)
{
        struct oidc_endpoints endpoints;
        require(provider_endpoints(source->provider, source->about.document, &endpoints) == NULL);
        return endpoints;
}

static void with_metadata(struct errand *errand, void (*go_on)(struct errand *errand))
{
        errand->go_on = go_on;
        if (is_fresh(errand->source, &errand->source->about))
                go_on(errand);
        else
                need(errand, &errand->source->about,
                     provider_discovery_address(errand->source->provider, &errand->arena), on_about);
}

/* ---- to the provider */

static void send_there(struct errand *errand)
{
        const struct oidc_endpoints endpoints = endpoints_of(errand->source);
        const struct oidc_authorization asked = {errand->begun.state, errand->begun.nonce, errand->begun.challenge};
        errand->sent(errand->argument, OIDC_DONE,
                     provider_authorization_address(errand->source->provider, &endpoints, &asked, &errand->arena));
        errand_free(errand);
}

void oidc_send(struct oidc *oidc, unsigned provider, const struct flow_begun *begun, oidc_sent_f done, void *argument)
{
        if (oidc->errand_count == OIDC_ERRANDS_MAX) {
                done(argument, OIDC_BUSY, NULL);
                return;
        }
        struct errand *errand = errand_new(oidc, provider, argument);
        errand->begun = *begun;
        errand->sent = done;
        with_metadata(errand, send_there);
}

/* ---- what it has signed */

static void check_signed(struct errand *errand)
{
        struct source *source = errand->source;
        const struct slice text = slice_of_text(errand->signed_text);
        json_t *claims = NULL;
        const struct oidc_endpoints endpoints = endpoints_of(source);
        enum jws_verdict verdict = jws_open(text, source->provider->alg, source->keys.document, &claims);
        bool may_ask = !errand->asked_again &&
                       (source->keys.is_asked || now_ms(source->oidc) - source->keys.asked_ms >= OIDC_AGAIN_MS);
        if (verdict == JWS_UNKNOWN_KEY && may_ask) {
                errand->asked_again = true;
                need(errand, &source->keys, endpoints.jwks, on_keys);
                return;
        }
        if (verdict == JWS_GOOD) {
                errand->read(errand, claims);
                json_decref(claims);
                return;
        }
        end(errand, OIDC_UNPROVEN,
            verdict == JWS_WRONG_ALG     ? "signed by another algorithm than the configured one"
            : verdict == JWS_UNKNOWN_KEY ? "signed by a key that it does not show"
            : verdict == JWS_FORGED      ? "its signature does not hold"
                                         : "no signed text");
}

static void open_signed(struct errand *errand, const char *text, void (*read)(struct errand *errand, const json_t *))
{
        struct source *source = errand->source;
        errand->signed_text = arena_text(&errand->arena, text);
        errand->read = read;
        errand->go_on = check_signed;
        if (is_fresh(source, &source->keys))
                check_signed(errand);
        else
                need(errand, &source->keys, endpoints_of(source).jwks, on_keys);
}

static struct claims_wanted wanted_of(const struct errand *errand)
{
        struct world *world = errand->oidc->world;
        return (struct claims_wanted){errand->source->provider, errand->flow.nonce, errand->access_token,
                                      world->now_ms(world)};
}

/* ---- userinfo */

static void finish(struct errand *errand)
{
        const char *flaw = claims_missing(errand->source->provider, &errand->identity);
        end(errand, flaw == NULL ? OIDC_DONE : OIDC_UNPROVEN, flaw);
}

static void read_userinfo(struct errand *errand, const json_t *claims)
{
        const struct claims_wanted wanted = wanted_of(errand);
        const char *flaw = claims_of_userinfo(claims, &wanted, &errand->arena, &errand->identity);
        if (flaw != NULL)
                end(errand, OIDC_UNPROVEN, flaw);
        else
                finish(errand);
}

static void on_userinfo(void *argument, const struct fetch_answer *answer)
{
        struct errand *errand = argument;
        bool is_signed = errand->source->provider->userinfo == OIDC_USERINFO_JWT;
        bool answered = answer->outcome == FETCH_ANSWERED && answer->status == 200 &&
                        strcmp(answer->type, is_signed ? "application/jwt" : "application/json") == 0;
        if (!answered) {
                end(errand, OIDC_SILENT, "userinfo is not answered as configured");
                return;
        }
        if (is_signed) {
                open_signed(
                        errand,
                        arena_printf(&errand->arena, "%.*s", (int)answer->body.size, (const char *)answer->body.data),
                        read_userinfo);
                return;
        }
        json_t *claims = json_of(answer);
        if (claims == NULL)
                end(errand, OIDC_SILENT, "userinfo is no object");
        else
                read_userinfo(errand, claims);
        json_decref(claims);
}

/* ---- the code */

static void read_token(struct errand *errand, const json_t *claims)
{
        const struct claims_wanted wanted = wanted_of(errand);
        const char *flaw = claims_of_token(claims, &wanted, &errand->arena, &errand->identity);
        if (flaw != NULL) {
                end(errand, OIDC_UNPROVEN, flaw);
                return;
        }
        if (errand->source->provider->userinfo == OIDC_USERINFO_NONE) {
                finish(errand);
                return;
        }
        const struct fetch_request request = {.address = endpoints_of(errand->source).userinfo,
                                              .bearer = errand->access_token};
        ask(errand, &request, on_userinfo);
}

/* Security: it goes into a header: letters of RFC 6750 alone. */
static bool is_bearer(const char *token)
{
        size_t size = token == NULL ? 0
                                    : strspn(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                    "0123456789-._~+/=");
        return size > 0 && size <= 8192 && token[size] == '\0';
}

/* What it says of an error, as far as it is a word of RFC 6749. */
static const char *word_of(const struct fetch_answer *answer)
{
        static const char *const words[] = {"invalid_client", "invalid_grant", "unauthorized_client", "invalid_request",
                                            "unsupported_grant_type"};
        json_t *json = json_loadb((const char *)answer->body.data, answer->body.size, 0, NULL);
        const char *said = json_string_value(json_object_get(json, "error"));
        const char *word = "it refuses the code, or this client";
        for (size_t i = 0; said != NULL && i < ARRAY_SIZE(words); i++)
                word = strcmp(said, words[i]) == 0 ? words[i] : word;
        json_decref(json);
        return word;
}

static void on_token(void *argument, const struct fetch_answer *answer)
{
        struct errand *errand = argument;
        json_t *json = json_of(answer);
        const char *id_token = json_string_value(json_object_get(json, "id_token"));
        const char *access_token = json_string_value(json_object_get(json, "access_token"));
        bool says_no = answer->outcome == FETCH_ANSWERED && (answer->status == 400 || answer->status == 401);
        if (id_token == NULL || !is_bearer(access_token)) {
                end(errand, says_no ? OIDC_REFUSED : OIDC_SILENT,
                    says_no ? word_of(answer) : "no token comes of the code");
        } else {
                errand->access_token = arena_text(&errand->arena, access_token);
                open_signed(errand, id_token, read_token);
        }
        json_decref(json);
}

static void give_code(struct errand *errand)
{
        const struct oidc_provider *provider = errand->source->provider;
        struct arena *arena = &errand->arena;
        char *form = arena_printf(arena, "grant_type=authorization_code&code=%s&redirect_uri=%s",
                                  address_escape(errand->code, arena), address_escape(provider->redirect_uri, arena));
        char *id = address_escape(provider->client_id, arena);
        char *secret = address_escape(provider->client_secret, arena);
        if (provider->pkce)
                form = arena_printf(arena, "%s&code_verifier=%s", form, errand->flow.verifier);
        if (provider->secret_in_body)
                form = arena_printf(arena, "%s&client_id=%s&client_secret=%s", form, id, secret);
        const struct fetch_request request = {
                .address = endpoints_of(errand->source).token,
                .form = form,
                .user = provider->secret_in_body ? NULL : id, /* escaped there too: RFC 6749, 2.3.1 */
                .password = provider->secret_in_body ? NULL : secret,
        };
        ask(errand, &request, on_token);
}

void oidc_exchange(struct oidc *oidc, const struct oidc_back *back, oidc_told_f done, void *argument)
{
        if (oidc->errand_count == OIDC_ERRANDS_MAX) {
                done(argument, OIDC_BUSY, NULL);
                return;
        }
        struct errand *errand = errand_new(oidc, back->provider, argument);
        errand->flow = *back->flow;
        errand->told = done;
        errand->code = arena_text(&errand->arena, back->code);
        with_metadata(errand, give_code);
}

/* ---- life */

struct oidc *oidc_new(uv_loop_t *loop, const struct passages *passages, const char *path, struct err_info *info)
{
        struct oidc *oidc = calloc(1, sizeof(*oidc));
        require(oidc != NULL);
        oidc->world = passages->world;
        oidc->passages = *passages;
        if (providers_load(path, &oidc->arena, &oidc->providers, info) != 0) {
                oidc_free(oidc);
                return NULL;
        }
        oidc->fetches = fetches_new(loop);
        for (size_t i = 0; i < oidc->providers.count; i++)
                oidc->sources[i] = (struct source){.oidc = oidc, .provider = &oidc->providers.all[i]};
        return oidc;
}

void oidc_free(struct oidc *oidc)
{
        if (oidc == NULL)
                return;
        fetches_free(oidc->fetches);
        while (oidc->errands != NULL)
                errand_free(oidc->errands);
        for (size_t i = 0; i < oidc->providers.count; i++) {
                json_decref(oidc->sources[i].about.document);
                json_decref(oidc->sources[i].keys.document);
        }
        arena_fini(&oidc->arena);
        sodium_memzero(&oidc->passages, sizeof(oidc->passages));
        free(oidc);
}

const struct oidc_providers *oidc_providers(const struct oidc *oidc)
{
        return &oidc->providers;
}

const struct passages *oidc_passages(const struct oidc *oidc)
{
        return &oidc->passages;
}
