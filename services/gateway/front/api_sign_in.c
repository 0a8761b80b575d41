#include "services/gateway/front/api_sign_in.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "accounts/sign_in.pb-c.h"
#include "common/base/mail_address.h"
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

/* Somebody on her way in, or with a new password; in the request's arena. */
struct entering {
        struct gateway *gateway;
        struct http_request *request;
        const char *name;
        char *password, *code; /* what she shows */
        char *fresh;           /* the password that she wants; NULL: she signs in */
        Types__Id *account, *key;
        Accounts__Browser *browser;
        const char *browser_cookie;
        Accounts__SignInTermsReply *terms;
        uint8_t proof[PROOF_SIZE], fresh_proof[PROOF_SIZE], fresh_salt[PROOF_SALT_SIZE];
        json_t *json; /* the answer */
        const char *cookie;
        struct catch_up catch_up;
};

/* ---- what is answered */

static void wipe(struct entering *e)
{
        char *const secrets[] = {e->password, e->code, e->fresh};
        for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
                if (secrets[i] != NULL)
                        sodium_memzero(secrets[i], strlen(secrets[i]));
        sodium_memzero(e->proof, sizeof(e->proof));
        sodium_memzero(e->fresh_proof, sizeof(e->fresh_proof));
}

static void refuse_as(struct entering *e, int status, const struct refusal *refusal, const char *retry_after)
{
        const struct http_header more[] = {{retry_after == NULL ? NULL : "Retry-After", retry_after}, {NULL, NULL}};
        wipe(e);
        answer_refusal(e->request, status, refusal, more);
}

static void refuse_busy(struct entering *e)
{
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     "Trop de personnes se connectent en ce moment : réessayez dans quelques secondes.");
        refuse_as(e, 503, &refusal, "5");
}

/* True once it has been answered: accounts is silent, or refuses. */
static bool is_refused(struct entering *e, const struct own_answer *answer)
{
        struct refusal refusal;
        if (answer->body != NULL)
                return false;
        wipe(e);
        if (answer->refusal != NULL) {
                answer_problem(e->request, problem_status(answer->refusal->code), answer->refusal, NULL);
                return true;
        }
        (void)refuse(
                &refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                "Le service des comptes ne répond pas : réessayez dans un instant. Qui est déjà connecté le reste.");
        answer_refusal(e->request, 504, &refusal, NULL);
        return true;
}

static void send_entered(void *argument)
{
        struct entering *e = argument;
        const struct http_header more[] = {
                {"Set-Cookie", e->cookie},
                {e->browser_cookie == NULL ? NULL : "Set-Cookie", e->browser_cookie},
                {NULL, NULL},
        };
        answer_json(e->request, 200, e->json, e->cookie == NULL ? NULL : more);
}

static void tell_wrong(struct entering *e)
{
        struct refusal refusal;
        if (e->fresh != NULL)
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "current",
                             "Ce n'est pas votre mot de passe actuel.");
        else
                (void)refuse(
                        &refusal, TYPES__REFUSAL_CODE__NOT_AUTHENTICATED, "",
                        "Le nom, le mot de passe ou le code n'est pas le bon. Mot de passe oublié : demandez un lien "
                        "de connexion. Si votre rôle n'en a pas, ou téléphone perdu : votre facilitateur ou la "
                        "coordination remet votre accès à zéro.");
        refuse_as(e, problem_status(refusal.code), &refusal, NULL);
}

static void tell_wait(struct entering *e, uint32_t wait_s)
{
        struct refusal refusal;
        const char *seconds = arena_printf(http_arena(e->request), "%" PRIu32, wait_s);
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "", "Trop d'essais : réessayez dans %s s.", seconds);
        refuse_as(e, 429, &refusal, seconds);
}

static void on_session(void *argument, const struct own_answer *answer)
{
        struct entering *e = argument;
        struct arena *arena = http_arena(e->request);
        if (is_refused(e, answer))
                return;
        Accounts__SessionReply *reply = (Accounts__SessionReply *)(uintptr_t)answer->body;
        switch ((int)reply->outcome) {
        case ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG: tell_wrong(e); return;
        case ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT: tell_wait(e, reply->wait_s); return;
        }
        wipe(e);
        e->cookie = session_cookie_take(&reply->base, arena);
        e->json = json_of_message(&reply->base);
        e->catch_up = (struct catch_up){.then = send_entered, .argument = e};
        catch_up_wait(e->gateway->catch_ups, &e->catch_up, answer->position);
}

