/* penalty.h: what a clause's penalties come to. Pure, exact: fractions of a cent are cut, in favour of the one who
 * pays. Nothing here decides anything: the result is the most that the buyer can decide. */
#ifndef SERVICES_CONTRACTS_CONTROL_PENALTY_H
#define SERVICES_CONTRACTS_CONTROL_PENALTY_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/control.pb-c.h"

struct penalty_facts {
        const Contracts__ControlPlan *plan;
        const Contracts__ControlRulesVersion *rules; /* for the rates */
        Contracts__CaseGround ground;
        struct day due_on;    /* of the statement; the day of opening in the other cases */
        struct day served_on; /* the formal notice */
        struct day until;     /* the statement was complete, or today */
        struct hours missing; /* late, or not done at the end, and not settled before; not negative */
        struct money decided; /* of all other cases of the obligation, for the cap */
};

struct penalty {
        struct money computed; /* after the cap */
        bool capped;
        struct hours hours; /* that it is about; zero for lateness */
        uint32_t days;      /* late; zero for hours */
        char *formula;      /* French, with its figures; in the arena */
};

/* False with *ret_refusal (WRONG_STATE): the clause has no penalty for this ground, or it cannot be told in cents. */
bool penalty_compute(const struct penalty_facts *facts, struct arena *arena, struct penalty *ret,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* What the plan says an hour or a day costs, for letters. In the arena. */
char *penalty_told(const Contracts__ControlPlan *plan, const Contracts__ControlRulesVersion *rules,
                   Contracts__CaseGround ground, struct arena *arena);

bool ground_is_about_hours(Contracts__CaseGround ground);

#endif
