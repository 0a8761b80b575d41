/* health.h: asks every instance of the network how it is, all at once. For wait, status and journey. */
#ifndef SERVICES_CTL_HEALTH_H
#define SERVICES_CTL_HEALTH_H

#include "services/ctl/session.h"
#include "runtime/queries.pb-c.h"

/* ret_replies[i] is the answer of the topology's i-th instance, in the arena; NULL where none came in timeout_ms. The
 * state of a gateway that serves but does not answer over HTTP is HEALTH_DEAF (http_probe.h). */
void health_ask_all(struct session *session, uint32_t timeout_ms, struct arena *arena,
                    const Runtime__HealthReply **ret_replies);

/* Waits until all serve and have taken in everything that the others have told: true, or false after timeout_ms. */
bool health_wait_settled(struct session *session, uint32_t timeout_ms) ATTR_MUST_CHECK;

/* Lets time pass, and drops answers that come too late for the question they belong to. */
void health_pause(struct session *session, uint32_t ms);

/* Events that the instance's sources have told and it has not taken in. */
uint64_t health_lag(const Runtime__HealthReply *reply);

#endif