/* ---- what it proves */

static void ask_accounts(struct entering *e, const char *method, const void *request, own_answer_f done)
{
        const struct own_call call = {e->gateway, http_arena(e->request), method, request, done, e};
        own_call(&call);
}

static void ask_session(struct entering *e)
{
        Accounts__SignIn command = ACCOUNTS__SIGN_IN__INIT;
        command.name = (char *)(uintptr_t)e->name;
        command.proof = pb_bytes(slice_of(e->proof, PROOF_SIZE));
        command.code = e->code;
        command.browser = e->browser;
        ask_accounts(e, "accounts.SignIn", &command, on_session);
}

static void ask_password(struct entering *e)
{
        Accounts__SetPassword command = ACCOUNTS__SET_PASSWORD__INIT;
        command.account_id = e->account;
        command.key_id = e->key;
        if (e->password[0] != '\0')
                command.proof_now = pb_bytes(slice_of(e->proof, PROOF_SIZE));
        command.salt = pb_bytes(slice_of(e->fresh_salt, PROOF_SALT_SIZE));
        command.passes = e->terms->fresh_passes;
        command.memory_kib = e->terms->fresh_memory_kib;
        command.proof = pb_bytes(slice_of(e->fresh_proof, PROOF_SIZE));
        command.browser = e->browser;
        ask_accounts(e, "accounts.SetPassword", &command, on_session);
}

/* Zero: this machine. */
static struct id network_of(struct http_request *request)
{
        struct id network = {{0}};
        (void)http_client(request, &network);
        return network;
}

static void on_fresh_proof(void *argument, const uint8_t *proof)
{
        struct entering *e = argument;
        if (proof == NULL) {
                refuse_busy(e);
                return;
        }
        memcpy(e->fresh_proof, proof, PROOF_SIZE);
        ask_password(e);
}

static void prove_fresh(struct entering *e)
{
        struct world *world = engine_world(service_engine(gateway_service(e->gateway)));
        world->random(world, e->fresh_salt, sizeof(e->fresh_salt));
        const struct hash_wish wish = {e->fresh, slice_of(e->fresh_salt, sizeof(e->fresh_salt)), e->terms->fresh_passes,
                                       e->terms->fresh_memory_kib};
        if (!hasher_ask(e->gateway->hasher, &wish, on_fresh_proof, e))
                refuse_busy(e);
}

static void on_proof(void *argument, const uint8_t *proof)
{
        struct entering *e = argument;
        if (proof == NULL) {
                refuse_busy(e);
                return;
        }
        memcpy(e->proof, proof, PROOF_SIZE);
        if (e->fresh != NULL)
                prove_fresh(e);
        else
                ask_session(e);
}

static void on_terms(void *argument, const struct own_answer *answer)
{
        struct entering *e = argument;
        if (is_refused(e, answer))
                return;
        e->terms = pb_decode(&accounts__sign_in_terms_reply__descriptor,
                             pb_encode(answer->body, http_arena(e->request)), http_arena(e->request));
        require(e->terms != NULL);
        const struct hash_wish wish = {e->password, pb_slice(e->terms->salt), e->terms->passes, e->terms->memory_kib,
                                       network_of(e->request)};
        if (e->password[0] == '\0') /* she says that she has none: accounts knows */
                prove_fresh(e);
        else if (!hasher_ask(e->gateway->hasher, &wish, on_proof, e))
                refuse_busy(e);
}

static void begin_entering(struct entering *e)
{
        struct world *world = engine_world(service_engine(gateway_service(e->gateway)));
        Accounts__SignInTermsRequest query = ACCOUNTS__SIGN_IN_TERMS_REQUEST__INIT;
        query.name = (char *)(uintptr_t)e->name;
        e->browser = browser_of(e->request, world, &e->browser_cookie);
        ask_accounts(e, "accounts.SignInTerms", &query, on_terms);
}

/* ---- what is asked */

struct member {
        const char *name;
        const char *label;
        size_t bytes_max;
        bool must;
        char **ret; /* never NULL afterwards */
};

