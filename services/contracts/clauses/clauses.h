/* clauses.h: clauses on lots and their calculation. One function a message, in the file of its name, called
 * through dispatch.c, which has checked the role; apply_ and tell_ functions are called through events.c. */
#ifndef SERVICES_CONTRACTS_CLAUSES_CLAUSES_H
#define SERVICES_CONTRACTS_CLAUSES_CLAUSES_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define CLAUSES_DATED(DATED)                                                                                           \
        DATED(CALIBRATION, "calibration", contracts__calibration_rules__descriptor)
CLAUSES_DATED(DATED_NUMBER)

#endif
