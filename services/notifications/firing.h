/* firing.h: what is done when an instant of a wait comes: it is shown in the day of whom it waits for, its notice is
 * posted, or nobody waits any more. As a kind of job without run(): exactly once. */
#ifndef SERVICES_NOTIFICATIONS_FIRING_H
#define SERVICES_NOTIFICATIONS_FIRING_H

#include "common/service/jobs.h"

extern const struct job_kind firing_kind;

#endif
