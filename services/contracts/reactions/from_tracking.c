/* Hours and invoices of tracking, posted to the ledger. */
#include "services/contracts/reactions/reactions.h"

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/taking_over.h"

/* Whether the posting fits into the ledger of the obligation and of all. Tracking bounds its hours, so this only stops
 * a figure that no tracking daemon of ours has made. */
static bool fits(const struct work *work, struct id obligation, const struct posting *posting)
{
        struct ledger own = contracts_ledger(work->txn, work->arena, obligation);
        struct ledger all = contracts_ledger_of_all(work->txn, work->arena);
        return ledger_post(&own, posting) == 0 && ledger_post(&all, posting) == 0;
}

/* One source a month: what was taken over of it counts no more. */
static void replace_taken_over(struct work *work, const struct follow_up *follow_up)
{
        struct loaded_obligation loaded;
        struct refusal refusal;
        Types__Id *obligation = id_to(work->arena, follow_up->obligation);
        if (hours_hundredths(follow_up->hours) == 0 || !loaded_obligation_find(work, obligation, "", &loaded, &refusal))
                return;
        Contracts__TakenOverReplaced *body = taken_over_replaced(work, &loaded, follow_up->month, follow_up->to);
        if (body != NULL)
                work_record(work, &body->base);
}

void post_follow_up(struct work *work, const struct follow_up *follow_up)
{
        /* An obligation that is not known here: tracking took it from our own events, so either this store was restored
         * from a backup older than tracking's, or the event is of another network's. There is no account to post to,
         * and inventing one would make hours that nobody owes; `guichetctl verify` shows the difference. */
        if (contracts_obligation_find(work->txn, work->arena, follow_up->obligation) == NULL)
                return;

        struct hours posted = contracts_posted(work->txn, work->arena, follow_up->month, follow_up->source);
        struct posting posting = {.from = ACCOUNT_DUE, .to = follow_up->to};
        if (hours_subtract(follow_up->hours, posted, &posting.hours) != 0 || hours_hundredths(posting.hours) == 0 ||
            !fits(work, follow_up->obligation, &posting))
                return;

        replace_taken_over(work, follow_up);
        Contracts__LedgerPosted body = CONTRACTS__LEDGER_POSTED__INIT;
        body.obligation_id = id_to(work->arena, follow_up->obligation);
        body.from = account_to(posting.from);
        body.to = account_to(posting.to);
        body.hours = hours_to(work->arena, posting.hours);
        body.month = month_to(work->arena, follow_up->month);
        body.cause = follow_up->cause;
        body.source_id = id_to(work->arena, follow_up->source);
        work_record(work, &body.base);
}

/* Hours of a placement's month were validated: DUE -> DONE. Validated anew, the difference is posted. */
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

/* An inclusive subcontractor's invoice was turned into hours: DUE -> CONVERTED. */
enum { NUMBER_SHOWN_BYTES = 40 };

/* A longer number is left out whole: cut bytes could end in half a letter. */
static char *told_of_invoice(struct work *work, const char *number, const char *what)
{
        return strlen(number) > 0 && strlen(number) <= NUMBER_SHOWN_BYTES
                       ? arena_printf(work->arena, "Facture %s %s", number, what)
                       : arena_printf(work->arena, "Facture %s", what);
}

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
                .cause = told_of_invoice(work, event->number, "convertie"),
        };
        post_follow_up(work, &follow_up);
}

/* Set right: what the ledger holds of its month becomes what it should have been; of another month, it moves there. */
void on_invoice_corrected(struct work *work, const Tracking__InvoiceCorrected *event)
{
        if (event->was == NULL || event->now == NULL || event->was->dated == NULL || event->now->dated == NULL)
                return; /* a newer tracking may tell it otherwise */
        struct follow_up follow_up = {
                .obligation = id_of(event->obligation_id),
                .source = id_of(event->invoice_id),
                .month = month_of_day(day_of(event->was->dated)),
                .to = ACCOUNT_CONVERTED,
                .hours = hours_of_hundredths(0),
                .cause = told_of_invoice(work, event->now->number, "corrigée"),
        };
        struct month month = month_of_day(day_of(event->now->dated));
        if (month_number(month) != month_number(follow_up.month))
                post_follow_up(work, &follow_up);
        follow_up.month = month;
        follow_up.hours = hours_of(event->now->hours);
        post_follow_up(work, &follow_up);
}

void on_invoice_cancelled(struct work *work, const Tracking__InvoiceCancelled *event)
{
        if (event->was == NULL || event->was->dated == NULL)
                return; /* the same */
        struct follow_up follow_up = {
                .obligation = id_of(event->obligation_id),
                .source = id_of(event->invoice_id),
                .month = month_of_day(day_of(event->was->dated)),
                .to = ACCOUNT_CONVERTED,
                .hours = hours_of_hundredths(0),
                .cause = told_of_invoice(work, event->was->number, "annulée"),
        };
        post_follow_up(work, &follow_up);
}

void react_to_tracking(struct work *work, const struct event *event)
{
        const Tracking__Event *body = event->body;

        /* Not a switch: tracking tells more than concerns the ledger, and may tell what this version does not know. */
        if (body->body_case == TRACKING__EVENT__BODY_HOURS_VALIDATED)
                on_hours_validated(work, body->hours_validated);
        else if (body->body_case == TRACKING__EVENT__BODY_INVOICE_CONVERTED)
                on_invoice_converted(work, body->invoice_converted);
        else if (body->body_case == TRACKING__EVENT__BODY_INVOICE_CORRECTED)
                on_invoice_corrected(work, body->invoice_corrected);
        else if (body->body_case == TRACKING__EVENT__BODY_INVOICE_CANCELLED)
                on_invoice_cancelled(work, body->invoice_cancelled);
}
