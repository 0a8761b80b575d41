#include "services/contracts/reactions/reactions.h"

void react_to_tracking(struct work *work, const struct event *event)
{
        const Tracking__Event *body = event->body;

        /* Not a switch: tracking tells more than concerns the ledger, and may tell what this version does not know. */
        if (body->body_case == TRACKING__EVENT__BODY_HOURS_VALIDATED)
                on_hours_validated(work, body->hours_validated);
        else if (body->body_case == TRACKING__EVENT__BODY_INVOICE_CONVERTED)
                on_invoice_converted(work, body->invoice_converted);
}
