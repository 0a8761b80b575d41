#include "services/tracking/invoices/invoices_access.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/invoices/invoices_rows.h"

/* Security: a structure reads what it made out, a company what is deducted from the hours that it owes. */
static bool is_partner(const struct work *work, const Tracking__InvoiceConverted *invoice)
{
        const Wire__Passport *actor = work->actor;
        if (actor->role == TYPES__ROLE__STRUCTURE)
                return passport_is_organisation(actor, id_of(invoice->subcontractor));
        if (actor->role != TYPES__ROLE__COMPANY)
                return false;
        const Tracking__ObligationCopy *obligation =
                tracking_obligation(work->txn, id_of(invoice->obligation_id), work->arena);
        return obligation != NULL && passport_is_organisation(actor, tracking_contractor(work->txn, obligation));
}

static bool is_watched(const struct work *work, const Tracking__InvoiceConverted *invoice)
{
        return scope_is_watcher(work->actor) && passport_covers(work->actor, invoice->territory) &&
               scope_reads_obligation(work, id_of(invoice->obligation_id));
}

bool invoice_is_read(const struct work *work, const Tracking__InvoiceRow *row)
{
        return is_partner(work, row->invoice) || is_watched(work, row->invoice);
}

enum standing invoice_standing(const struct work *work, const struct named *named)
{
        const Tracking__InvoiceRow *row = tracking_invoice(work->txn, named->id, work->arena);
        if (row == NULL || !invoice_is_read(work, row))
                return STANDING_UNKNOWN;
        return work->actor->role == TYPES__ROLE__FACILITATOR ? STANDING_CHANGE : STANDING_READ;
}

Tracking__InvoiceFigures *invoice_figures(struct arena *arena, const Tracking__InvoiceConverted *invoice)
{
        Tracking__InvoiceFigures *figures = pb_new(&tracking__invoice_figures__descriptor, arena);
        figures->number = invoice->number;
        figures->dated = invoice->dated;
        figures->amount = invoice->amount;
        figures->hours = invoice->hours;
        figures->declared = invoice->declared;
        return figures;
}

Tracking__InvoiceLine *invoice_line(const struct work *work, const Tracking__InvoiceRow *row)
{
        const Tracking__InvoiceConverted *invoice = row->invoice;
        Tracking__InvoiceLine *line = pb_new(&tracking__invoice_line__descriptor, work->arena);
        const Tracking__ObligationCopy *obligation =
                tracking_obligation(work->txn, id_of(invoice->obligation_id), work->arena);
        const Tracking__OrganisationCopy *subcontractor =
                tracking_organisation(work->txn, id_of(invoice->subcontractor), work->arena);
        line->invoice_id = invoice->invoice_id;
        line->obligation_id = invoice->obligation_id;
        line->subcontractor = invoice->subcontractor;
        line->territory = invoice->territory;
        line->figures = invoice_figures(work->arena, invoice);
        line->cancelled = row->cancelled;
        line->version = row->version;
        if (subcontractor != NULL)
                line->subcontractor_name = subcontractor->name;
        if (obligation == NULL)
                return line;
        line->contract_id = obligation->contract_id;
        line->contractor = obligation->contractor;
        line->contractor_name = obligation->contractor_name;
        return line;
}

struct reply reply_no_invoice(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "invoice_id",
                            "Cette facture n'existe pas ici : vérifiez son identifiant.");
}
