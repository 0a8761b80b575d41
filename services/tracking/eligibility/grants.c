#include "services/tracking/eligibility/grants.h"

#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/coverage.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/rules/context.h"

static struct day earlier(struct day a, struct day b)
{
        return day_number(a) < day_number(b) ? a : b;
}

static struct day later(struct day a, struct day b)
{
        return day_number(a) > day_number(b) ? a : b;
}

static struct day day_before(struct day day)
{
        return day_of_number(day_number(day) - 1);
}

/* ---- until when hours count */

/* What a person's row said before, and says then. */
struct comparison {
        const struct work *work;
        const Tracking__EligibilityRow *row;
        const struct period *before;
        size_t before_count;
        const struct grants *after;
};

/* By the work contract as it is now: a CDI counts longer. */
static struct day stretched(const struct work *work, struct id id, const struct period *period)
{
        const Tracking__PlacementFile *file = tracking_placement_file(work->txn, id, work->arena);
        Tracking__PlacementTerms **terms;
        if (file == NULL)
                return period->until;
        size_t count = placement_terms(file, work->arena, &terms);
        return placement_granted(&tracking_of(work)->rules, period, terms[count - 1]->work_contract,
                                 terms[count - 1]->ends_on);
}

/* A refusal or a suspension that begins behind the period ends what a work contract adds to it. */
static struct day bounded(const Tracking__EligibilityRow *row, const struct period *period, struct day granted)
{
        for (size_t i = 0; i < row->n_decisions; i++) {
                const Tracking__DecisionRow *decision = row->decisions[i];
                if (decision->state == TRACKING__DECISION_STATE__DECISION_STANDS && !decision->eligible &&
                    decision->valid_from->days > day_number(period->until))
                        granted = earlier(granted, day_before(day_of(decision->valid_from)));
        }
        for (size_t i = 0; i < row->n_suspensions; i++) {
                const Tracking__SuspensionRow *suspension = row->suspensions[i];
                if (!suspension->taken_back && suspension->suspended_from->days > day_number(period->until))
                        granted = earlier(granted, day_before(day_of(suspension->suspended_from)));
        }
        return granted;
}

/* What was granted by the rules of its day stays, as long as the period goes on. */
static struct day granted_then(const struct comparison *c, struct id id, const struct placement *placement)
{
        struct day starts = placement->starts_on;
        const struct period *before = periods_meeting(c->before, c->before_count, starts, starts);
        const struct period *after = periods_meeting(c->after->periods, c->after->period_count, starts, starts);
        if (after == NULL)
                return day_before(starts);
        if (after->cut)
                return after->until;
        bool goes_on = before != NULL && !before->cut && day_number(before->from) == day_number(after->from) &&
                       day_number(before->until) <= day_number(after->until);
        return bounded(c->row, after,
                       goes_on ? later(placement->granted_until, after->until) : stretched(c->work, id, after));
}

static void add_grant(const struct work *work, struct grants *grants, struct id id, struct day until)
{
        Tracking__PlacementGrant *grant = pb_new(&tracking__placement_grant__descriptor, work->arena);
        grant->placement_id = id_to(work->arena, id);
        grant->granted_until = day_to(work->arena, until);
        grants->rows = pb_append(grants->rows, &grants->count, sizeof(*grants->rows), work->arena);
        grants->rows[grants->count - 1] = grant;
}

/* By all of her files: this one as it will be, the others as they are. */
static void put_periods(const struct work *work, const struct files *files, struct id beneficiary,
                        const Tracking__EligibilityRow *row, struct grants *grants)
{
        struct period of_file[DECISIONS_MAX + 1];
        for (size_t i = 0; i < files->count; i++) {
                bool is_this = id_equal(files->at[i], beneficiary);
                const Tracking__BeneficiaryRow *other =
                        is_this ? NULL : tracking_beneficiary(work->txn, files->at[i], work->arena);
                size_t count = is_this         ? eligibility_periods(row, of_file)
                               : other == NULL ? 0
                                               : periods_of(other, of_file);
                for (size_t n = 0; n < count; n++)
                        grants->period_count = periods_grant(grants->periods, grants->period_count, of_file[n]);
        }
}

