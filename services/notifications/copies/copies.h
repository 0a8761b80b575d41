/* copies.h: what notifications keeps of the other daemons' events: which contracts and placements are private today,
 * which links may still open something, and what organisations are called. A notice was written when its event came;
 * whether it is private is asked when it is read. Copy functions write TABLE_COPY rows and nothing else; replaying
 * the source's log gives the same bytes. Events of no interest pass. */
#ifndef SERVICES_NOTIFICATIONS_COPIES_COPIES_H
#define SERVICES_NOTIFICATIONS_COPIES_COPIES_H

#include "common/service/work.h"

void copy_from_contracts(struct txn *txn, struct arena *arena, const struct event *event);
void copy_from_tracking(struct txn *txn, struct arena *arena, const struct event *event);
void copy_links(struct txn *txn, struct arena *arena, const struct event *event);
void copy_organisations(struct txn *txn, struct arena *arena, const struct event *event);

#endif
