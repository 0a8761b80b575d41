/* clauses.h: clauses on lots and their calculation. Its dated rules are read at start, by rooms.c. */
#ifndef SERVICES_CONTRACTS_CLAUSES_CLAUSES_H
#define SERVICES_CONTRACTS_CLAUSES_CLAUSES_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define CLAUSES_DATED(DATED) DATED(CALIBRATION, "calibration", contracts__calibration_rules__descriptor)
CLAUSES_DATED(DATED_NUMBER)

#endif
