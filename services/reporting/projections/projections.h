/* projections.h: from an event to rows. One file a source service. Pure on the transaction: the same events give the
 * same rows, in whatever order the services come. */
#ifndef SERVICES_REPORTING_PROJECTIONS_PROJECTIONS_H
#define SERVICES_REPORTING_PROJECTIONS_PROJECTIONS_H

#include "common/service/work.h"

void project_contracts(struct txn *txn, struct arena *arena, const struct event *event);
void project_tracking(struct txn *txn, struct arena *arena, const struct event *event);
void project_directory(struct txn *txn, struct arena *arena, const struct event *event);

#endif
