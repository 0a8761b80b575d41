#include "services/ctl/users.h"

#include <stdio.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "accounts/commands.pb-c.h"

/* One question, and the refusal that is no failure of it (REFUSAL_NONE: there is none such). */
struct asking {
        struct session *session;
        const char *method;
        Types__RefusalCode awaited;
        bool refused_so; /* out */
};

/* The body; NULL after a complaint, or where it was refused as awaited. */
static const void *ask(struct asking *asking, const void *request, struct arena *arena)
{
        struct answer answer = {0};
        struct err_info info = {0};
        if (link_call(asking->session->link, asking->method, request, NULL, arena, &answer, &info) != 0) {
                (void)complain("%s : %s", asking->method, info.text);
                return NULL;
        }
        asking->refused_so = answer.refusal != NULL && answer.refusal->code == asking->awaited;
        if (answer.refusal != NULL && !asking->refused_so)
                (void)complain("%s refusé, %s : %s", asking->method, answer.refusal->field, answer.refusal->text);
        return answer.body;
}

static void split_territories(const char *text, Accounts__CreateUser *request, struct arena *arena)
{
        char *rest = arena_text(arena, text);
        while (rest != NULL && *rest != '\0') {
                char *code = rest;
                rest = strchr(code, ',');
                if (rest != NULL)
                        *rest++ = '\0';
                request->territories =
                        pb_append(request->territories, &request->n_territories, sizeof(*request->territories), arena);
                request->territories[request->n_territories - 1] = code;
        }
}

static void keep(struct user_token *ret, const char *text, const Types__Instant *ends)
{
        (void)snprintf(ret->text, sizeof(ret->text), "%s", text);
        ret->ends_ms = ends == NULL ? 0 : ends->ms;
}

static bool create(struct session *session, const struct new_user *user, struct user_token *ret, bool *ret_exists)
{
        scoped(arena_fini) struct arena arena = {0};
        Accounts__CreateUser request = ACCOUNTS__CREATE_USER__INIT;
        request.name = arena_text(&arena, user->name);
        request.role = user->role;
        if (user->organisation != NULL)
                request.organisation = id_to(&arena, *user->organisation);
        split_territories(user->territories, &request, &arena);
        request.token_days = user->token_days;
        if (user->email != NULL)
                request.email = arena_text(&arena, user->email);
        struct asking asking = {session, "accounts.CreateUser", TYPES__REFUSAL_CODE__ALREADY_EXISTS, false};
        const Accounts__CreateUserReply *reply = ask(&asking, &request, &arena);
        *ret_exists = asking.refused_so;
        if (reply != NULL)
                keep(ret, reply->token, reply->token_ends);
        return reply != NULL;
}

bool user_create(struct session *session, const struct new_user *user, struct user_token *ret)
{
        bool exists = false;
        if (create(session, user, ret, &exists))
                return true;
        if (exists)
                (void)complain(
                        "le nom « %s » a déjà été donné, peut-être à un compte révoqué : choisissez-en un autre.",
                        user->name);
        return false;
}

/* ConfirmUser or RenewToken. */
static bool ask_token(struct asking *asking, const char *name, const char *consent, struct user_token *ret)
{
        scoped(arena_fini) struct arena arena = {0};
        Accounts__ConfirmUser confirm = ACCOUNTS__CONFIRM_USER__INIT;
        Accounts__RenewToken renew = ACCOUNTS__RENEW_TOKEN__INIT;
        bool confirms = strcmp(asking->method, "accounts.ConfirmUser") == 0;
        confirm.name = renew.name = arena_text(&arena, name);
        confirm.consent_token = renew.consent_token = arena_text(&arena, consent);
        const Accounts__TokenReply *reply =
                ask(asking, confirms ? (const void *)&confirm : (const void *)&renew, &arena);
        if (reply != NULL)
                keep(ret, reply->token, reply->token_ends);
        return reply != NULL;
}

bool user_confirm(struct session *session, const char *name, const char *consent, struct user_token *ret)
{
        struct asking asking = {session, "accounts.ConfirmUser", TYPES__REFUSAL_CODE__REFUSAL_NONE, false};
        return ask_token(&asking, name, consent, ret);
}

bool user_renew(struct session *session, const char *name, const char *consent, struct user_token *ret)
{
        struct asking asking = {session, "accounts.RenewToken", TYPES__REFUSAL_CODE__REFUSAL_NONE, false};
        return ask_token(&asking, name, consent, ret);
}

bool user_ensure(struct session *session, const struct new_user *user, const char *consent, struct user_token *ret)
{
        struct asking renewal = {session, "accounts.RenewToken", TYPES__REFUSAL_CODE__WRONG_STATE, false};
        bool exists = false, created = create(session, user, ret, &exists);
        if (created && ret->text[0] != '\0')
                return true;
        if (exists && ask_token(&renewal, user->name, consent, ret))
                return true;
        return (created || renewal.refused_so) && user_confirm(session, user->name, consent, ret);
}
