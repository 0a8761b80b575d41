/* contract_scope.h: who looks at whole territories, and who may know of what hangs on a contract: what contracts keeps
 * from others of a private one is kept from them here too. Asked by every room that shows such things. Reads copies. */
#ifndef SERVICES_TRACKING_COPIES_CONTRACT_SCOPE_H
#define SERVICES_TRACKING_COPIES_CONTRACT_SCOPE_H

#include "common/service/work.h"

/* Does it look at whole territories (facilitator, coordinator, auditor), or at what is its own? */
bool scope_is_watcher(const Wire__Passport *actor);
/* May it see what hangs on this obligation: all but those whom a private contract is not for. Of its partners, the
 * placement tells. */
bool scope_reads_obligation(const struct work *work, struct id obligation);

#endif
