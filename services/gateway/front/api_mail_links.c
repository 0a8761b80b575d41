#include "services/gateway/front/api_mail_links.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "accounts/sign_in.pb-c.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/token.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "directory/queries.pb-c.h"
#include "services/gateway/front/browser.h"
#include "services/gateway/front/own_call.h"
#include "services/gateway/front/session_cookie.h"
#include "services/gateway/front/visit.h"
#include "services/gateway/links/ask.h"
#include "services/gateway/links/confirm.h"
#include "services/gateway/links/frame.h"
#include "services/gateway/links/mail_sheet.h"
#include "services/gateway/links/posted.h"
#include "services/gateway/links/sheet.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD
#define SILENT  "Le service des comptes ne répond pas : réessayez dans un instant, avec le même lien."

enum { PASSPORT_MS = 60 * 1000 };

/* Who stands at the door with a link; in the request's arena. */
struct arriving {
        struct gateway *gateway;
        struct http_request *request;
        struct mail_sheet sheet;
        uint8_t hash[TOKEN_DIGEST_SIZE];
        bool is_posted;
        struct form form;
        uint8_t salt[PROOF_SALT_SIZE], proof[PROOF_SIZE];
        Accounts__SignInTermsReply *terms;
        Accounts__Browser *browser;
        const char *cookie, *browser_cookie;
        struct catch_up catch_up;
};

static struct arena *arena_of(const struct arriving *a)
{
        return http_arena(a->request);
}

static struct world *world_of(const struct arriving *a)
{
        return engine_world(service_engine(gateway_service(a->gateway)));
}

static void ask(struct arriving *a, const char *method, const void *request, own_answer_f done)
{
        const struct own_call call = {a->gateway, arena_of(a), method, request, done, a};
        own_call(&call);
}

/* A body that lives as long as the request. */
static void *kept(const struct arriving *a, const ProtobufCMessage *body)
{
        void *copy = pb_decode(body->descriptor, pb_encode(body, arena_of(a)), arena_of(a));
        require(copy != NULL);
        return copy;
}

/* True once it has been answered: accounts is silent, or refuses what opens nothing. */
static bool is_over(struct arriving *a, const struct own_answer *answer)
{
        if (answer->body != NULL)
                return false;
        if (answer->refusal != NULL && answer->refusal->code != TYPES__REFUSAL_CODE__UNAVAILABLE)
                mail_sheet_closed(a->request);
        else
                sheet_sorry(a->request, 504, SILENT);
        return true;
}

static void wipe(struct arriving *a)
{
        sodium_memzero(a->proof, sizeof(a->proof));
        for (size_t i = 0; i < a->form.count; i++)
                if (strcmp(a->form.fields[i].name, FORM_PASSWORD) == 0 ||
                    strcmp(a->form.fields[i].name, FORM_AGAIN) == 0)
                        sodium_memzero((char *)(uintptr_t)a->form.fields[i].value, strlen(a->form.fields[i].value));
}

static void tell_wrong(struct arriving *a, const char *field, const char *text)
{
        wipe(a);
        (void)refuse(&a->sheet.wrong, INVALID, field, "%s", text);
        mail_sheet_form(&a->sheet);
}

/* ---- a session */

static void send_away(void *argument)
{
        struct arriving *a = argument;
        const struct http_response response = {
                .status = 303,
                .headers = {{"Location", "/"},
                            {"Cache-Control", "no-store"},
                            {"Set-Cookie", a->cookie},
                            {a->browser_cookie == NULL ? NULL : "Set-Cookie", a->browser_cookie}},
        };
        http_answer(a->request, &response);
}

static void on_session(void *argument, const struct own_answer *answer)
{
        struct arriving *a = argument;
        if (is_over(a, answer))
                return;
        Accounts__SessionReply *reply = (Accounts__SessionReply *)(uintptr_t)answer->body;
        switch ((int)reply->outcome) {
        case ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_OPEN: break;
        case ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_CODE:
        case ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WRONG:
                tell_wrong(a, FORM_CODE, "Ce code n'est pas le bon : attendez le suivant sur votre téléphone.");
                return;
        case ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_WAIT:
                sheet_sorry(a->request, 429,
                            arena_printf(arena_of(a), "Trop d'essais : réessayez dans %" PRIu32 " s.", reply->wait_s));
                return;
        default: mail_sheet_closed(a->request); return;
        }
        wipe(a);
        a->cookie = session_cookie_take(&reply->base, arena_of(a));
        a->catch_up = (struct catch_up){.then = send_away, .argument = a};
        catch_up_wait(a->gateway->catch_ups, &a->catch_up, answer->position);
}

