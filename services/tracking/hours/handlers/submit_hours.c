/* SubmitHours: a month's hours of a placement. The hot command: one read of the placement's row, one of the month's.
 * Caller: the company where the work is done or that employs, the structure that employs, a facilitator of the
 * territory. Emits HoursSubmitted. */
#include "services/tracking/hours/submission.h"
#include "tracking/calls.h"

struct reply handle_submit_hours(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__SubmitHours *command = (const Tracking__SubmitHours *)message;
        struct submission submission;
        struct refusal refusal;

        if (!submission_find(work, command, &submission, &refusal) ||
            !submission_may_be_made(work, &submission, &refusal))
                return reply_refusal(work, &refusal);
        submission_record(work, &submission, NULL, slice_of(NULL, 0));

        Tracking__SubmitHoursReply *reply = pb_new(&tracking__submit_hours_reply__descriptor, work->arena);
        if (submission.is_known)
                reply->replaced = hours_to(work->arena, hours_of_hundredths(submission.before.submitted_hundredths));
        return reply_ok(work, reply);
}
