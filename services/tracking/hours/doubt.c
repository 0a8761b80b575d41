#include "services/tracking/hours/doubt.h"

#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/surroundings.h"

void hours_doubt(struct work *work, const struct doubt *doubt)
{
        Tracking__HoursSetToCheck body = TRACKING__HOURS_SET_TO_CHECK__INIT;
        struct statement statement;
        struct findings findings;
        if (!tracking_statement(work->txn, doubt->month, doubt->id, &statement) || !statement_is_validated(&statement))
                return;
        hours_look(work, &(struct figure){doubt->id, doubt->after, doubt->month, statement.validated_hundredths},
                   &findings);
        if (!findings_are_over(&findings))
                return;
        body.placement_id = id_to(work->arena, doubt->id);
        body.month = month_to(work->arena, doubt->month);
        body.hours = hours_to(work->arena, hours_of_hundredths(statement.validated_hundredths));
        body.cause = doubt->cause;
        if (doubt->cause == TRACKING__CHECK_CAUSE__CHECK_END)
                body.ended_on = day_to(work->arena, doubt->after->ended_on);
        work_record(work, &body.base);
}
