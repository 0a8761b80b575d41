/* ceilings.h: penalties of a plan against the dated ceilings of deploy/rules/control.json. Pure. What goes beyond one
 * is told to whoever keeps the plan and to whoever signs a letter, with its source; a ceiling that refuses is kept. */
#ifndef SERVICES_CONTRACTS_CONTROL_CEILINGS_H
#define SERVICES_CONTRACTS_CONTROL_CEILINGS_H

#include "common/base/day.h"
#include "common/codec/refusal.h"
#include "contracts/control.pb-c.h"
#include "services/contracts/record/to_confirm.h"

struct ceilings_of {
        const Contracts__ControlPlan *plan;
        const Contracts__ControlRulesVersion *rules;
        const Types__Money *amount; /* of the contract, where it is known: amount_trusted() */
        struct day today;           /* whose rates a multiple is of */
};

bool ceilings_allow(const struct ceilings_of *of, struct arena *arena, struct refusal *ret_refusal) ATTR_MUST_CHECK;
void ceilings_doubt(const struct ceilings_of *of, struct to_confirm *list);

#endif
