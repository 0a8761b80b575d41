/* planning.h: what waits is held against what the facts want, and the difference recorded as WaitsPlanned. The
 * reaction to each event plans the things that it touched. All things are planned once where the rules are others than
 * those that they were planned by (a new file of rules, a store of before deadlines): piece by piece, beside the daily
 * work. */
#ifndef SERVICES_NOTIFICATIONS_PLANNING_H
#define SERVICES_NOTIFICATIONS_PLANNING_H

#include "common/service/spec.h"

/* Behind the copy of the same event. */
void planning_react_to_tracking(struct work *work, const struct event *event);
void planning_react_to_contracts(struct work *work, const struct event *event);

/* A thing alone: the day has come on which something of it waits no more. */
void planning_thing(struct work *work, struct id thing);

/* The next piece of all things. False: all are planned by the rules of today. */
bool planning_next_piece(struct work *work);

/* As service_spec.committed: goes on while there is something to plan. */
void planning_committed(struct service *service, void *context);

#endif
