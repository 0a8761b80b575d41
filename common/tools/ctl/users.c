#include "common/tools/ctl/users.h"

#include <stdio.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/tools/ctl/options.h"
#include "gateway/commands.pb-c.h"

/* The body; NULL after a complaint, or where the refusal is the one `awaited`: then *ret_awaited. */
static const void *ask(struct session *session, const char *method, const void *request, Types__RefusalCode awaited,
                       struct arena *arena, bool *ret_awaited)
{
        struct answer answer = {0};
        struct err_info info = {0};
        *ret_awaited = false;
        if (link_call(session->link, method, request, NULL, arena, &answer, &info) != 0) {
                (void)complain("%s : %s", method, info.text);
                return NULL;
        }
        *ret_awaited = answer.refusal != NULL && answer.refusal->code == awaited;
        if (answer.refusal != NULL && !*ret_awaited)
                (void)complain("%s refusé, %s : %s", method, answer.refusal->field, answer.refusal->text);
        return answer.body;
}

static void split_territories(const char *text, Gateway__CreateUser *request, struct arena *arena)
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
        Gateway__CreateUser request = GATEWAY__CREATE_USER__INIT;
        request.name = arena_text(&arena, user->name);
        request.role = user->role;
        if (user->organisation != NULL)
                request.organisation = id_to(&arena, *user->organisation);
        split_territories(user->territories, &request, &arena);
        request.token_days = user->token_days;
        const Gateway__CreateUserReply *reply =
                ask(session, "gateway.CreateUser", &request, TYPES__REFUSAL_CODE__ALREADY_EXISTS, &arena, ret_exists);
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

/* ConfirmUser and RenewToken look alike on the wire. */
static bool ask_token(struct session *session, const char *method, const char *name, const char *consent,
                      struct user_token *ret, bool *ret_wrong_state)
{
        scoped(arena_fini) struct arena arena = {0};
        Gateway__ConfirmUser confirm = GATEWAY__CONFIRM_USER__INIT;
        Gateway__RenewToken renew = GATEWAY__RENEW_TOKEN__INIT;
        bool confirms = strcmp(method, "gateway.ConfirmUser") == 0;
        confirm.name = renew.name = arena_text(&arena, name);
        confirm.consent_token = renew.consent_token = arena_text(&arena, consent);
        const Gateway__TokenReply *reply =
                ask(session, method, confirms ? (const void *)&confirm : (const void *)&renew,
                    ret_wrong_state == NULL ? TYPES__REFUSAL_CODE__REFUSAL_NONE : TYPES__REFUSAL_CODE__WRONG_STATE,
                    &arena, ret_wrong_state == NULL ? &(bool){false} : ret_wrong_state);
        if (reply != NULL)
                keep(ret, reply->token, reply->token_ends);
        return reply != NULL;
}

bool user_confirm(struct session *session, const char *name, const char *consent, struct user_token *ret)
{
        return ask_token(session, "gateway.ConfirmUser", name, consent, ret, NULL);
}

bool user_renew(struct session *session, const char *name, const char *consent, struct user_token *ret)
{
        return ask_token(session, "gateway.RenewToken", name, consent, ret, NULL);
}

bool user_ensure(struct session *session, const struct new_user *user, const char *consent, struct user_token *ret)
{
        bool exists = false, awaits = create(session, user, ret, &exists);
        if (awaits && ret->text[0] != '\0')
                return true;
        if (exists && ask_token(session, "gateway.RenewToken", user->name, consent, ret, &awaits))
                return true;
        return awaits && user_confirm(session, user->name, consent, ret);
}
