/* control.h: control of clauses: calendar of statements, progress, and the ladder that ends in the buyer's decision.
 * */
#ifndef SERVICES_CONTRACTS_CONTROL_CONTROL_H
#define SERVICES_CONTRACTS_CONTROL_CONTROL_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define CONTROL_DATED(DATED)                                                                                           \
        DATED(CONTROL, "control", contracts__control_rules__descriptor)                                                \
        DATED(CONTROL_TEXTS, "control_texts", texts__text_library__descriptor)
CONTROL_DATED(DATED_NUMBER)

#endif
