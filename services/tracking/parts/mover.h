/* mover.h: what moves parts away from here, each step by step, on the loop thread, for ever until it is done: a row of
 * table `part` says where each stands, so that a start goes on where the last one ended.
 *
 *   asked (OpenPart) -> accepted -> [ held -> sent (PutPartRecords, PutPartDocument) -> taken (TakePart) -> gone ]*
 *                    -> closed (ClosePart) -> ended
 *
 * The one decision is the other's commit of TakePart: before it the step is here, behind it there. What asks gets no
 * answer asks again, ever later; every question may be asked twice. */
#ifndef SERVICES_TRACKING_PARTS_MOVER_H
#define SERVICES_TRACKING_PARTS_MOVER_H

#include "common/service/service.h"

struct tracking;
struct movers;
struct movers *movers_new(struct service *service, struct tracking *tracking);
void movers_look(struct movers *movers); /* after commits */
void movers_close(struct movers *movers);

#endif
