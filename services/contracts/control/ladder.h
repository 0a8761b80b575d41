/* ladder.h: the order of the steps of a case, and what each of them asks for. Pure. No step can be skipped: a refusal
 * (WRONG_STATE) names the step that is missing.
 *
 *   open -> company reminded -> buyer told -> notice drafted -> notice served (by the buyer) -> [contradictory period]
 *        -> proposed (by the facilitator) -> decided (by the buyer), or catching up, which leads back to a proposal
 *
 * A case may be closed before the notice is served and after the decision; in between only the buyer
 * closes it. */
#ifndef SERVICES_CONTRACTS_CONTROL_LADDER_H
#define SERVICES_CONTRACTS_CONTROL_LADDER_H

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/codec/refusal.h"
#include "contracts/control.pb-c.h"

enum ladder_action {
        LADDER_REMIND,
        LADDER_WARN,
        LADDER_DRAFT,
        LADDER_SERVE,
        LADDER_OBSERVE,
        LADDER_PROPOSE,
        LADDER_DECIDE,
        LADDER_CLOSE,
        LADDER_ACTIONS
};

/* Whether the case is at a step from which this can be done. `by_buyer`: with the buyer's own account, which may decide
 * anew what was recorded for it, and close a case at any step. */
bool ladder_allows(const Contracts__ControlCase *record, enum ladder_action action, bool by_buyer,
                   struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The contradictory period, or the plan of catching up, is over. */
bool ladder_period_over(const Contracts__ControlCase *record, struct day today,
                        struct refusal *ret_refusal) ATTR_MUST_CHECK;

struct ladder_terms {
        struct day decided_on;
        const struct money *left; /* what the cap leaves now; NULL: no cap */
};
/* The buyer's choice against the proposal: the amount that it makes. */
bool ladder_amount(const Contracts__ControlCase *record, const Contracts__DecideCase *decision,
                   const struct ladder_terms *terms, struct money *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The reminder of the calendar that a sending on that day is: the last one whose day has come. False: none has. */
bool ladder_reminder(const Contracts__ReminderRule *rule, struct day due_on, struct day sent_on, int32_t *ret_offset);

bool case_is_open(const Contracts__ControlCase *record);
bool case_is_decided(const Contracts__ControlCase *record); /* and costs or settles something: not a plan */

/* What comes next and who does it, in French; "" for a closed case. */
const char *ladder_next(const Contracts__ControlCase *record);

const char *ground_told(Contracts__CaseGround ground);

#endif
