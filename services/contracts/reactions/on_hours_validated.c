/* Hours of a placement's month were validated: DUE -> DONE. Validated anew, the difference is posted. */
#include "services/contracts/reactions/reactions.h"

void on_hours_validated(struct work *work, const Tracking__HoursValidated *event)
{
        static char cause[] = "Heures validées";

        if (event->month == NULL) /* a newer tracking may tell it otherwise; without a month nothing is counted once */
                return;
        struct follow_up follow_up = {
                .obligation = id_of(event->obligation_id),
                .source = id_of(event->placement_id),
                .month = month_of(event->month),
                .to = ACCOUNT_DONE,
                .hours = hours_of(event->hours),
                .cause = cause,
        };
        post_follow_up(work, &follow_up);
}
