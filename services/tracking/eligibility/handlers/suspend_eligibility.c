/* A suspension of somebody's eligibility, and its end. No hours of those days count, and those that did are told to who
 * suspends: nothing is taken away. The reasons are sealed; others learn only until when she is eligible.
 * Callers: facilitators of the person's territory. */
#include "services/tracking/eligibility/deciding.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/grants.h"
#include "services/tracking/eligibility/policy.h"
#include "services/tracking/persons/replies.h"
#include "tracking/calls.h"

/* The row with its suspensions to be changed, as an event would leave it. */
static Tracking__EligibilityRow *copied(struct work *work, const struct deciding *deciding)
{
        Tracking__EligibilityRow *row = arena_copy(work->arena, deciding->row, sizeof(*row));
        row->suspensions = arena_alloc(work->arena, (deciding->row->n_suspensions + 1) * sizeof(*row->suspensions));
        for (size_t i = 0; i < row->n_suspensions; i++)
                row->suspensions[i] =
                        arena_copy(work->arena, deciding->row->suspensions[i], sizeof(**row->suspensions));
        return row;
}

static void record_suspension(struct work *work, const Tracking__SuspendEligibility *command,
                              const struct deciding *deciding, Tracking__SuspendEligibilityReply *reply,
                              struct slice sealed)
{
        Tracking__EligibilitySuspended suspended = TRACKING__ELIGIBILITY_SUSPENDED__INIT;
        Tracking__EligibilityRow *row = copied(work, deciding);
        Tracking__SuspensionRow *one = pb_new(&tracking__suspension_row__descriptor, work->arena);
        struct grants grants;
        one->suspension_id = reply->suspension_id;
        one->suspended_from = command->suspended_from;
        one->suspended_until = command->suspended_until;
        row->suspensions[row->n_suspensions++] = one;
        grants_of(work, deciding->beneficiary, row, &grants);
        struct to_check found = grants_to_check(work, deciding->beneficiary, &grants);
        reply->to_check = found.rows;
        reply->n_to_check = found.count;
        suspended.beneficiary_id = command->beneficiary_id;
        suspended.suspension_id = one->suspension_id;
        suspended.territory = deciding->person->territory;
        suspended.prescriber = deciding->person->prescriber;
        suspended.suspended_from = one->suspended_from;
        suspended.suspended_until = one->suspended_until;
        suspended.valid_until = grants_last_day(&grants, work->arena);
        suspended.grants = grants.rows;
        suspended.n_grants = grants.count;
        work_record_sealed(work, &suspended.base, sealed);
}

/* SuspendEligibility. Emits EligibilitySuspended. */
struct reply handle_suspend_eligibility(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__SuspendEligibility *command = (const Tracking__SuspendEligibility *)message;
        struct deciding deciding;
        struct refusal refusal;
        struct slice sealed;

        if (!deciding_load(work, command->beneficiary_id, NULL, &deciding))
                return reply_no_beneficiary(work);
        if (eligibility_is_full(deciding.row))
                return reply_decisions_full(work);
        if (!reason_is_sound(command->reason, &refusal) || !policy_may_suspend(deciding.row, command, &refusal))
                return reply_refusal(work, &refusal);
        int err = deciding_seal_act(work, &deciding, command->suspension_code, command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__SuspendEligibilityReply *reply =
                pb_new(&tracking__suspend_eligibility_reply__descriptor, work->arena);
        reply->suspension_id = id_to(work->arena, work_new_id(work));
        record_suspension(work, command, &deciding, reply, sealed);
        return reply_ok(work, reply);
}

/* ResumeEligibility: ends it, or takes it back. Emits EligibilityResumed. */
struct reply handle_resume_eligibility(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ResumeEligibility *command = (const Tracking__ResumeEligibility *)message;
        Tracking__EligibilityResumed resumed = TRACKING__ELIGIBILITY_RESUMED__INIT;
        struct deciding deciding;
        struct grants grants;
        struct refusal refusal;
        struct slice sealed;

        if (!deciding_load(work, command->beneficiary_id, NULL, &deciding))
                return reply_no_beneficiary(work);
        if (!reason_is_sound(command->reason, &refusal) || !policy_may_resume(deciding.row, command, &refusal))
                return reply_refusal(work, &refusal);
        int err = deciding_seal_act(work, &deciding, arena_text(work->arena, ""), command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__EligibilityRow *row = copied(work, &deciding);
        suspension_end(eligibility_suspension(row, id_of(command->suspension_id)), day_of(command->resumed_on),
                       work->arena);
        grants_of(work, deciding.beneficiary, row, &grants);
        resumed.beneficiary_id = command->beneficiary_id;
        resumed.suspension_id = command->suspension_id;
        resumed.territory = deciding.person->territory;
        resumed.prescriber = deciding.person->prescriber;
        resumed.resumed_on = command->resumed_on;
        resumed.valid_until = grants_last_day(&grants, work->arena);
        resumed.grants = grants.rows;
        resumed.n_grants = grants.count;
        work_record_sealed(work, &resumed.base, sealed);
        Tracking__ResumeEligibilityReply *reply = pb_new(&tracking__resume_eligibility_reply__descriptor, work->arena);
        reply->eligible_until = resumed.valid_until;
        return reply_ok(work, reply);
}
