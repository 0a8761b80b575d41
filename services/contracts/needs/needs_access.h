/* needs_access.h: whose a need is (record/access.h). Called by handlers at the places marked "Security:". */
#ifndef SERVICES_CONTRACTS_NEEDS_NEEDS_ACCESS_H
#define SERVICES_CONTRACTS_NEEDS_NEEDS_ACCESS_H

#include "services/contracts/record/access.h"

bool access_need(const struct work *work, const Contracts__NeedDeclared *need);

/* A need of a private contract is told to prescribers and structures of its territory without the company's name: the
 * event does not have it, and whoever may not see the obligation is not told. */
bool access_need_company(const struct work *work, const Contracts__NeedDeclared *need);

#endif
