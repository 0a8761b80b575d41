/* dispatch.h: the daemon of accounts as data: its tables, its messages and who may send them, whom it follows. For
 * main.c and the tests. */
#ifndef SERVICES_ACCOUNTS_DISPATCH_H
#define SERVICES_ACCOUNTS_DISPATCH_H

#include "common/service/spec.h"

extern const struct service_spec accounts_spec;

#endif
