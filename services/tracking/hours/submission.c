#include "services/tracking/hours/submission.h"

#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/surroundings.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/events.pb-c.h"

static int64_t hundredths(const Types__Hours *hours)
{
        return hours_hundredths(hours_of(hours));
}

bool submission_find(const struct work *work, const Tracking__SubmitHours *command, struct submission *ret,
                     struct refusal *ret_refusal)
{
        struct id id = id_of(command->placement_id);
        *ret = (struct submission){.command = command};
        if (!tracking_placement(work->txn, id, &ret->placement))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "placement_id",
                              "Ce parcours n'existe pas ici : vérifiez son identifiant.");
        ret->is_known =
                command->month != NULL && tracking_statement(work->txn, month_of(command->month), id, &ret->before);
        return true;
}

bool submission_may_be_made(const struct work *work, struct submission *submission, struct refusal *ret_refusal)
{
        const Tracking__SubmitHours *command = submission->command;
        if (submission->placement.is_frozen)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id", "%s", PLACEMENT_FROZEN);
        if (hundredths(command->hours) > 0 &&
            !tracking_obligation_stands(work->txn, submission->placement.obligation, work->arena))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                        "L'obligation de ce parcours a été annulée dans le contrat : ouvrez le parcours sur celle "
                        "qui vaut, puis saisissez-y ces heures.");
        if (!statement_may_submit(&submission->placement, submission->is_known ? &submission->before : NULL,
                                  command->month, work->today, ret_refusal) ||
            !statement_day_is_sound(command->stated_on, month_of(command->month), "stated_on", ret_refusal))
                return false;
        const struct figure figure = {id_of(command->placement_id), &submission->placement, month_of(command->month),
                                      hundredths(command->hours) + hundredths(command->training)};
        hours_look(work, &figure, &submission->findings);
        return findings_pass(&submission->findings, ret_refusal);
}

bool submission_is_same(const struct submission *submission)
{
        return submission->is_known && submission->before.mark != STATEMENT_RETURNED &&
               submission->before.submitted_hundredths == hundredths(submission->command->hours) &&
               submission->before.training_hundredths == hundredths(submission->command->training);
}

void submission_record(struct work *work, const struct submission *submission, const Types__Id *batch,
                       struct slice source)
{
        Tracking__HoursSubmitted submitted = TRACKING__HOURS_SUBMITTED__INIT;
        submitted.placement_id = submission->command->placement_id;
        submitted.month = submission->command->month;
        submitted.hours = submission->command->hours;
        submitted.training = submission->command->training;
        submitted.batch_id = (Types__Id *)(uintptr_t)batch;
        submitted.organisation = work->actor->organisation;
        submitted.stated_on = submission->command->stated_on;
        work_record_sealed(work, &submitted.base, source);
}
