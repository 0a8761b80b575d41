/* SubmitHours: a month's hours of a placement. The hot command: one read of the placement's row, one of the month's.
 * Caller: the company where the work is done or that employs, the structure that employs, a facilitator of the
 * territory. Emits HoursSubmitted. */
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

struct reply handle_submit_hours(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__SubmitHours *command = (const Tracking__SubmitHours *)message;
        struct id id = id_of(command->placement_id);
        struct placement placement;
        struct statement before;
        struct refusal refusal;

        if (!tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        bool known = command->month != NULL && tracking_statement(work->txn, month_of(command->month), id, &before);
        if (!statement_may_submit(&placement, known ? &before : NULL, command, work->today, &refusal))
                return reply_refusal(work, &refusal);

        Tracking__HoursSubmitted submitted = TRACKING__HOURS_SUBMITTED__INIT;
        submitted.placement_id = command->placement_id;
        submitted.month = command->month;
        submitted.hours = command->hours;
        work_record(work, &submitted.base);

        Tracking__SubmitHoursReply *reply = pb_new(&tracking__submit_hours_reply__descriptor, work->arena);
        if (known)
                reply->replaced = hours_to(work->arena, hours_of_hundredths(before.submitted_hundredths));
        return reply_ok(work, reply);
}
