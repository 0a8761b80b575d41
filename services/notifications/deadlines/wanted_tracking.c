/* What persons, placements and proposals have wait. A restricted file, and one that was merged into another, has nobody
 * wait: nobody may act on it. */
#include "common/codec/types.h"
#include "services/notifications/deadlines/followed_rows.h"
#include "services/notifications/deadlines/wanted.h"
#include "tracking/outcomes.pb-c.h"

static bool may_be_acted_on(const struct wanting *wanting, const Types__Id *person)
{
        const Notifications__FollowedPerson *row = followed_person(wanting->txn, id_of(person), wanting->arena);
        return row == NULL || !row->restricted;
}

static bool is_open_file(const Notifications__FollowedPerson *person)
{
        return !person->restricted && !person->merged;
}

/* --- persons ----------------------------------------------------------------------------------------------------- */

static struct want of_person(const struct wanting *wanting, const Notifications__FollowedPerson *person)
{
        return (struct want){
                .role = TYPES__ROLE__FACILITATOR,
                .territory = person->territory,
                .thing = id_to(wanting->arena, wanting->subject),
        };
}

void want_decision(struct wanting *wanting)
{
        const Notifications__FollowedPerson *person = wanting->thing->person;
        struct want want = of_person(wanting, person);
        if (!is_open_file(person) || person->decided || person->decision_id != NULL || person->referred_on == NULL)
                return;
        want.since = day_of(person->referred_on);
        wanted_add(wanting, &want);
}

void want_confirmation(struct wanting *wanting)
{
        const Notifications__FollowedPerson *person = wanting->thing->person;
        struct want want = of_person(wanting, person);
        if (!is_open_file(person) || person->decision_id == NULL || person->proposed_on == NULL)
                return;
        want.since = day_of(person->proposed_on);
        wanted_add(wanting, &want);
}

void want_renewal(struct wanting *wanting)
{
        const Notifications__FollowedPerson *person = wanting->thing->person;
        struct want want = of_person(wanting, person);
        if (!is_open_file(person) || !person->decided || person->valid_until == NULL)
                return;
        struct day until = day_of(person->valid_until);
        want.since = until;
        want.since_shown = true;
        want.until = &until;
        wanted_add(wanting, &want);
}

/* --- placements -------------------------------------------------------------------------------------------------- */

static struct want of_placement(const struct wanting *wanting, const Notifications__FollowedPlacement *placement)
{
        return (struct want){
                .role = TYPES__ROLE__FACILITATOR,
                .territory = placement->territory,
                .thing = id_to(wanting->arena, wanting->subject),
                .label = placement->employer_name,
                .is_private = placement->is_private,
        };
}

static struct day heard_on(const Notifications__FollowedPlacement *placement)
{
        struct day heard = day_of(placement->starts_on);
        for (size_t i = 0; i < placement->n_contacts; i++)
                if (placement->contacts[i]->counts && placement->contacts[i]->day != NULL)
                        heard = day_later(heard, day_of(placement->contacts[i]->day));
        return heard;
}

/* As tracking's services/tracking/rules/following.h reckons, by the same dated rule. */
void want_contact(struct wanting *wanting)
{
        const Notifications__FollowedPlacement *placement = wanting->thing->placement;
        struct want want = of_placement(wanting, placement);
        if (placement->ended_on != NULL || placement->starts_on == NULL ||
            !may_be_acted_on(wanting, placement->beneficiary_id))
                return;
        struct day heard = heard_on(placement), until;
        const Tracking__FollowUpVersion *rules = deadline_followup(wanting->rules, heard);
        for (size_t i = 0; i < rules->n_silences; i++) {
                const Tracking__SilenceRule *rule = rules->silences[i];
                bool is_first = day_number(heard) - placement->starts_on->days < (int32_t)rule->first_days;
                uint32_t days = is_first ? rule->first_silence_days : rule->silence_days;
                if (rule->modality != placement->modality || days == 0)
                        continue;
                until = day_plus(heard, (int32_t)days);
                want.since = heard;
                want.until = &until;
                wanted_add(wanting, &want);
                return;
        }
}

void want_placement_end(struct wanting *wanting)
{
        const Notifications__FollowedPlacement *placement = wanting->thing->placement;
        struct want want = of_placement(wanting, placement);
        if (placement->ended_on != NULL || placement->ends_on == NULL ||
            !may_be_acted_on(wanting, placement->beneficiary_id))
                return;
        struct day until = day_of(placement->ends_on);
        want.since = until;
        want.since_shown = true;
        want.until = &until;
        wanted_add(wanting, &want);
}

/* Of the company where she works; a direct hire has a tutor from the first. */
void want_tutor(struct wanting *wanting)
{
        const Notifications__FollowedPlacement *placement = wanting->thing->placement;
        struct want want = of_placement(wanting, placement);
        if (placement->ended_on != NULL || !placement->lacks_tutor || placement->n_tutors > 0 ||
            placement->starts_on == NULL || !may_be_acted_on(wanting, placement->beneficiary_id))
                return;
        want.role = TYPES__ROLE__COMPANY;
        want.organisation = placement->host;
        want.since = day_of(placement->starts_on);
        wanted_add(wanting, &want);
}

