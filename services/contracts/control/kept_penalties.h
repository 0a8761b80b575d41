/* kept_penalties.h: what the CCAP that was handed to the buyer says that lateness and missing hours cost, and whether a
 * plan of control says the same. Pure. Called by PutControlPlan, by KeepDraft (drafting/) and by letters. */
#ifndef SERVICES_CONTRACTS_CONTROL_KEPT_PENALTIES_H
#define SERVICES_CONTRACTS_CONTROL_KEPT_PENALTIES_H

#include "common/base/arena.h"
#include "common/codec/refusal.h"
#include "contracts/control.pb-c.h"
#include "contracts/file.pb-c.h"

/* NULL: no CCAP of that lot was handed over. `file` may be NULL. */
const Contracts__KeptPenalties *kept_penalties_of(const Contracts__ContractFile *file, uint32_t lot);

/* Takes the penalties that are asked for, or those that were kept where none are. INVALID_FIELD where others are asked
 * for. `plan` is what is being put together. */
bool kept_penalties_take(const Contracts__KeptPenalties *kept, const Contracts__ControlPlan *asked,
                         Contracts__ControlPlan *plan, struct arena *arena,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* French: how the plan differs from what was kept; NULL: it does not. In the arena. */
char *kept_penalties_differ(const Contracts__KeptPenalties *kept, const Contracts__ControlPlan *plan,
                            struct arena *arena);

#endif
