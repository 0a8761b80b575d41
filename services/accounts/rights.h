/* rights.h: the table of rights of accounts. Run by the engine before any handler: what a handler then finds is the
 * actor's to read, or to change. */
#ifndef SERVICES_ACCOUNTS_RIGHTS_H
#define SERVICES_ACCOUNTS_RIGHTS_H

#include "common/service/rights.h"

extern const struct rights accounts_rights;

#endif
