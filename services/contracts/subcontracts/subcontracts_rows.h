/* subcontracts_rows.h: the rows of subcontractors' acts, and of the invoices of structures that tracking tells; acts of
 * a contract are found by the index `about` (record/rows.h). Finds return what lives in the arena, NULL where there is
 * none.
 *
 * table              kind   key                          value
 * subcontract        STATE  subcontract id               SubcontractRow
 * structure_invoice  COPY   obligation id, invoice id    StructureInvoice */
#ifndef SERVICES_CONTRACTS_SUBCONTRACTS_SUBCONTRACTS_ROWS_H
#define SERVICES_CONTRACTS_SUBCONTRACTS_SUBCONTRACTS_ROWS_H

#include "common/store/tables.h"
#include "contracts/subcontracts.pb-c.h"
#include "services/contracts/record/record_rows.h"

#define SUBCONTRACTS_TABLES(TABLE)                                                                                     \
        TABLE(SUBCONTRACT, "subcontract", TABLE_STATE)                                                                 \
        TABLE(STRUCTURE_INVOICE, "structure_invoice", TABLE_COPY)
SUBCONTRACTS_TABLES(TABLE_NUMBER)

/* Puts are for apply() only. */
Contracts__SubcontractRow *subcontract_find(struct txn *txn, struct arena *arena, struct id subcontract);
void subcontract_put(struct txn *txn, struct arena *arena, const Contracts__SubcontractRow *row);
void subcontract_remove(struct txn *txn, const Contracts__SubcontractRow *row); /* by a withdrawal (corrections/) */

/* What is told later holds, whichever comes first. For the copy function only. */
void structure_invoice_put(struct txn *txn, struct arena *arena, struct id obligation,
                           const Contracts__StructureInvoice *invoice);
/* Invoices of an obligation, in the order of their ids. */
void structure_invoice_walk(struct txn *txn, struct id obligation, struct walk *ret);
Contracts__StructureInvoice *structure_invoice_read(const struct walk *walk, struct arena *arena);

#endif
