/* pace_rows.h: what ranking an obligation takes, in one short row: figures, dates and whose it is, so that thousands
 * are ranked in a query. Written whenever one of the rows that it is made of is (record/short_rows.h); ranked by
 * `Progress` on the day that it is asked, so nothing in it depends on a day. */
#ifndef SERVICES_CONTRACTS_CONTROL_PACE_ROWS_H
#define SERVICES_CONTRACTS_CONTROL_PACE_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/control/pace.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

#define PACE_TABLES(TABLE) TABLE(PACE, "pace", TABLE_STATE)
PACE_TABLES(TABLE_NUMBER)

struct pace_figures {
        struct pace_hours hours;
        struct span span;
        bool has_span;
        bool is_private;         /* its contract: who may see it is to be asked */
        const char *buyer_siret; /* dies with the transaction */
};

/* From the rows as they stand: of one contract's obligations; of one obligation, whose ledger this is now. */
void pace_rows_of_contract(struct txn *txn, struct arena *arena, struct id contract);
void pace_rows_of_ledger(struct txn *txn, struct id obligation, const struct ledger *ledger);

void pace_row_remove(struct txn *txn, struct id obligation);

bool pace_row_find(struct txn *txn, struct id obligation, struct pace_figures *ret);
/* All, by obligation, from the one after `after`. */
void pace_rows_walk(struct txn *txn, struct slice after, struct walk *ret);
void pace_row_read(struct slice row, struct pace_figures *ret);

#endif
