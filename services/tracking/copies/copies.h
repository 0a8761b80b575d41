/* copies.h: what tracking keeps of the other daemons' events, so that no command has to ask them. Copy functions write
 * TABLE_COPY rows and nothing else; replaying the source's log gives the same bytes. Events of no interest pass. */
#ifndef SERVICES_TRACKING_COPIES_COPIES_H
#define SERVICES_TRACKING_COPIES_COPIES_H

#include "common/service/work.h"

void tracking_copy_contracts(struct txn *txn, struct arena *arena, const struct event *event); /* obligations */
void tracking_copy_directory(struct txn *txn, struct arena *arena, const struct event *event); /* organisations */

#endif
