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

static struct key part_of_month(struct id obligation, struct id subcontractor, int32_t month)
{
        struct key key = key_of_id(obligation);
        key_id(&key, subcontractor);
        key_i32(&key, month);
        return key;
}

Tracking__InvoiceRow *tracking_invoice(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_INVOICE, id_slice(&id), &tracking__invoice_row__descriptor, arena);
}

Tracking__InvoiceRow *tracking_invoice_of_number(struct txn *txn, struct id subcontractor, const char *number,
                                                 struct arena *arena)
{
        struct key key = key_of_invoice_number(subcontractor, number);
        struct slice id;
        if (!txn_get(txn, T_INVOICE_BY_NUMBER, key_slice(&key), &id))
                return NULL;
        return txn_get_message(txn, T_INVOICE, id, &tracking__invoice_row__descriptor, arena);
}

Tracking__InvoiceRow *tracking_invoice_of_month(struct txn *txn, struct id obligation, struct id subcontractor,
                                                int32_t month, struct arena *arena)
{
        struct walk walk;
        struct id id;
        walk_begin(txn, (struct walk_spec){T_INVOICE_BY_MONTH, WALK_UP, CURSOR_ID},
                   part_of_month(obligation, subcontractor, month), slice_of(NULL, 0), &walk);
        bool found = walk_next(&walk, &id);
        walk_end(&walk);
        return found ? tracking_invoice(txn, id, arena) : NULL;
}

static void rows_of_invoice(const void *record, struct index_rows *rows)
{
        const Tracking__InvoiceRow *row = record;
        const Tracking__InvoiceConverted *invoice = row->invoice;
        struct id id = id_of(invoice->invoice_id), subcontractor = id_of(invoice->subcontractor);
        struct id obligation = id_of(invoice->obligation_id);
        index_id(rows, T_INVOICE_BY_OBLIGATION, key_of_id(obligation), id);
        index_id(rows, T_INVOICE_BY_SUBCONTRACTOR, key_of_id(subcontractor), id);
        if (row->cancelled)
                return;
        index_row(rows, T_INVOICE_BY_NUMBER, key_of_invoice_number(subcontractor, invoice->number), id_slice(&id));
        if (invoice->dated != NULL)
                index_id(rows, T_INVOICE_BY_MONTH,
                         part_of_month(obligation, subcontractor, month_number(month_of_day(day_of(invoice->dated)))),
                         id);
}

void tracking_put_invoice(struct txn *txn, const Tracking__InvoiceRow *before, const Tracking__InvoiceRow *row,
                          struct arena *arena)
{
        struct id id = id_of(row->invoice->invoice_id);
        txn_put_message(txn, T_INVOICE, id_slice(&id), row, arena);
        index_move(txn, rows_of_invoice, before, row);
}

static void drop_history(struct txn *txn, uint64_t number)
{
        while (number != 0) {
                uint64_t before = invoice_event_before(txn, number);
                struct key key = key_of_u64(number);
                txn_delete(txn, T_INVOICE_HISTORY, key_slice(&key));
                number = before;
        }
}

void tracking_drop_invoice(struct txn *txn, const Tracking__InvoiceRow *row)
{
        struct id id = id_of(row->invoice->invoice_id);
        drop_history(txn, row->version);
        index_move(txn, rows_of_invoice, row, NULL);
        txn_delete(txn, T_INVOICE, id_slice(&id));
}

uint64_t invoice_event_before(struct txn *txn, uint64_t number)
{
        struct key key = key_of_u64(number);
        struct slice row;
        return txn_get(txn, T_INVOICE_HISTORY, key_slice(&key), &row) ? key_read_u64(row, 0) : 0;
}

void invoice_put_event_before(struct txn *txn, uint64_t number, uint64_t before)
{
        struct key key = key_of_u64(number), value = key_of_u64(before);
        txn_put(txn, T_INVOICE_HISTORY, key_slice(&key), key_slice(&value));
}

void invoices_walk(struct txn *txn, enum invoices_list list, struct key part, struct slice after, struct walk *ret)
{
        const size_t tables[] = {
                [LIST_INVOICES] = T_INVOICE,
                [LIST_INVOICES_OF_OBLIGATION] = T_INVOICE_BY_OBLIGATION,
                [LIST_INVOICES_OF_SUBCONTRACTOR] = T_INVOICE_BY_SUBCONTRACTOR,
        };
        walk_begin(txn, (struct walk_spec){tables[list], WALK_UP, CURSOR_ID}, part, after, ret);
}
