#include "services/tracking/invoices/invoices_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"

static struct key key_of_invoice_number(struct id subcontractor, const char *number)
{
        struct key key = key_of_id(subcontractor);
        key_text(&key, number);
        return key;
}

Tracking__InvoiceConverted *tracking_invoice(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_INVOICE, id_slice(&id), &tracking__invoice_converted__descriptor, arena);
}

Tracking__InvoiceConverted *tracking_invoice_of_number(struct txn *txn, struct id subcontractor, const char *number,
                                                       struct arena *arena)
{
        struct key key = key_of_invoice_number(subcontractor, number);
        struct slice id;
        if (!txn_get(txn, T_INVOICE_BY_NUMBER, key_slice(&key), &id))
                return NULL;
        return txn_get_message(txn, T_INVOICE, id, &tracking__invoice_converted__descriptor, arena);
}

static void rows_of_invoice(const void *record, struct index_rows *rows)
{
        const Tracking__InvoiceConverted *row = record;
        struct id id = id_of(row->invoice_id);
        index_row(rows, T_INVOICE_BY_NUMBER, key_of_invoice_number(id_of(row->subcontractor), row->number),
                  id_slice(&id));
        index_id(rows, T_INVOICE_BY_OBLIGATION, key_of_id(id_of(row->obligation_id)), id);
}

void tracking_put_invoice(struct txn *txn, const Tracking__InvoiceConverted *row, struct arena *arena)
{
        struct id id = id_of(row->invoice_id);
        txn_put_message(txn, T_INVOICE, id_slice(&id), row, arena);
        index_move(txn, rows_of_invoice, NULL, row);
}

void tracking_drop_invoice(struct txn *txn, const Tracking__InvoiceConverted *row)
{
        struct id id = id_of(row->invoice_id);
        index_move(txn, rows_of_invoice, row, NULL);
        txn_delete(txn, T_INVOICE, id_slice(&id));
}

void tracking_walk_all_invoices(struct txn *txn, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_INVOICE, WALK_UP, CURSOR_ID}, key_empty(), after, ret);
}

void tracking_walk_invoices(struct txn *txn, struct id obligation, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_INVOICE_BY_OBLIGATION, WALK_UP, CURSOR_ID}, key_of_id(obligation), after,
                   ret);
}
