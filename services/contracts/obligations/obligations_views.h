/* obligations_views.h: an obligation as queries show it. Called by query handlers; everything returned lives in the
 * work's arena. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_VIEWS_H
#define SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_VIEWS_H

#include "services/contracts/ledger/ledger_rows.h"

/* Without its entries. */
Contracts__ObligationView *view_of_obligation(const struct work *work, const Contracts__ObligationRecorded *obligation);

#endif
