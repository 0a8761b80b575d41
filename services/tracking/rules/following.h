/* following.h: how closely a placement is followed, by the dated rules (deploy/rules/followup.json): after how long a
 * silence somebody acts, which visits are planned, when one is due, missed or done. Pure: no store, no clock. */
#ifndef SERVICES_TRACKING_RULES_FOLLOWING_H
#define SERVICES_TRACKING_RULES_FOLLOWING_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/day.h"
#include "tracking/followup.pb-c.h"

/* Of a modality that the rules do not name: one that asks for nothing. */
const Tracking__SilenceRule *following_rule(const Tracking__FollowUpVersion *rules, Types__Modality modality);

/* The day by which somebody acts where nobody was heard since `heard`; the first phase of a placement is closer. Where
 * the rule asks for nothing, no day comes (INT32_MAX). */
struct day following_act_by(const Tracking__SilenceRule *rule, struct day starts_on, struct day heard);
/* The shortest silence of all rules: who was heard since is not to be looked at. */
int32_t following_shortest(const Tracking__FollowUpVersion *rules);

/* The visits of a placement that begins then; ends_on NULL: open-ended. None behind its foreseen end. */
Types__Day **following_visits(const Tracking__SilenceRule *rule, const Types__Day *starts_on, const Types__Day *ends_on,
                              struct arena *arena, size_t *ret_count);
Tracking__VisitState following_visit_state(const Tracking__FollowUpVersion *rules, struct day planned_on, bool is_done,
                                           struct day today);

/* What an answer on her presence leads to; of one that the rules do not name: nothing. */
const Tracking__PresenceRule *following_presence(const Tracking__FollowUpVersion *rules, Tracking__Presence answer);

/* Codes of the dated lists; NULL where there is none of that name. */
const Tracking__ContactKind *following_contact_kind(const Tracking__FollowUpVersion *rules, const char *code);
const Tracking__ContactResult *following_contact_result(const Tracking__FollowUpVersion *rules, const char *code);
const Tracking__ActionKind *following_action_kind(const Tracking__FollowUpVersion *rules, const char *code);

#endif