/* Of several answers that of the latest day holds, of one day the one that was given last. */
void want_gone(struct wanting *wanting)
{
        const Notifications__FollowedPlacement *placement = wanting->thing->placement;
        const Notifications__FollowedPresence *last = NULL;
        struct want want = of_placement(wanting, placement);
        struct day until;
        for (size_t i = 0; i < placement->n_presences; i++) {
                const Notifications__FollowedPresence *one = placement->presences[i];
                if (one->day != NULL && (last == NULL || one->day->days >= last->day->days))
                        last = one;
        }
        if (placement->ended_on != NULL || last == NULL || !last->is_gone ||
            !may_be_acted_on(wanting, placement->beneficiary_id))
                return;
        want.since = day_of(last->day);
        if (last->act_by != NULL) {
                until = day_of(last->act_by);
                want.until = &until;
        }
        wanted_add(wanting, &want);
}

/* --- outcomes ---------------------------------------------------------------------------------------------------- */

static bool is_answered(const Notifications__FollowedPlacement *placement, Tracking__OutcomeMoment at)
{
        for (size_t i = 0; i < placement->n_answered; i++)
                if (placement->answered[i] == (uint32_t)at)
                        return true;
        return false;
}

static void want_outcome(struct wanting *wanting, const Tracking__OutcomeMomentRule *rule)
{
        const Notifications__FollowedPlacement *placement = wanting->thing->placement;
        struct want want = of_placement(wanting, placement);
        int months = rule->at == TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS      ? 6
                     : rule->at == TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS ? 12
                                                                              : 0;
        struct day on = day_add_months(day_of(placement->ended_on), months);
        struct day until = day_plus(on, (int32_t)rule->ask_within_days);
        struct day dropped = day_plus(on, (int32_t)rule->asked_until_days);
        if (is_answered(placement, rule->at) || (placement->has_withdrawn && months > 0))
                return;
        want.since = day_plus(on, -(int32_t)rule->early_days);
        want.shown = &want.since;
        want.until = &until;
        want.dropped = &dropped;
        want.part = want.detail = (uint32_t)rule->at;
        wanted_add(wanting, &want);
}

void want_outcomes(struct wanting *wanting)
{
        const Notifications__FollowedPlacement *placement = wanting->thing->placement;
        if (placement->ended_on == NULL || !day_valid(day_of(placement->ended_on)) || placement->is_continued ||
            !may_be_acted_on(wanting, placement->beneficiary_id))
                return;
        const Tracking__OutcomesVersion *rules = deadline_outcomes(wanting->rules, day_of(placement->ended_on));
        for (size_t i = 0; i < rules->n_moments; i++)
                want_outcome(wanting, rules->moments[i]);
}

/* --- hours ------------------------------------------------------------------------------------------------------- */

/* Who signs the work contract states the hours. */
static struct want of_employer(const struct wanting *wanting, const Notifications__FollowedPlacement *placement)
{
        struct want want = of_placement(wanting, placement);
        want.role = placement->modality == TYPES__MODALITY__DIRECT_HIRE ? TYPES__ROLE__COMPANY : TYPES__ROLE__STRUCTURE;
        want.organisation = placement->employer;
        want.is_month = true;
        return want;
}

/* The month behind the last one of which something is known: one at a time, for whoever owes several begins with it. */
void want_hours(struct wanting *wanting)
{
        const Notifications__FollowedPlacement *placement = wanting->thing->placement;
        struct want want = of_employer(wanting, placement);
        if (placement->starts_on == NULL || !may_be_acted_on(wanting, placement->beneficiary_id))
                return;
        int32_t month = month_number(month_of_day(day_of(placement->starts_on)));
        for (size_t i = 0; i < placement->n_months; i++)
                if (placement->months[i]->hours != NOTIFICATIONS__FOLLOWED_HOURS__HOURS_ABSENT &&
                    placement->months[i]->month >= month)
                        month = placement->months[i]->month + 1;
        const Types__Day *last = placement->ended_on != NULL ? placement->ended_on : placement->ends_on;
        if (last != NULL && month > month_number(month_of_day(day_of(last))))
                return;
        want.part = (uint32_t)month;
        want.since = month_first_day(month_of_number(month + 1));
        wanted_add(wanting, &want);
}

void want_hours_again(struct wanting *wanting)
{
        const Notifications__FollowedPlacement *placement = wanting->thing->placement;
        for (size_t i = 0; i < placement->n_months; i++) {
                struct want want = of_employer(wanting, placement);
                if (placement->months[i]->hours != NOTIFICATIONS__FOLLOWED_HOURS__HOURS_SENT_BACK)
                        continue;
                want.part = (uint32_t)placement->months[i]->month;
                want.since = day_of(placement->months[i]->day);
                wanted_add(wanting, &want);
        }
}

void want_validation(struct wanting *wanting)
{
        const Notifications__FollowedPlacement *placement = wanting->thing->placement;
        for (size_t i = 0; i < placement->n_months; i++) {
                struct want want = of_placement(wanting, placement);
                Notifications__FollowedHours hours = placement->months[i]->hours;
                if (hours != NOTIFICATIONS__FOLLOWED_HOURS__HOURS_STATED &&
                    hours != NOTIFICATIONS__FOLLOWED_HOURS__HOURS_DOUBTED)
                        continue;
                want.detail = hours == NOTIFICATIONS__FOLLOWED_HOURS__HOURS_DOUBTED ? WAIT_IN_DOUBT : 0;
                want.part = (uint32_t)placement->months[i]->month;
                want.is_month = true;
                want.since = day_of(placement->months[i]->day);
                wanted_add(wanting, &want);
        }
}
