#include "services/gateway/accounts/consent.h"

#include <string.h>

#include "gateway/commands.pb-c.h"
#include "services/gateway/accounts/accounts_rows.h"
#include "services/gateway/accounts/settings.h"
#include "services/gateway/accounts/token.h"
#include "services/gateway/accounts/user.h"

const Gateway__AccountRow *consent_account(const struct work *work, const char *consent_token)
{
        uint8_t hash[TOKEN_DIGEST_SIZE];
        const Gateway__AccountRow *account = NULL;

        if (consent_token[0] != '\0' && token_of_text(consent_token, hash))
                account = store_find_by_token(work->txn, slice_of(hash, sizeof(hash)), work->arena);
        /* Security: a passport that somebody else signed may state any account; this gateway states whose token it saw.
         */
        if (consent_token[0] == '\0' && strcmp(work->actor->signer, work_instance(work)) == 0 &&
            work->actor->account != NULL)
                account = store_find_account(work->txn, id_of(work->actor->account), work->arena);
        bool stands = account != NULL && account->token_ends != NULL && account->token_ends->ms > work->now_ms;
        return stands ? account : NULL;
}

bool consent_find(const struct work *work, const Gateway__AccountRow *by, const char *name,
                  const Gateway__AccountRow **ret, struct refusal *ret_refusal)
{
        Types__Role role = work->actor->role;
        const Gateway__AccountRow *account = store_find_user(work->txn, name, work->arena);
        /* Security: who is not told of an account by gateway.Users does not learn here that it exists. */
        bool knows = role == TYPES__ROLE__OPERATOR || role == TYPES__ROLE__COORDINATOR ||
                     (by != NULL && account != NULL &&
                      (id_equal(id_of(by->user_id), id_of(account->user_id)) || user_may_consent(by, account)));
        if (account == NULL || !knows)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "name",
                              "Aucun compte n'a ce nom : la liste des comptes donne ceux qui existent.");
        *ret = account;
        return true;
}

struct given_token token_give(struct work *work, uint32_t token_days)
{
        uint8_t hash[TOKEN_DIGEST_SIZE];
        int64_t default_days = gateway_settings_of(work->context)->token_life_days;
        struct given_token token = {.text = arena_alloc(work->arena, TOKEN_TEXT_SIZE)};
        token_draw(work_world(work), token.text, hash);
        token.hash = pb_bytes(arena_copy_slice(work->arena, slice_of(hash, sizeof(hash))));
        token.ends = instant_to(work->arena, token_end_ms(token_days, default_days, work->now_ms));
        return token;
}

struct reply reply_token(struct work *work, const Gateway__AccountRow *account, const struct given_token *token)
{
        Gateway__TokenReply *reply = pb_new(&gateway__token_reply__descriptor, work->arena);
        reply->user_id = account->user_id;
        reply->token = token->text;
        reply->token_ends = token->ends;
        return reply_ok(work, reply);
}