static void enter(struct arriving *a)
{
        Accounts__EnterByLink command = ACCOUNTS__ENTER_BY_LINK__INIT;
        command.hash = pb_bytes(a->sheet.hash);
        command.code = (char *)(uintptr_t)form_value(&a->form, FORM_CODE);
        command.browser = browser_of(a->request, world_of(a), &a->browser_cookie);
        ask(a, "accounts.EnterByLink", &command, on_session);
}

/* ---- an invitation */

static void on_proof(void *argument, const uint8_t *proof)
{
        struct arriving *a = argument;
        Accounts__AcceptInvitation command = ACCOUNTS__ACCEPT_INVITATION__INIT;
        if (proof == NULL) {
                sheet_sorry(a->request, 503,
                            "Trop de personnes se connectent en ce moment : réessayez dans un instant.");
                return;
        }
        memcpy(a->proof, proof, PROOF_SIZE);
        command.hash = pb_bytes(a->sheet.hash);
        command.salt = pb_bytes(slice_of(a->salt, PROOF_SALT_SIZE));
        command.passes = a->terms->fresh_passes;
        command.memory_kib = a->terms->fresh_memory_kib;
        command.proof = pb_bytes(slice_of(a->proof, PROOF_SIZE));
        command.browser = browser_of(a->request, world_of(a), &a->browser_cookie);
        ask(a, "accounts.AcceptInvitation", &command, on_session);
}

static void on_terms(void *argument, const struct own_answer *answer)
{
        struct arriving *a = argument;
        struct world *world = world_of(a);
        struct id network = {{0}};
        if (is_over(a, answer))
                return;
        a->terms = kept(a, answer->body);
        world->random(world, a->salt, sizeof(a->salt));
        (void)http_client(a->request, &network);
        const struct hash_wish wish = {form_value(&a->form, FORM_PASSWORD), slice_of(a->salt, sizeof(a->salt)),
                                       a->terms->fresh_passes, a->terms->fresh_memory_kib, network};
        if (!hasher_ask(a->gateway->hasher, &wish, on_proof, a))
                on_proof(a, NULL);
}

static void take_invitation(struct arriving *a)
{
        const char *password = form_value(&a->form, FORM_PASSWORD);
        Accounts__SignInTermsRequest query = ACCOUNTS__SIGN_IN_TERMS_REQUEST__INIT;
        if (strlen(password) > PASSWORD_BYTES_MAX) {
                tell_wrong(a, FORM_PASSWORD, "Ce mot de passe est trop long.");
                return;
        }
        const char *weakness = password_weakness(a->gateway->commonest, password, a->sheet.shown->name);
        if (weakness != NULL) {
                tell_wrong(a, FORM_PASSWORD, weakness);
                return;
        }
        if (strcmp(password, form_value(&a->form, FORM_AGAIN)) != 0) {
                tell_wrong(a, FORM_AGAIN, "Les deux mots de passe ne sont pas les mêmes.");
                return;
        }
        query.name = a->sheet.shown->name;
        ask(a, "accounts.SignInTerms", &query, on_terms);
}

/* ---- an address; "it is not me" */

static void on_confirmed(void *argument, const struct own_answer *answer)
{
        struct arriving *a = argument;
        if (!is_over(a, answer))
                mail_sheet_confirmed(a->request);
}

static void on_disowned(void *argument, const struct own_answer *answer)
{
        struct arriving *a = argument;
        if (!is_over(a, answer))
                mail_sheet_disowned(a->request);
}

static void confirm(struct arriving *a)
{
        Accounts__ConfirmOwnAddress command = ACCOUNTS__CONFIRM_OWN_ADDRESS__INIT;
        command.hash = pb_bytes(a->sheet.hash);
        ask(a, "accounts.ConfirmOwnAddress", &command, on_confirmed);
}

static void disown(struct arriving *a)
{
        Accounts__DisownMail command = ACCOUNTS__DISOWN_MAIL__INIT;
        command.hash = pb_bytes(a->sheet.hash);
        ask(a, "accounts.DisownMail", &command, on_disowned);
}

/* ---- what was posted */

