/* ConfirmUser: consent to an account that awaits it; from then on its token opens the door, and it is shown to who
 * consents, to be handed over. Caller: an account of a coordinator or a facilitator (user_may_consent()), signed in or
 * by its token. Emits UserConfirmed. Refuses NOT_FOUND, NOT_ALLOWED, WRONG_STATE (nothing to consent to). */
#include "gateway/commands.pb-c.h"

#include "gateway/calls.h"
#include "gateway/events.pb-c.h"
#include "services/gateway/accounts/consent.h"
#include "services/gateway/accounts/user.h"

struct reply handle_confirm_user(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__ConfirmUser *command = (const Gateway__ConfirmUser *)message;
        const Gateway__AccountRow *by = consent_account(work, command->consent_token), *account;
        struct refusal refusal;

        if (!consent_find(work, by, command->name, &account, &refusal))
                return reply_refusal(work, &refusal);
        /* Security: who makes accounts consents to none. */
        if (by == NULL || !user_may_consent(by, account))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "consent_token",
                                    "Le consentement est celui d'un compte de la coordination, ou d'un facilitateur de "
                                    "ces territoires : qu'il se connecte et consente, ou donne son propre jeton.");
        if (account->revoked || account->token_hash.len > 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "name",
                                    account->revoked ? "Ce compte est révoqué : créez-en un autre, sous un autre nom."
                                                     : "Ce compte est déjà confirmé ; un jeton perdu se renouvelle "
                                                       "(RenewToken).");

        struct given_token token = token_give(work, account->token_days);
        Gateway__UserConfirmed confirmed = GATEWAY__USER_CONFIRMED__INIT;
        confirmed.user_id = account->user_id;
        confirmed.name = account->name;
        confirmed.confirmed_by = by->user_id;
        confirmed.token_hash = token.hash;
        confirmed.token_ends = token.ends;
        work_record(work, &confirmed.base);
        return reply_token(work, account, &token);
}