static void grant_file(const struct comparison *comparison, struct id file, struct grants *ret)
{
        struct placement placement;
        struct walk walk;
        struct id id;
        placements_walk(comparison->work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(file), slice_of(NULL, 0),
                        &walk);
        while (walk_next(&walk, &id)) {
                if (!tracking_placement(comparison->work->txn, id, &placement))
                        continue; /* the transaction has failed; its commit will tell */
                struct day granted = granted_then(comparison, id, &placement);
                if (day_number(granted) != day_number(placement.granted_until))
                        add_grant(comparison->work, ret, id, granted);
        }
        walk_end(&walk);
}

void grants_of(const struct work *work, struct id beneficiary, const Tracking__EligibilityRow *row, struct grants *ret)
{
        struct period before[PERSON_PERIODS_MAX];
        struct files files = identity_files(work->txn, beneficiary);
        struct comparison comparison = {work, row, before,
                                        identity_periods(work->txn, beneficiary, before, work->arena), ret};
        *ret = (struct grants){0};
        put_periods(work, &files, beneficiary, row, ret);
        for (size_t i = 0; i < files.count; i++)
                grant_file(&comparison, files.at[i], ret);
}

Types__Day *grants_last_day(const struct grants *grants, struct arena *arena)
{
        return grants->period_count == 0 ? NULL : day_to(arena, grants->periods[grants->period_count - 1].until);
}

void grants_refresh(struct placement *placement, const Tracking__PlacementGrant *grant, const struct period *periods,
                    size_t count)
{
        if (grant != NULL)
                placement->granted_until = day_of(grant->granted_until);
        placement->eligible_until =
                count == 0 ? placement->granted_until : later(placement->granted_until, periods[count - 1].until);
}

/* ---- what nothing covers any more */

static const Tracking__PlacementGrant *grant_for(const struct grants *grants, struct id id)
{
        for (size_t i = 0; i < grants->count; i++)
                if (id_equal(id_of(grants->rows[i]->placement_id), id))
                        return grants->rows[i];
        return NULL;
}

static void add_month(const struct work *work, struct to_check *found, struct id id, struct month month,
                      const struct statement *statement)
{
        Tracking__MonthToCheck *one = pb_new(&tracking__month_to_check__descriptor, work->arena);
        one->placement_id = id_to(work->arena, id);
        one->month = month_to(work->arena, month);
        one->hours = hours_to(work->arena, hours_of_hundredths(statement_counts(statement)));
        one->validated = statement->validated_hundredths != STATEMENT_NOT_VALIDATED;
        found->rows = pb_append(found->rows, &found->count, sizeof(*found->rows), work->arena);
        found->rows[found->count - 1] = one;
}

static void check_placement(const struct work *work, struct id id, const struct placement *placement,
                            const struct grants *then, struct to_check *found)
{
        int32_t last = month_number(placement_last_month(placement, work->today));
        for (int32_t n = month_number(month_of_day(placement->starts_on)); n <= last && found->count < TO_CHECK_MAX;
             n++) {
                struct month month = month_of_number(n);
                struct statement statement;
                struct day from, until;
                if (tracking_statement(work->txn, month, id, &statement) && statement_counts(&statement) > 0 &&
                    placement_days_in(placement, month, &from, &until) &&
                    !placement_is_covered(placement, then->periods, then->period_count, from, until))
                        add_month(work, found, id, month, &statement);
        }
}

static void check_file(const struct work *work, struct id file, const struct grants *grants, const struct grants *then,
                       struct to_check *found)
{
        struct placement placement;
        struct walk walk;
        struct id id;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(file), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                if (!tracking_placement(work->txn, id, &placement))
                        continue; /* the transaction has failed; its commit will tell */
                if (grants != NULL)
                        grants_refresh(&placement, grant_for(grants, id), grants->periods, grants->period_count);
                check_placement(work, id, &placement, then, found);
        }
        walk_end(&walk);
}

struct to_check grants_to_check(const struct work *work, struct id beneficiary, const struct grants *grants)
{
        struct files files = identity_files(work->txn, beneficiary);
        struct to_check found = {0};
        struct grants now = {0};
        now.period_count = identity_periods(work->txn, beneficiary, now.periods, work->arena);
        for (size_t i = 0; i < files.count; i++)
                check_file(work, files.at[i], grants, grants != NULL ? grants : &now, &found);
        return found;
}
