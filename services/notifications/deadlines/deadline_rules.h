/* deadline_rules.h: the dated rules by which deadlines are reckoned: deploy/rules/deadlines.json, which says how long
 * before and after one is told, and the rules of contracts and tracking that say by when something is to be done. Read
 * once at start; any thread. */
#ifndef SERVICES_NOTIFICATIONS_DEADLINES_DEADLINE_RULES_H
#define SERVICES_NOTIFICATIONS_DEADLINES_DEADLINE_RULES_H

#include "common/base/id.h"
#include "common/codec/dated.h"
#include "contracts/consultation.pb-c.h"
#include "contracts/control.pb-c.h"
#include "notifications/deadlines.pb-c.h"
#include "tracking/followup.pb-c.h"
#include "tracking/outcomes.pb-c.h"

struct deadline_rules {
        struct dated deadlines, followup, outcomes, control, consultation;
        struct id digest; /* of all of it: where it is another, all is planned anew */
};

/* ERR_CONFIG, ERR_NOT_FOUND with the place: a kind without a rule for all departments, two rules for one. */
int deadline_rules_load(const char *directory, struct deadline_rules *ret, struct err_info *info) ATTR_MUST_CHECK;
void deadline_rules_fini(struct deadline_rules *rules); /* accepts a zeroed one */

/* The versions in force on that day. */
const Notifications__DeadlineVersion *deadline_version(const struct deadline_rules *rules, struct day day);
const Tracking__FollowUpVersion *deadline_followup(const struct deadline_rules *rules, struct day day);
const Tracking__OutcomesVersion *deadline_outcomes(const struct deadline_rules *rules, struct day day);
const Contracts__ControlRulesVersion *deadline_control(const struct deadline_rules *rules, struct day day);
/* So many days before it must be with all an answer is to be with the buyer. */
uint32_t deadline_send_days(const struct deadline_rules *rules, struct day day);

/* That of the department, else that of all. */
const Notifications__DeadlineRule *deadline_rule(const Notifications__DeadlineVersion *version,
                                                 Notifications__WaitKind kind, const char *territory);

#endif
