/* replaced.h: which event replaces what, and that others are told of it (others.h). Called by the runtime. */
#ifndef SERVICES_TRACKING_PAGE_REPLACED_H
#define SERVICES_TRACKING_PAGE_REPLACED_H

#include "common/service/versions.h"

extern const struct versions tracking_versions;

#endif
