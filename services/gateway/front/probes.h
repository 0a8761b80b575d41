/* probes.h: /health and /metrics: every instance of the topology is asked, all at once, and what came within half a
 * second is told. */
#ifndef SERVICES_GATEWAY_FRONT_PROBES_H
#define SERVICES_GATEWAY_FRONT_PROBES_H

#include "common/base/arena.h"

struct visit;

void probes_health(struct visit *visit);
void probes_metrics(struct visit *visit);

/* The lines of all texts (ended by NULL), those of one metric together, as the format of Prometheus wants them. */
char *probes_merge(const char *const *texts, struct arena *arena);

#endif