/* In the request's arena. `json` is a JSON object of nothing but these texts. */
static bool read_members(const json_t *json, struct arena *arena, const struct member *members, size_t count,
                         struct refusal *ret)
{
        size_t found = 0;
        for (size_t i = 0; i < count; i++) {
                const json_t *value = json_object_get(json, members[i].name);
                const char *text = value == NULL ? "" : json_string_value(value);
                found += value != NULL;
                if (text == NULL || (text[0] == '\0' && members[i].must) || strlen(text) > members[i].bytes_max ||
                    strlen(text) != (value == NULL ? 0 : json_string_length(value)))
                        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, members[i].name,
                                      "%s manque, ou n'est pas un texte de %zu octets au plus.", members[i].label,
                                      members[i].bytes_max);
                *members[i].ret = arena_text(arena, text);
        }
        return found == json_object_size(json) || refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "",
                                                         "La demande contient un champ de trop : retirez-le.");
}

static void drop(json_t **json)
{
        json_decref(*json);
}

static bool read_body(struct http_request *request, const struct member *members, size_t count, struct refusal *ret)
{
        scoped(drop) json_t *json = NULL;
        if (!json_of_text(http_body(request), &json, ret))
                return false;
        if (!json_is_object(json))
                return refuse(ret, TYPES__REFUSAL_CODE__MALFORMED, "", "La demande est un objet JSON.");
        return read_members(json, http_arena(request), members, count, ret);
}

static struct entering *entering_of(const struct visit *visit)
{
        struct entering *e = arena_zalloc(http_arena(visit->request), sizeof(*e));
        e->gateway = visit->gateway;
        e->request = visit->request;
        return e;
}

void api_sign_in(struct visit *visit)
{
        struct entering *e = entering_of(visit);
        char *name;
        const struct member members[] = {
                {"name", "Le nom du compte", 64, true, &name},
                {"password", "Le mot de passe", PASSWORD_BYTES_MAX, true, &e->password},
                {"code", "Le code", 40, false, &e->code},
        };
        struct refusal refusal;
        /* Security: nobody is signed in into another's account by another's page. */
        if (credentials_admit_page(visit->request, &refusal) &&
            read_body(visit->request, members, ARRAY_SIZE(members), &refusal)) {
                e->name = name;
                begin_entering(e);
                return;
        }
        answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
}

/* Security: answered before anybody looks whether the address is known. */
void api_sign_in_link(struct visit *visit)
{
        char *address = NULL;
        const struct member members[] = {{"address", "L'adresse électronique", MAIL_ADDRESS_BYTES_MAX, true, &address}};
        struct refusal refusal;
        int status;
        if (!credentials_admit_page(visit->request, &refusal) ||
            !read_body(visit->request, members, ARRAY_SIZE(members), &refusal)) {
                status = problem_status(refusal.code);
        } else if (!mail_address_valid(address)) {
                status = 400;
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "address",
                             "Écrivez une adresse électronique entière, comme prenom.nom@exemple.fr.");
        } else if (!links_ask_sign_in(visit->gateway->links, visit->request, address)) {
                status = 429;
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                             "Trop de demandes viennent de votre réseau : réessayez dans dix minutes.");
        } else {
                const struct http_response taken = {.status = 204, .headers = {{"Cache-Control", "no-store"}}};
                http_answer(visit->request, &taken);
                return;
        }
        const struct http_header later[] = {{status == 429 ? "Retry-After" : NULL, "600"}, {NULL, NULL}};
        answer_refusal(visit->request, status, &refusal, later);
}

void api_password(struct visit *visit)
{
        struct entering *e = entering_of(visit);
        const Wire__Passport *passport = visit->session->passport;
        struct arena *arena = http_arena(visit->request);
        const struct member members[] = {
                {"current", "Le mot de passe actuel", PASSWORD_BYTES_MAX, false, &e->password},
                {"password", "Le nouveau mot de passe", PASSWORD_BYTES_MAX, true, &e->fresh},
        };
        struct refusal refusal;
        if (read_body(visit->request, members, ARRAY_SIZE(members), &refusal)) {
                const char *weakness = password_weakness(visit->gateway->commonest, e->fresh, passport->user);
                if (weakness == NULL) {
                        e->name = arena_text(arena, passport->user);
                        e->account = id_to(arena, id_of(passport->account));
                        e->key = id_to(arena, id_of(passport->key));
                        begin_entering(e);
                        return;
                }
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "password", "%s", weakness);
        }
        answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
}

void api_sign_out(struct visit *visit)
{
        const struct http_response gone = {
                .status = 204,
                .headers = {{"Set-Cookie", cookie_kept(COOKIE_SESSION, "", -1, http_arena(visit->request))},
                            {"Cache-Control", "no-store"}},
        };
        struct refusal refusal;
        if (credentials_admit_page(visit->request, &refusal))
                http_answer(visit->request, &gone);
        else
                answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
}
