/* dispatch.h: the daemon as data: which messages it takes from whom, which events it follows. Used by main.c, tests and
 * tools that open its store (verify). */
#ifndef SERVICES_CONTRACTS_DISPATCH_H
#define SERVICES_CONTRACTS_DISPATCH_H

#include "common/service/spec.h"

extern const struct service_spec contracts_spec;

#endif
