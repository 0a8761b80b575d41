/* policy.h: the rules on decisions beside those on publics and proofs (rules/eligibility.h): their real day, from when
 * on they may count, how far they are lengthened, what suspends them. Pure: the figures are data
 * (deploy/rules/eligibility.json). A no is a French text with the remedy. */
#ifndef SERVICES_TRACKING_ELIGIBILITY_POLICY_H
#define SERVICES_TRACKING_ELIGIBILITY_POLICY_H

#include "common/codec/refusal.h"
#include "services/tracking/persons/beneficiary.h"
#include "tracking/commands.pb-c.h"
#include "tracking/eligibility.pb-c.h"

/* What a decision rests on, and the days that it tells. */
struct deciding_days {
        struct day decided_on;
        struct day valid_from;
        const Types__Day *proof_dated; /* NULL: on no proof */
        const Types__Day *proof_seen;  /* NULL: not recorded beforehand */
        const char *retroactive_reason;
        bool eligible;
};
bool policy_days_hold(const Tracking__EligibilityVersion *policy, const struct deciding_days *days,
                      struct refusal *ret) ATTR_MUST_CHECK;

/* The period that holds on that day is lengthened by so many months. */
struct extending {
        const Tracking__EligibilityRow *row;
        const struct period *periods;
        size_t period_count;
        uint32_t months;
        struct day decided_on;
};
/* The decision that is lengthened; NULL with *ret. The days of what is added are in the two others. */
const Tracking__DecisionRow *policy_extend(const Tracking__EligibilityVersion *policy,
                                           const struct extending *extending, struct day *ret_from,
                                           struct day *ret_until, struct refusal *ret) ATTR_MUST_CHECK;

bool policy_may_suspend(const Tracking__EligibilityRow *row, const Tracking__SuspendEligibility *command,
                        struct refusal *ret) ATTR_MUST_CHECK;
bool policy_may_resume(const Tracking__EligibilityRow *row, const Tracking__ResumeEligibility *command,
                       struct refusal *ret) ATTR_MUST_CHECK;

/* The row of a list with that code; NULL: none. */
const Tracking__EligibilityReason *policy_reason(Tracking__EligibilityReason *const *reasons, size_t count,
                                                 const char *code);

/* A free text, without a social security number. */
bool policy_text_is_sound(const char *text, const char *field, struct refusal *ret) ATTR_MUST_CHECK;

#endif
