/* ground.h: whether what a case is opened for is true, today. Called when a case is opened, before each step that leans
 * on it, and when it is closed as made good. */
#ifndef SERVICES_CONTRACTS_CONTROL_GROUND_H
#define SERVICES_CONTRACTS_CONTROL_GROUND_H

#include "services/contracts/control/loaded_control.h"

/* False with *ret_refusal (WRONG_STATE, or INVALID_FIELD where ground or period_end is not one): what the facts are. */
bool ground_stands(const struct work *work, const struct loaded_control *loaded, Contracts__CaseGround ground,
                   const Types__Day *period_end, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The same of the matter's case; the refusal says to close it. */
bool case_stands(const struct work *work, const struct loaded_control *loaded,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
