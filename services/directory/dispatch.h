/* dispatch.h: the directory daemon as data: its methods with who may ask for them, its tables, its apply(). It follows
 * no other daemon. main.c runs it; tests open an engine on it. */
#ifndef SERVICES_DIRECTORY_DISPATCH_H
#define SERVICES_DIRECTORY_DISPATCH_H

#include "common/service/spec.h"

extern const struct service_spec directory_spec;

#endif
