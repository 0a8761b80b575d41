/* organisations_events.h: the only place where the directory's rows change: from its own events, when they happen and
 * at every replay. Called by the runtime. */
#ifndef SERVICES_DIRECTORY_ORGANISATIONS_ORGANISATIONS_EVENTS_H
#define SERVICES_DIRECTORY_ORGANISATIONS_ORGANISATIONS_EVENTS_H

#include "common/service/versions.h"
#include "common/service/work.h"

extern const struct versions directory_versions; /* an organisation's stands in its row */

#endif
