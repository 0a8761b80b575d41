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

struct reply handle_put_clause(struct work *work, const ProtobufCMessage *message);
struct reply handle_calibrate(struct work *work, const ProtobufCMessage *message);
struct reply handle_compare_calibrations(struct work *work, const ProtobufCMessage *message);

void apply_clause_put(const struct change *change, const Contracts__Event *event);
void tell_clause_put(struct telling *telling, const Contracts__Event *event);

#endif
