/* levers.h: how well each of the four levers fits a line of a programme, and why. Pure: no I/O, clock or store. Called
 * by the handlers of the room. The figures are those of levers.json: for each fact, bands that give points for or
 * against a lever, each with its sentence; a fact that is not known gives none, and is told as missing. The machine
 * proposes: nothing here decides. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_LEVERS_H
#define SERVICES_CONTRACTS_PROGRAMMING_LEVERS_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "contracts/clauses.pb-c.h"
#include "contracts/programming.pb-c.h"
#include "contracts/reserved.pb-c.h"

struct lever_inputs {
        const Contracts__LeverRulesVersion *rules;
        const Contracts__CalibrationVersion *calibration; /* whose trades tell the share of labour */
        const Contracts__ReservationEss *ess;             /* which services may be reserved to the social economy */
        const Contracts__ProgrammeLine *line;
        const Contracts__ObligationCheck *check;
        const char *territory; /* department; "": not known */
        uint32_t suppliers;    /* inclusive structures there */
        struct day today;
};

/* The assessment, in the arena. */
Contracts__LineAssessment *levers_assess(const struct lever_inputs *inputs, struct arena *arena);

/* The lever's part of an assessment; there is one for each of the four. */
const Contracts__LeverFit *levers_fit(const Contracts__LineAssessment *assessment, Contracts__Lever lever);

const char *lever_name(Contracts__Lever lever); /* French */

#endif
