/* service.h: the running process, for services that do more than answer messages (gateway: HTTP; notifications: mail).
 * Everything here is for the loop thread only. */
#ifndef COMMON_SERVICE_SERVICE_H
#define COMMON_SERVICE_SERVICE_H

#include <uv.h>

#include "common/bus/client.h"
#include "common/service/spec.h"
#include "common/service/topology.h"

struct jobs;

uv_loop_t *service_loop(struct service *service);
struct engine *service_engine(struct service *service);
const struct topology *service_topology(struct service *service);
const struct instance *service_instance(struct service *service);
struct jobs *service_jobs(struct service *service);     /* NULL: there are none, or not yet */
struct bus *service_bus(struct service *service);       /* to hear what another daemon tells */
struct client *service_client(struct service *service); /* asks other daemons, answers come on the loop */

/* Has `fn` run by the writer in its next batch, as a piece of work without an actor; `done` (may be NULL) comes on the
 * loop thread after the commit: 0, or why it did not happen. `argument` stays the caller's. */
void service_write(struct service *service, void (*fn)(struct work *work, void *argument),
                   void (*done)(void *argument, int err), void *argument);

/* All that the daemons it follows have told is taken in, as far as it has heard. One that is silent from the start on
 * is waited for a minute. */
bool service_is_abreast(struct service *service);

/* A read snapshot for the loop thread: between begin and end, nothing may wait. */
struct txn *service_begin_read(struct service *service);
void service_end_read(struct service *service, struct txn *txn);

/* This process signs passports with its own key (gateways). */
struct slice service_sign_passport(struct service *service, const Wire__Passport *passport, struct arena *arena);
/* As which it asks other daemons in its own name: role SERVICE, everywhere, for five minutes. */
struct slice service_own_passport(struct service *service, struct arena *arena);

#endif
