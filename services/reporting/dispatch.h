/* dispatch.h: the reporting daemon as data: what may be asked, and whose events its read
 * models are made from. */
#ifndef SERVICES_REPORTING_DISPATCH_H
#define SERVICES_REPORTING_DISPATCH_H

#include "common/service/spec.h"

extern const struct service_spec reporting_spec;

#endif
