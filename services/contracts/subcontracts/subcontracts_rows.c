#include "services/contracts/subcontracts/subcontracts_rows.h"

#include "services/contracts/record/rows.h"

Contracts__SubcontractRow *subcontract_find(struct txn *txn, struct arena *arena, struct id subcontract)
{
        return contracts_row_find(txn, T_SUBCONTRACT, subcontract, &contracts__subcontract_row__descriptor, arena);
}

void subcontract_put(struct txn *txn, struct arena *arena, const Contracts__SubcontractRow *row)
{
        struct id id = id_of(row->declared->subcontract_id);
        contracts_row_put(txn, T_SUBCONTRACT, id, row, arena);
        contracts_about_put(txn, id_of(row->declared->contract_id), ABOUT_SUBCONTRACT, id);
}

void subcontract_remove(struct txn *txn, const Contracts__SubcontractRow *row)
{
        struct id id = id_of(row->declared->subcontract_id);
        contracts_row_remove(txn, T_SUBCONTRACT, id);
        contracts_about_remove(txn, id_of(row->declared->contract_id), ABOUT_SUBCONTRACT, id);
}

void structure_invoice_put(struct txn *txn, struct arena *arena, struct id obligation,
                           const Contracts__StructureInvoice *invoice)
{
        struct key key = key_of_id(obligation);
        key_id(&key, id_of(invoice->invoice_id));
        const Contracts__StructureInvoice *before = contracts_row_find_key(
                txn, T_STRUCTURE_INVOICE, &key, &contracts__structure_invoice__descriptor, arena);
        if (before == NULL || before->told_at_ms <= invoice->told_at_ms)
                contracts_row_put_key(txn, T_STRUCTURE_INVOICE, &key, invoice, arena);
}

void structure_invoice_walk(struct txn *txn, struct id obligation, struct walk *ret)
{
        walk_up(txn, T_STRUCTURE_INVOICE, key_of_id(obligation), slice_of(NULL, 0), ret);
}

Contracts__StructureInvoice *structure_invoice_read(const struct walk *walk, struct arena *arena)
{
        return walk_message(walk, &contracts__structure_invoice__descriptor, arena);
}
