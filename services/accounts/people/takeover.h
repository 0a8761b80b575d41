/* takeover.h: until 2026-11-30 each gateway owned accounts. What their logs say is told again here, once, so that who
 * had a token goes on with it (docs/decisions/0077). A name that two gateways had given stays with the account that
 * comes first; the other's becomes "name@gateway". */
#ifndef SERVICES_ACCOUNTS_PEOPLE_TAKEOVER_H
#define SERVICES_ACCOUNTS_PEOPLE_TAKEOVER_H

#include "common/service/work.h"

/* The reaction to a gateway's event. */
void take_over(struct work *work, const struct event *event);

#endif
