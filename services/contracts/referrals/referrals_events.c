#include "services/contracts/referrals/referrals.h"

#include "common/base/require.h"
#include "services/contracts/record/telling.h"
#include "services/contracts/referrals/referrals_rows.h"

void apply_matter_referred(const struct change *change, const Contracts__Event *event)
{
        Contracts__ReferralRow row = CONTRACTS__REFERRAL_ROW__INIT;
        row.referred = event->matter_referred;
        referral_put(change->txn, change->arena, &row);
}

void apply_referral_closed(const struct change *change, const Contracts__Event *event)
{
        Contracts__ReferralRow *row =
                referral_find(change->txn, change->arena, id_of(event->referral_closed->referral_id));
        if (row == NULL) {
                require(txn_error(change->txn) != 0); /* referrals are never deleted */
                return;
        }
        row->closed = event->referral_closed;
        referral_put(change->txn, change->arena, row);
}

void tell_matter_referred(struct telling *telling, const Contracts__Event *event)
{
        const Contracts__MatterReferred *body = event->matter_referred;
        tell(telling, "Question environnementale transmise le %s par %s (destinataire : %s) : %s.",
             told_day(telling, body->referred_on), body->referred_by, body->to, body->subject);
}

void tell_referral_closed(struct telling *telling, const Contracts__Event *event)
{
        const Contracts__ReferralClosed *body = event->referral_closed;
        tell(telling,
             body->outcome == CONTRACTS__REFERRAL_OUTCOME__REFERRAL_ANSWERED
                     ? "Réponse reçue le %s à la question environnementale : %s"
                     : "Question environnementale close sans réponse le %s : %s",
             told_day(telling, body->closed_on), body->text);
}
