/* CorrectEligibility: a decision was wrong. It is struck with a reason and stays in the file; the others count as if it
 * had not been. The answer tells the months whose hours nothing covers any more: they stay, and are to be looked at.
 * Caller: a facilitator of the person's territory. Emits EligibilityStruck. */
#include "services/tracking/eligibility/deciding.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/grants.h"
#include "services/tracking/persons/replies.h"
#include "tracking/calls.h"

/* The row without that decision. */
static const Tracking__EligibilityRow *row_without(struct work *work, const struct deciding *deciding, struct id id)
{
        Tracking__EligibilityRow *row = arena_copy(work->arena, deciding->row, sizeof(*row));
        row->decisions = arena_alloc(work->arena, row->n_decisions * sizeof(*row->decisions) + 1);
        row->n_decisions = 0;
        for (size_t i = 0; i < deciding->row->n_decisions; i++)
                if (!id_equal(id_of(deciding->row->decisions[i]->decision_id), id))
                        row->decisions[row->n_decisions++] = deciding->row->decisions[i];
        return row;
}

/* What lengthens a decision falls with it, but only by somebody's hand. */
static bool may_strike(const struct deciding *deciding, const Tracking__DecisionRow *decision, struct refusal *ret)
{
        char text[ID_TEXT_SIZE];
        if (decision->state != TRACKING__DECISION_STATE__DECISION_STANDS)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "decision_id",
                              "Cette décision ne compte pas, ou plus : il n'y a rien à annuler.");
        for (size_t i = 0; i < deciding->row->n_decisions && decision->eligible; i++) {
                const Tracking__DecisionRow *one = deciding->row->decisions[i];
                if (one->state != TRACKING__DECISION_STATE__DECISION_STANDS || !one->is_extension ||
                    one->valid_from->days != decision->valid_until->days + 1)
                        continue;
                id_format(id_of(one->decision_id), text);
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "decision_id",
                              "Cette décision a été prolongée (%s) : annulez d'abord la prolongation.", text);
        }
        return true;
}

static void record_correction(struct work *work, const Tracking__CorrectEligibility *command,
                              const struct deciding *deciding, Tracking__CorrectEligibilityReply *reply,
                              struct slice sealed)
{
        Tracking__EligibilityStruck struck = TRACKING__ELIGIBILITY_STRUCK__INIT;
        struct grants grants;
        grants_of(work, deciding->beneficiary, row_without(work, deciding, id_of(command->decision_id)), &grants);
        struct to_check found = grants_to_check(work, deciding->beneficiary, &grants);
        reply->eligible_until = grants_last_day(&grants, work->arena);
        reply->to_check = found.rows;
        reply->n_to_check = found.count;
        struck.beneficiary_id = command->beneficiary_id;
        struck.decision_id = command->decision_id;
        struck.territory = deciding->person->territory;
        struck.prescriber = deciding->person->prescriber;
        struck.valid_until = reply->eligible_until;
        struck.grants = grants.rows;
        struck.n_grants = grants.count;
        work_record_sealed(work, &struck.base, sealed);
}

struct reply handle_correct_eligibility(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CorrectEligibility *command = (const Tracking__CorrectEligibility *)message;
        struct deciding deciding;
        struct refusal refusal;
        struct slice sealed;

        if (!deciding_load(work, command->beneficiary_id, NULL, &deciding))
                return reply_no_beneficiary(work);
        const Tracking__DecisionRow *decision = eligibility_decision(deciding.row, id_of(command->decision_id));
        if (decision == NULL)
                return reply_no_decision(work);
        if (!may_strike(&deciding, decision, &refusal) || !reason_is_sound(command->reason, &refusal))
                return reply_refusal(work, &refusal);
        int err = deciding_seal_act(work, &deciding, command->correction_code, command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__CorrectEligibilityReply *reply =
                pb_new(&tracking__correct_eligibility_reply__descriptor, work->arena);
        record_correction(work, command, &deciding, reply, sealed);
        return reply_ok(work, reply);
}