static void act(struct arriving *a)
{
        const char *act = a->sheet.is_disowning ? ACT_DISOWN : ACT_DO;
        if (!confirm_holds(a->sheet.hash, act, form_value(&a->form, FORM_NUMBER))) {
                tell_wrong(a, FORM_NUMBER, "Le nombre à écrire en chiffres manque ou n'est pas celui de la page.");
                return;
        }
        if (a->sheet.is_disowning) {
                disown(a);
                return;
        }
        switch ((int)a->sheet.shown->kind) {
        case ACCOUNTS__MAIL_KIND__MAIL_CONFIRM_ADDRESS: confirm(a); return;
        case ACCOUNTS__MAIL_KIND__MAIL_INVITATION: take_invitation(a); return;
        case ACCOUNTS__MAIL_KIND__MAIL_SIGN_IN_LINK: enter(a); return;
        }
        mail_sheet_closed(a->request);
}

static void show_or_act(struct arriving *a)
{
        if (a->is_posted)
                act(a);
        else
                mail_sheet_form(&a->sheet);
}

/* ---- what it opens */

static void on_organisation(void *argument, const struct link_answer *answer)
{
        struct arriving *a = argument;
        const Directory__OrganisationView *view = (const Directory__OrganisationView *)answer->body;
        if (view != NULL && view->organisation != NULL && view->organisation->name[0] != '\0')
                a->sheet.organisation = view->organisation->name;
        show_or_act(a);
}

/* As who she will be: everybody reads of the directory. Without a name the page says none. */
static void ask_organisation(struct arriving *a)
{
        struct service *service = gateway_service(a->gateway);
        struct world *world = world_of(a);
        const Accounts__MailLinkReply *shown = a->sheet.shown;
        Directory__OrganisationById *request = pb_new(&directory__organisation_by_id__descriptor, arena_of(a));
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        request->organisation_id = shown->organisation_id;
        passport.user = (char[]){"invitation par courriel"};
        passport.role = shown->role;
        passport.organisation = shown->organisation_id;
        passport.territories = shown->territories;
        passport.n_territories = shown->n_territories;
        passport.signer = arena_text(arena_of(a), service_instance(service)->name);
        passport.expires_at_ms = world->now_ms(world) + PASSPORT_MS;
        const struct link_question question = {
                .service = service,
                .arena = arena_of(a),
                .method = "directory.OrganisationById",
                .request = &request->base,
                .key = id_new(world, world->now_ms(world), 0),
                .passport = service_sign_passport(service, &passport, arena_of(a)),
                .timeout_ms = (uint32_t)a->gateway->settings.query_timeout_ms,
                .then = on_organisation,
                .argument = a,
        };
        link_ask(&question);
}

static void on_shown(void *argument, const struct own_answer *answer)
{
        struct arriving *a = argument;
        if (is_over(a, answer))
                return;
        a->sheet.shown = kept(a, answer->body);
        if (a->sheet.shown->kind == ACCOUNTS__MAIL_KIND__MAIL_NONE)
                mail_sheet_closed(a->request);
        else if (a->sheet.shown->organisation_id != NULL && !a->is_posted)
                ask_organisation(a);
        else
                show_or_act(a);
}

void api_mail_link(struct visit *visit)
{
        struct arriving *a = arena_zalloc(http_arena(visit->request), sizeof(*a));
        Accounts__MailLinkRequest query = ACCOUNTS__MAIL_LINK_REQUEST__INIT;
        a->gateway = visit->gateway;
        a->request = visit->request;
        a->is_posted = strcmp(http_method(visit->request), "POST") == 0;
        if (a->is_posted && !form_of_request(visit->request, &a->form))
                return;
        const char *act = form_value(&a->form, FORM_ACT);
        a->sheet.is_disowning = strcmp(act, ACT_DISOWN) == 0;
        if (a->is_posted && !a->sheet.is_disowning && strcmp(act, ACT_DO) != 0) {
                sheet_sorry(visit->request, 400,
                            "Ce formulaire n'est pas celui de la page : ouvrez de nouveau votre lien.");
                return;
        }
        (void)token_of_text(visit->segments[0], a->hash); /* of what is none: a hash that no token has */
        a->sheet.request = visit->request;
        a->sheet.hash = slice_of(a->hash, sizeof(a->hash));
        query.hash = pb_bytes(a->sheet.hash);
        ask(a, "accounts.MailLink", &query, on_shown);
}
