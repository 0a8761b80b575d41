/* opening.h: whether a case of control may be opened on the day that the work is about (work_as_of()): its ground is
 * checked, not believed. Called by OpenCase and by the list of running contracts. */
#ifndef SERVICES_CONTRACTS_CONTROL_OPENING_H
#define SERVICES_CONTRACTS_CONTROL_OPENING_H

#include "services/contracts/control/loaded_control.h"

/* False with *ret_refusal: no plan, the ground is not so, or a case is open on it. */
bool opening_decide(const struct work *work, const struct loaded_control *loaded, const Contracts__OpenCase *command,
                    struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* What is recorded of it then. */
Contracts__CaseOpened *opening_event(struct work *work, const struct loaded_control *loaded,
                                     const Contracts__OpenCase *command);

#endif
