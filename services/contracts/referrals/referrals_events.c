#include "contracts/calls.h"
#include "services/contracts/referrals/referrals.h"

#include "common/base/require.h"
#include "services/contracts/record/telling.h"
#include "services/contracts/referrals/referrals_rows.h"

void apply_matter_referred(const struct change *change, const Contracts__MatterReferred *body)
{
        Contracts__ReferralRow row = CONTRACTS__REFERRAL_ROW__INIT;
        row.referred = (Contracts__MatterReferred *)(uintptr_t)body;
        referral_put(change->txn, change->arena, &row);
}

void apply_referral_closed(const struct change *change, const Contracts__ReferralClosed *body)
{
        Contracts__ReferralRow *row = referral_find(change->txn, change->arena, id_of(body->referral_id));
        if (row == NULL) {
                require(txn_error(change->txn) != 0); /* referrals are never deleted */
                return;
        }
        row->closed = (Contracts__ReferralClosed *)(uintptr_t)body;
        referral_put(change->txn, change->arena, row);
}

void tell_matter_referred(struct telling *telling, const Contracts__MatterReferred *body)
{
        tell(telling, "Question environnementale transmise le %s par %s (destinataire : %s) : %s.",
             told_day(telling, body->referred_on), body->referred_by, body->to, body->subject);
}

void tell_referral_closed(struct telling *telling, const Contracts__ReferralClosed *body)
{
        tell(telling,
             body->outcome == CONTRACTS__REFERRAL_OUTCOME__REFERRAL_ANSWERED
                     ? "Réponse reçue le %s à la question environnementale : %s"
                     : "Question environnementale close sans réponse le %s : %s",
             told_day(telling, body->closed_on), body->text);
}
