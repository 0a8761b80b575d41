/* RenewToken: a new token in the place of the one before, which opens nothing from the next request on. Caller: the
 * account itself; who may consent to it; an operator, where the role needs no consent, or where it is the very first
 * coordinator's and has consented to nobody yet (else a token lost on the way would close the network for good).
 * Emits TokenRenewed. Refuses NOT_FOUND, NOT_ALLOWED, WRONG_STATE (awaits consent, revoked). */
#include "gateway/commands.pb-c.h"

#include "gateway/calls.h"
#include "gateway/events.pb-c.h"
#include "services/gateway/accounts/consent.h"
#include "services/gateway/accounts/user.h"

static bool may_renew(const struct work *work, const Gateway__AccountRow *by, const Gateway__AccountRow *account)
{
        if (by != NULL && (id_equal(id_of(by->user_id), id_of(account->user_id)) || user_may_consent(by, account)))
                return true;
        return work->actor->role == TYPES__ROLE__OPERATOR &&
               (!user_needs_consent(account->role) || (account->first_coordinator && !account->has_consented));
}

struct reply handle_renew_token(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__RenewToken *command = (const Gateway__RenewToken *)message;
        const Gateway__AccountRow *by = consent_account(work, command->consent_token), *account;
        struct refusal refusal;

        if (!consent_find(work, by, command->name, &account, &refusal))
                return reply_refusal(work, &refusal);
        /* Security: a token makes its holder that account, so it takes what consent takes. */
        if (!may_renew(work, by, account))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "consent_token",
                                    "Ce jeton est renouvelé par son titulaire, par la coordination, ou par un "
                                    "facilitateur de ces territoires : adressez-vous à eux.");
        if (account->token_hash.len == 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "name",
                                    account->revoked ? "Ce compte est révoqué : créez-en un autre, sous un autre nom."
                                                     : "Ce compte attend d'être confirmé (ConfirmUser) : il n'a pas "
                                                       "encore de jeton.");

        struct given_token token = token_give(work, account->token_days);
        Gateway__TokenRenewed renewed = GATEWAY__TOKEN_RENEWED__INIT;
        renewed.user_id = account->user_id;
        renewed.name = account->name;
        renewed.renewed_by = by != NULL ? by->user_id : id_to(work->arena, passport_account(work->actor));
        renewed.token_hash = token.hash;
        renewed.token_ends = token.ends;
        work_record(work, &renewed.base);
        return reply_token(work, account, &token);
}
