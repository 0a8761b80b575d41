/* rights.h: the table of rights of gateway. Run by the engine before any handler: what a handler then finds is the
 * actor's to read, or to change. */
#ifndef SERVICES_GATEWAY_RIGHTS_H
#define SERVICES_GATEWAY_RIGHTS_H

#include "common/service/rights.h"

extern const struct rights gateway_rights;

#endif
