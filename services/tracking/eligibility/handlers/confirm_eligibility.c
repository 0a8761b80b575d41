/* ConfirmEligibility: the second pair of eyes on a decision that somebody made on his own referral: it counts from then
 * on, or is turned down. Caller: a facilitator of the person's territory, another account than the one that decided and
 * that referred; who decided may take his own back. Emits EligibilityDecided, or EligibilityTurnedDown. */
#include "common/base/text.h"
#include "services/tracking/eligibility/deciding.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/persons/replies.h"
#include "tracking/calls.h"

static struct reply reply_until(struct work *work, Types__Day *valid_until)
{
        Tracking__ConfirmEligibilityReply *reply =
                pb_new(&tracking__confirm_eligibility_reply__descriptor, work->arena);
        reply->valid_until = valid_until;
        return reply_ok(work, reply);
}

static bool may_confirm(const struct work *work, const Tracking__ConfirmEligibility *command,
                        const struct deciding *deciding, const Tracking__DecisionRow *decision, struct refusal *ret)
{
        if (!reason_is_sound(command->reason, ret))
                return false;
        if (decision->state != TRACKING__DECISION_STATE__DECISION_TO_CONFIRM)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "decision_id",
                              "Cette décision n'attend pas de second regard : il n'y a rien à confirmer.");
        if (decision->decided_on != NULL && decision->decided_on->days > day_number(deciding->today))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "confirmed_on",
                              "La confirmation ne peut précéder la décision : vérifiez la date.");
        if (!command->confirmed)
                return !text_is_empty(command->reason) ||
                       refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "Une décision qui n'est pas confirmée doit l'être avec un motif : écrivez-le.");
        if (deciding_is_own(work, deciding) || decision->decided_by == NULL ||
            id_equal(id_of(decision->decided_by), passport_account(work->actor)))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "decision_id",
                              "Vous avez orienté la personne ou pris cette décision : un autre facilitateur du "
                              "département doit la confirmer.");
        return true;
}

static struct reply confirm(struct work *work, const struct deciding *deciding, const Tracking__DecisionRow *decision)
{
        Tracking__Eligibility *eligibility;
        int err = deciding_unseal(work, deciding, decision, &eligibility);
        if (err == 0) {
                eligibility->confirmed_by = work->actor->user;
                eligibility->confirmed_by_account = id_to(work->arena, passport_account(work->actor));
                eligibility->confirmed_on = day_to(work->arena, deciding->today);
                err = deciding_record_agreed(work, deciding, eligibility);
        }
        return err != 0 ? reply_sealed(work, err) : reply_until(work, eligibility->valid_until);
}

static struct reply turn_down(struct work *work, const Tracking__ConfirmEligibility *command,
                              const struct deciding *deciding)
{
        struct slice sealed;
        Tracking__EligibilityTurnedDown turned_down = TRACKING__ELIGIBILITY_TURNED_DOWN__INIT;
        int err = deciding_seal_act(work, deciding, arena_text(work->arena, ""), command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        turned_down.beneficiary_id = command->beneficiary_id;
        turned_down.decision_id = command->decision_id;
        turned_down.territory = deciding->person->territory;
        work_record_sealed(work, &turned_down.base, sealed);
        return reply_until(work, NULL);
}

struct reply handle_confirm_eligibility(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ConfirmEligibility *command = (const Tracking__ConfirmEligibility *)message;
        struct deciding deciding;
        struct refusal refusal;

        if (!deciding_load(work, command->beneficiary_id, command->confirmed_on, &deciding))
                return reply_no_beneficiary(work);
        const Tracking__DecisionRow *decision = eligibility_decision(deciding.row, id_of(command->decision_id));
        if (decision == NULL)
                return reply_no_decision(work);
        if (!may_confirm(work, command, &deciding, decision, &refusal))
                return reply_refusal(work, &refusal);
        return command->confirmed ? confirm(work, &deciding, decision) : turn_down(work, command, &deciding);
}
