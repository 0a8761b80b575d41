#include "services/tracking/rules/following.h"

#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"

const Tracking__SilenceRule *following_rule(const Tracking__FollowUpVersion *rules, Types__Modality modality)
{
        static const Tracking__SilenceRule none = TRACKING__SILENCE_RULE__INIT;
        for (size_t i = 0; i < rules->n_silences; i++)
                if (rules->silences[i]->modality == modality)
                        return rules->silences[i];
        return &none;
}

struct day following_act_by(const Tracking__SilenceRule *rule, struct day starts_on, struct day heard)
{
        bool is_first = day_number(heard) - day_number(starts_on) < (int32_t)rule->first_days;
        uint32_t silence = is_first ? rule->first_silence_days : rule->silence_days;
        return silence == 0 ? day_of_number(INT32_MAX) : day_of_number(day_number(heard) + (int32_t)silence);
}

int32_t following_shortest(const Tracking__FollowUpVersion *rules)
{
        uint32_t shortest = INT32_MAX;
        for (size_t i = 0; i < rules->n_silences; i++) {
                const Tracking__SilenceRule *rule = rules->silences[i];
                if (rule->first_silence_days > 0 && rule->first_silence_days < shortest)
                        shortest = rule->first_silence_days;
                if (rule->silence_days > 0 && rule->silence_days < shortest)
                        shortest = rule->silence_days;
        }
        return (int32_t)shortest;
}

Types__Day **following_visits(const Tracking__SilenceRule *rule, const Types__Day *starts_on, const Types__Day *ends_on,
                              struct arena *arena, size_t *ret_count)
{
        Types__Day **visits = arena_alloc(arena, (rule->n_visit_days + 1) * sizeof(*visits));
        *ret_count = 0;
        for (size_t i = 0; i < rule->n_visit_days; i++) {
                struct day day = day_of_number(starts_on->days + (int32_t)rule->visit_days[i]);
                if (ends_on == NULL || day_number(day) <= ends_on->days)
                        visits[(*ret_count)++] = day_to(arena, day);
        }
        return visits;
}

Tracking__VisitState following_visit_state(const Tracking__FollowUpVersion *rules, struct day planned_on, bool is_done,
                                           struct day today)
{
        if (is_done)
                return TRACKING__VISIT_STATE__VISIT_DONE;
        if (day_number(today) < day_number(planned_on))
                return TRACKING__VISIT_STATE__VISIT_PLANNED;
        return day_number(today) <= day_number(planned_on) + (int32_t)rules->visit_grace_days
                       ? TRACKING__VISIT_STATE__VISIT_DUE
                       : TRACKING__VISIT_STATE__VISIT_MISSED;
}

const Tracking__PresenceRule *following_presence(const Tracking__FollowUpVersion *rules, Tracking__Presence answer)
{
        static const Tracking__PresenceRule none = TRACKING__PRESENCE_RULE__INIT;
        for (size_t i = 0; i < rules->n_presences; i++)
                if (rules->presences[i]->answer == answer)
                        return rules->presences[i];
        return &none;
}

const Tracking__ContactKind *following_contact_kind(const Tracking__FollowUpVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_contact_kinds; i++)
                if (strcmp(rules->contact_kinds[i]->code, code) == 0)
                        return rules->contact_kinds[i];
        return NULL;
}

const Tracking__ContactResult *following_contact_result(const Tracking__FollowUpVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_contact_results; i++)
                if (strcmp(rules->contact_results[i]->code, code) == 0)
                        return rules->contact_results[i];
        return NULL;
}

const Tracking__ActionKind *following_action_kind(const Tracking__FollowUpVersion *rules, const char *code)
{
        for (size_t i = 0; i < rules->n_action_kinds; i++)
                if (strcmp(rules->action_kinds[i]->code, code) == 0)
                        return rules->action_kinds[i];
        return NULL;
}
