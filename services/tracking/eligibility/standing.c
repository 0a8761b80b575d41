#include "services/tracking/eligibility/standing.h"

#include "common/codec/types.h"
#include "services/tracking/persons/decisions_rows.h"

static bool holds(const Tracking__SuspensionRow *suspension, struct day today)
{
        return !suspension->taken_back && suspension->suspended_from->days <= day_number(today) &&
               (suspension->suspended_until == NULL || suspension->suspended_until->days >= day_number(today));
}

static void find_period(struct standing *standing, const struct period *periods, size_t count, struct day today)
{
        for (size_t i = 0; i < count; i++) {
                standing->from = periods[i].from;
                standing->until = periods[i].until;
                standing->has_period = true;
                if (day_number(periods[i].until) >= day_number(today))
                        return; /* that holds, or the next one; else the last one remains */
        }
}

static void find_causes(struct standing *standing, const Tracking__EligibilityRow *row, struct day today)
{
        for (size_t i = 0; i < row->n_decisions; i++) {
                const Tracking__DecisionRow *decision = row->decisions[i];
                standing->waits |= decision->state == TRACKING__DECISION_STATE__DECISION_TO_CONFIRM;
                if (decision->state == TRACKING__DECISION_STATE__DECISION_STANDS)
                        standing->refusal = decision->eligible ? NULL : decision;
        }
        for (size_t i = 0; i < row->n_suspensions; i++)
                if (holds(row->suspensions[i], today))
                        standing->suspension = row->suspensions[i];
}

struct standing standing_of(const Tracking__EligibilityRow *row, struct day today)
{
        struct period periods[DECISIONS_MAX + 1];
        size_t count = eligibility_periods(row, periods);
        struct standing standing = {.standing = TRACKING__ELIGIBILITY_STANDING__NOT_DECIDED};
        find_period(&standing, periods, count, today);
        find_causes(&standing, row, today);
        bool is_over = standing.has_period && day_number(standing.until) < day_number(today);
        bool is_ahead = standing.has_period && day_number(standing.from) > day_number(today);
        if (standing.has_period && !is_over && !is_ahead)
                standing.standing = TRACKING__ELIGIBILITY_STANDING__ELIGIBLE;
        else if (standing.suspension != NULL)
                standing.standing = TRACKING__ELIGIBILITY_STANDING__SUSPENDED;
        else if (is_ahead)
                standing.standing = TRACKING__ELIGIBILITY_STANDING__ELIGIBLE_LATER;
        else if (standing.waits)
                standing.standing = TRACKING__ELIGIBILITY_STANDING__WAITING;
        else if (standing.refusal != NULL)
                standing.standing = TRACKING__ELIGIBILITY_STANDING__REFUSED;
        else if (is_over)
                standing.standing = TRACKING__ELIGIBILITY_STANDING__LAPSED;
        return standing;
}

void standing_join(struct standing *standing, const struct period *periods, size_t count, struct day today)
{
        const struct period *period = periods_meeting(periods, count, today, today);
        if (period == NULL)
                return;
        standing->standing = TRACKING__ELIGIBILITY_STANDING__ELIGIBLE;
        standing->has_period = true;
        standing->from = period->from;
        standing->until = period->until;
}

static struct next_step step_by(Tracking__EligibilityAction action, const char *actor)
{
        return (struct next_step){.action = action, .actor = actor};
}

struct next_step standing_next(const struct standing *standing, struct day today, uint32_t due_days, bool to_check)
{
        static const char facilitator[] = "un facilitateur du département";
        struct next_step step = step_by(TRACKING__ELIGIBILITY_ACTION__ELIGIBILITY_ACTION_UNKNOWN, "");
        if (standing->waits)
                return step_by(TRACKING__ELIGIBILITY_ACTION__CONFIRM,
                               "un autre facilitateur que celui qui a orienté et décidé");
        if (to_check)
                return step_by(TRACKING__ELIGIBILITY_ACTION__CHECK_HOURS, facilitator);
        switch (standing->standing) {
        case TRACKING__ELIGIBILITY_STANDING__NOT_DECIDED:
                return step_by(TRACKING__ELIGIBILITY_ACTION__DECIDE, facilitator);
        case TRACKING__ELIGIBILITY_STANDING__SUSPENDED:
                step = step_by(TRACKING__ELIGIBILITY_ACTION__END_SUSPENSION, facilitator);
                step.has_day = standing->suspension->suspended_until != NULL;
                if (step.has_day)
                        step.before = day_of(standing->suspension->suspended_until);
                return step;
        case TRACKING__ELIGIBILITY_STANDING__ELIGIBLE:
                if (day_number(standing->until) - day_number(today) > (int64_t)due_days)
                        return step;
                break;
        case TRACKING__ELIGIBILITY_STANDING__LAPSED: /* long ago: nobody waits for her any more */
                if (day_number(today) - day_number(standing->until) > (int64_t)due_days)
                        return step;
                break;
        case TRACKING__ELIGIBILITY_STANDING__ELIGIBILITY_STANDING_UNKNOWN:
        case TRACKING__ELIGIBILITY_STANDING__WAITING:
        case TRACKING__ELIGIBILITY_STANDING__ELIGIBLE_LATER:
        case TRACKING__ELIGIBILITY_STANDING__REFUSED:
        case TRACKING__ELIGIBILITY_STANDING__NOT_ELIGIBLE:
        case _TRACKING__ELIGIBILITY_STANDING_IS_INT_SIZE: return step;
        }
        step = step_by(TRACKING__ELIGIBILITY_ACTION__RENEW, facilitator);
        step.before = standing->until;
        step.has_day = true;
        return step;
}

Tracking__EligibilityStanding standing_for_others(Tracking__EligibilityStanding standing)
{
        switch (standing) {
        case TRACKING__ELIGIBILITY_STANDING__ELIGIBLE:
        case TRACKING__ELIGIBILITY_STANDING__ELIGIBLE_LATER: return standing;
        case TRACKING__ELIGIBILITY_STANDING__NOT_DECIDED:
        case TRACKING__ELIGIBILITY_STANDING__WAITING: return TRACKING__ELIGIBILITY_STANDING__WAITING;
        default: return TRACKING__ELIGIBILITY_STANDING__NOT_ELIGIBLE;
        }
}

bool standing_may_have_to_check(const Tracking__EligibilityRow *row)
{
        for (size_t i = 0; i < row->n_decisions; i++) {
                const Tracking__DecisionRow *decision = row->decisions[i];
                if (decision->state == TRACKING__DECISION_STATE__DECISION_STRUCK ||
                    (decision->state == TRACKING__DECISION_STATE__DECISION_STANDS && !decision->eligible))
                        return true;
        }
        return row->n_suspensions > 0;
}
