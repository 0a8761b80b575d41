/* reactions.h: what tracking does of its own accord where the kind of a contract was set right, or where its events are
 * older than that they say which work is private. Copies tell which contracts are private; the rows of placements and
 * invoices, what was told of them. Where these differ, an event says so, with all that was told: whoever counted it
 * moves it, without asking anybody. */
#ifndef SERVICES_TRACKING_REACTIONS_REACTIONS_H
#define SERVICES_TRACKING_REACTIONS_REACTIONS_H

#include "common/service/work.h"

/* Emits PlacementReclassified, InvoiceReclassified: of what hangs on the contract that an event amends. And what
 * proposals follow (proposals/proposals.h). */
void tracking_react_contracts(struct work *work, const struct event *event);
/* The same of every contract that is private. Asked once, when the copies are whole after the start. */
void reclassify_private(struct work *work);

/* Of a placement that came from another partition: is its contract private, as is known here? */
void reclassify_settle(struct work *work, struct id placement);

#endif
