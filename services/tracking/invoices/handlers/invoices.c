/* Subcontractors' invoices, as those read them whom they concern: the watchers of the territory that follows the
 * obligation, the structure that made them out, the company from whose hours they are deducted. */
#include <string.h>

#include "common/service/page.h"
#include "common/store/eventlog.h"
#include "common/store/stored.h"
#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/invoices/invoices_access.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* ---- Invoices: oldest first */

/* The shortest list that holds all that may be shown. */
static void walk_by(const struct work *work, const Tracking__Invoices *query, struct slice after, struct walk *ret)
{
        if (query->obligation_id != NULL)
                invoices_walk(work->txn, LIST_INVOICES_OF_OBLIGATION, key_of_id(id_of(query->obligation_id)), after,
                              ret);
        else if (query->subcontractor != NULL)
                invoices_walk(work->txn, LIST_INVOICES_OF_SUBCONTRACTOR, key_of_id(id_of(query->subcontractor)), after,
                              ret);
        else if (work->actor->role == TYPES__ROLE__STRUCTURE)
                invoices_walk(work->txn, LIST_INVOICES_OF_SUBCONTRACTOR, key_of_id(id_of(work->actor->organisation)),
                              after, ret);
        else
                invoices_walk(work->txn, LIST_INVOICES, key_empty(), after, ret);
}

static bool is_asked_for(const Tracking__Invoices *query, const Tracking__InvoiceConverted *invoice)
{
        if (query->subcontractor != NULL && !id_equal(id_of(query->subcontractor), id_of(invoice->subcontractor)))
                return false;
        if (query->month != NULL && (invoice->dated == NULL || month_number(month_of_day(day_of(invoice->dated))) !=
                                                                       month_number(month_of(query->month))))
                return false;
        return query->territory[0] == '\0' || strcmp(query->territory, invoice->territory) == 0;
}

struct reply handle_invoices(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__Invoices *query = (const Tracking__Invoices *)message;
        Tracking__InvoicesReply *reply = pb_new(&tracking__invoices_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        walk_by(work, query, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__InvoiceRow *row = tracking_invoice(work->txn, id, work->arena);
                if (row != NULL && is_asked_for(query, row->invoice) && invoice_is_read(work, row)) /* Security */
                        page_add(&page, invoice_line(work, row));
        }
        return page_reply(&page);
}

/* ---- InvoiceById: with its history, newest first */

static void put_body(const struct work *work, const Tracking__Event *event, Tracking__InvoiceEntry *entry)
{
        /* Not a switch: tracking has other kinds, and none of them changes an invoice's figures. */
        if (event->body_case == TRACKING__EVENT__BODY_INVOICE_CONVERTED) {
                entry->act = TRACKING__INVOICE_ACT__INVOICE_WAS_RECORDED;
                entry->figures = invoice_figures(work->arena, event->invoice_converted);
                entry->accepted = event->invoice_converted->accepted;
                entry->n_accepted = event->invoice_converted->n_accepted;
        } else if (event->body_case == TRACKING__EVENT__BODY_INVOICE_CORRECTED) {
                entry->act = TRACKING__INVOICE_ACT__INVOICE_WAS_CORRECTED;
                entry->figures = event->invoice_corrected->now;
                entry->happened_on = event->invoice_corrected->corrected_on;
                entry->accepted = event->invoice_corrected->accepted;
                entry->n_accepted = event->invoice_corrected->n_accepted;
        } else if (event->body_case == TRACKING__EVENT__BODY_INVOICE_CANCELLED) {
                entry->act = TRACKING__INVOICE_ACT__INVOICE_WAS_CANCELLED;
                entry->figures = event->invoice_cancelled->was;
                entry->happened_on = event->invoice_cancelled->cancelled_on;
        }
}

static Tracking__InvoiceEntry *entry_of(const struct work *work, uint64_t number)
{
        struct log_entry logged;
        require_stored(log_get(work->txn, number, &logged)); /* a row says so */
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, logged.record, work->arena);
        require_stored(record != NULL);
        const Tracking__Event *event = pb_decode(&tracking__event__descriptor, pb_slice(record->body), work->arena);
        require_stored(event != NULL);

        Tracking__InvoiceEntry *entry = pb_new(&tracking__invoice_entry__descriptor, work->arena);
        put_body(work, event, entry);
        entry->at = instant_to(work->arena, record->at_ms);
        entry->user = record->user;
        if (logged.sealed.size > 0) {
                const Tracking__InvoiceWords *words =
                        pb_decode(&tracking__invoice_words__descriptor, logged.sealed, work->arena);
                require_stored(words != NULL);
                entry->reason = words->reason;
        }
        return entry;
}

/* Where the page begins; false: the cursor is of no event of this invoice. */
static bool first_of(const struct work *work, const Tracking__InvoiceRow *row, struct slice after, uint64_t *ret)
{
        *ret = row->version;
        if (after.size == 0)
                return true;
        if (after.size != sizeof(uint64_t))
                return false;
        while (*ret != 0 && *ret != key_read_u64(after, 0))
                *ret = invoice_event_before(work->txn, *ret);
        bool is_found = *ret != 0;
        *ret = is_found ? invoice_event_before(work->txn, *ret) : 0;
        return is_found;
}

struct reply handle_invoice_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__InvoiceById *query = (const Tracking__InvoiceById *)message;
        Tracking__InvoiceByIdReply *reply = pb_new(&tracking__invoice_by_id_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        const Tracking__InvoiceRow *row = tracking_invoice(work->txn, id_of(query->invoice_id), work->arena);
        uint64_t number;

        if (row == NULL)
                return reply_no_invoice(work);
        if (!first_of(work, row, page.after, &number))
                return page_refuse(work);
        reply->invoice = invoice_line(work, row);
        for (; number != 0; number = invoice_event_before(work->txn, number)) {
                struct key cursor = key_of_u64(number);
                uint8_t *kept = arena_alloc(work->arena, sizeof(number));
                memcpy(kept, key_slice(&cursor).data, sizeof(number));
                if (!page_goes_on(&page, slice_of(kept, sizeof(number))))
                        break;
                page_add(&page, entry_of(work, number));
        }
        return page_reply(&page);
}
