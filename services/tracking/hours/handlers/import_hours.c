/* ImportHours: an employer's list of hours. What is wrong is told row by row, the others are stated, by the rules of
 * SubmitHours, in one batch that can be undone. A list that is mostly known stops, unless who sends it says to go on.
 * Caller: the company or structure whose list it is; a facilitator of the territory. Emits HoursSubmitted a row that is
 * new or other, then BatchImported. */
#include "services/tracking/hours/hours_list.h"
#include "tracking/calls.h"

/* What stood there; empty: nothing did. */
static struct slice before_of(struct work *work, const struct submission *submission)
{
        Tracking__HoursBefore before = TRACKING__HOURS_BEFORE__INIT;
        if (!submission->is_known)
                return slice_of(NULL, 0);
        before.hours = hours_to(work->arena, hours_of_hundredths(submission->before.submitted_hundredths));
        before.training = hours_to(work->arena, hours_of_hundredths(submission->before.training_hundredths));
        before.returned = submission->before.mark == STATEMENT_RETURNED;
        return pb_encode(&before, work->arena);
}

static void record_rows(struct work *work, struct hours_list *list)
{
        const Types__Id *batch = intake_batch_id(&list->intake);
        for (size_t i = 0; i < list->intake.sent->n_rows; i++) {
                const struct hours_row *row = &list->rows[i];
                if (!row->is_taken)
                        continue;
                const Tracking__SubmitHours *command = row->submission.command;
                submission_record(work, &row->submission, batch, row->source);
                intake_recorded(&list->intake, i, id_of(command->placement_id), command->month->months,
                                before_of(work, &row->submission));
        }
        intake_record_batch(&list->intake);
}

struct reply handle_import_hours(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ImportHours *command = (const Tracking__ImportHours *)message;
        const struct hours_question question = {command->territory, command->sender, command->month, command->list};
        struct hours_list list;
        struct refusal refusal;

        if (!hours_list_judge(work, &question, &list, &refusal) || !intake_may_record(&list.intake, &refusal))
                return reply_refusal(work, &refusal);
        record_rows(work, &list);
        Tracking__ImportHoursReply *reply = pb_new(&tracking__import_hours_reply__descriptor, work->arena);
        reply->report = list.intake.report;
        return reply_ok(work, reply);
}
