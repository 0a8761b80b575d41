/* network_verify.h: every daemon of a topology proves its store with its own --verify, and what they say is told as a
 * table on standard output. For verify, and for backups that prove themselves. */
#ifndef SERVICES_CTL_NETWORK_VERIFY_H
#define SERVICES_CTL_NETWORK_VERIFY_H

#include "common/service/topology.h"

/* CTL_DONE, or CTL_FAILED after a complaint. */
int network_verify(const struct topology *topology);

#endif
