/* PreviewHours: what ImportHours would make of a list, row by row, and whether it would stop. Nothing is recorded.
 * Caller: as of ImportHours. */
#include "services/tracking/hours/hours_list.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

struct reply handle_preview_hours(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PreviewHours *query = (const Tracking__PreviewHours *)message;
        const struct hours_question question = {query->territory, query->sender, query->month, query->list};
        struct hours_list list;
        struct refusal refusal;

        if (!hours_list_judge(work, &question, &list, &refusal))
                return reply_refusal(work, &refusal);
        intake_preview(&list.intake);
        Tracking__PreviewHoursReply *reply = pb_new(&tracking__preview_hours_reply__descriptor, work->arena);
        reply->report = list.intake.report;
        return reply_ok(work, reply);
}
