/* An inclusive subcontractor's invoice was turned into hours: DUE -> CONVERTED. */
#include "services/contracts/reactions/reactions.h"

enum { NUMBER_SHOWN_BYTES = 40 };

void on_invoice_converted(struct work *work, const Tracking__InvoiceConverted *event)
{
        if (event->dated == NULL) /* a newer tracking may tell it otherwise; without a month nothing is counted once */
                return;
        struct follow_up follow_up = {
                .obligation = id_of(event->obligation_id),
                .source = id_of(event->invoice_id),
                .month = month_of_day(day_of(event->dated)),
                .to = ACCOUNT_CONVERTED,
                .hours = hours_of(event->hours),
        };
        /* A longer number is left out whole: cut bytes could end in half a letter. */
        if (strlen(event->number) > 0 && strlen(event->number) <= NUMBER_SHOWN_BYTES)
                follow_up.cause = arena_printf(work->arena, "Facture %s convertie", event->number);
        else
                follow_up.cause = arena_text(work->arena, "Facture convertie");
        post_follow_up(work, &follow_up);
}
