/* plan.h: how a clause is controlled. Pure. Called by PutControlPlan and by the check of the rules file. */
#ifndef SERVICES_CONTRACTS_CONTROL_PLAN_H
#define SERVICES_CONTRACTS_CONTROL_PLAN_H

#include "common/base/arena.h"
#include "common/codec/refusal.h"
#include "contracts/control.pb-c.h"
#include "contracts/record.pb-c.h"

enum {
        PLAN_DUE_DAY_MAX = 28, /* every month has it */
        PLAN_EURO_PER_DAY_MAX = 10000,
        PLAN_EURO_PER_HOUR_MAX = 1000,
        PLAN_MULTIPLE_MAX = 100,
        PLAN_WORKING_DAYS_MAX = 60,
        PLAN_CONTRADICTORY_DAYS_MAX = 90,
};

/* Whether a complete plan can be kept. */
bool plan_check(const Contracts__ControlPlan *plan, const Contracts__ControlRulesVersion *rules,
                struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Whether the contract's yearly report is asked for, and when: into the plan. False: of no concession it can be. */
bool plan_set_report(Contracts__ControlPlan *plan, const Contracts__ControlRulesVersion *rules,
                     const Contracts__ContractRecord *record, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What is asked for (NULL: nothing), and for the rest what the model says. The parts are borrowed from both. */
Contracts__ControlPlan *plan_complete(const Contracts__ControlPlan *asked, const Contracts__ControlPlan *model,
                                      struct arena *arena);

#endif
