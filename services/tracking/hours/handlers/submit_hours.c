/* SubmitHours: a month's hours of a placement. The hot command: it reads the placement's row, the month's and the one
 * before, and the person's other placements. CopyHours: the same figures as stand of the month before.
 * Caller: the company where the work is done or that employs, the structure that employs, a facilitator of the
 * territory. Emits HoursSubmitted. */
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/split.h"
#include "services/tracking/hours/submission.h"
#include "tracking/calls.h"

static bool submit(struct work *work, const Tracking__SubmitHours *command, struct submission *ret,
                   struct refusal *ret_refusal)
{
        int64_t stated = hours_hundredths(hours_of(command->hours)) + hours_hundredths(hours_of(command->training));
        if (!submission_find(work, command, ret, ret_refusal) || !submission_may_be_made(work, ret, ret_refusal) ||
            !split_allows(work, id_of(command->placement_id), month_of(command->month), stated, ret_refusal))
                return false;
        submission_record(work, ret, NULL, slice_of(NULL, 0));
        return true;
}

struct reply handle_submit_hours(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__SubmitHours *command = (const Tracking__SubmitHours *)message;
        struct submission submission;
        struct refusal refusal;

        if (!submit(work, command, &submission, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__SubmitHoursReply *reply = pb_new(&tracking__submit_hours_reply__descriptor, work->arena);
        if (submission.is_known)
                reply->replaced = hours_to(work->arena, hours_of_hundredths(submission.before.submitted_hundredths));
        reply->warnings = findings_to(work->arena, &submission.findings, &reply->n_warnings);
        return reply_ok(work, reply);
}

/* Of a validated month what was stated: what was vouched for may hold a correction of that month alone. */
static bool copy_month_before(const struct work *work, const Tracking__CopyHours *command, Tracking__SubmitHours *ret)
{
        struct statement before;
        struct month last_month = month_of_number(command->month->months - 1);
        if (!tracking_statement(work->txn, last_month, id_of(command->placement_id), &before))
                return false;
        ret->placement_id = command->placement_id;
        ret->month = command->month;
        ret->hours = hours_to(work->arena, hours_of_hundredths(before.submitted_hundredths));
        if (before.training_hundredths > 0)
                ret->training = hours_to(work->arena, hours_of_hundredths(before.training_hundredths));
        return true;
}

struct reply handle_copy_hours(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CopyHours *command = (const Tracking__CopyHours *)message;
        Tracking__SubmitHours copy = TRACKING__SUBMIT_HOURS__INIT;
        struct submission submission;
        struct refusal refusal;

        if (!copy_month_before(work, command, &copy))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "month",
                                    "Rien n'est déclaré pour le mois précédent : déclarez les heures de ce mois.");
        if (!submit(work, &copy, &submission, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__CopyHoursReply *reply = pb_new(&tracking__copy_hours_reply__descriptor, work->arena);
        reply->hours = copy.hours;
        reply->training = copy.training;
        reply->warnings = findings_to(work->arena, &submission.findings, &reply->n_warnings);
        return reply_ok(work, reply);
}
