/* rights.h: the table of rights of tracking. Run by the engine before any handler: what a handler then finds is the
 * actor's to read, or to change. */
#ifndef SERVICES_TRACKING_RIGHTS_H
#define SERVICES_TRACKING_RIGHTS_H

#include "common/service/rights.h"

extern const struct rights tracking_rights;

#endif
