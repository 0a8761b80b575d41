#include "services/tracking/eligibility/grants.h"

#include "common/base/days.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/coverage.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/rules/context.h"

/* ---- until when hours count */

/* What was said of a person before, and what is said then. */
struct comparison {
        const struct work *work;
        const struct vouched *before;
        const struct grants *after;
};

/* By the work contract as it is now: a CDI counts longer. */
static struct day stretched(const struct comparison *c, struct id id, const struct placement *placement)
{
        const Tracking__PlacementFile *file = tracking_placement_file(c->work->txn, id, c->work->arena);
        Tracking__PlacementTerms **terms;
        if (file == NULL)
                return day_plus(placement->starts_on, -1);
        size_t count = placement_terms(file, c->work->arena, &terms);
        const struct granting granting = {
                .rules = &tracking_of(c->work)->rules,
                .vouched = &c->after->vouched,
                .work_contract = terms[count - 1]->work_contract,
                .ends_on = terms[count - 1]->ends_on,
                .starts_on = placement->starts_on,
        };
        return placement_stretched(&granting);
}

/* What was granted by the rules of its day stays, as long as the period goes on. */
static struct grant granted_then(const struct comparison *c, struct id id, const struct placement *placement)
{
        struct day starts = placement->starts_on;
        const struct vouched *then = &c->after->vouched;
        const struct period *before = periods_meeting(c->before->periods, c->before->period_count, starts, starts);
        const struct period *whole = periods_meeting(then->whole, then->whole_count, starts, starts);
        bool goes_on = before != NULL && !before->cut && whole != NULL && !whole->cut &&
                       day_number(before->from) == day_number(whole->from) &&
                       day_number(before->until) <= day_number(whole->until);
        struct day until = goes_on ? placement_before_refusals(then, whole->until,
                                                               day_later(placement->granted_until, whole->until))
                                   : stretched(c, id, placement);
        return placement_granted_within(then, starts, until, placement->counts_until);
}

static void add_grant(const struct work *work, struct grants *grants, struct id id, const struct grant *granted)
{
        Tracking__PlacementGrant *grant = pb_new(&tracking__placement_grant__descriptor, work->arena);
        grant->placement_id = id_to(work->arena, id);
        grant->granted_until = day_to(work->arena, granted->until);
        grant->again_from = day_unless_open(work->arena, granted->again_from);
        grant->again_until = day_unless_open(work->arena, granted->again_until);
        grants->rows = pb_append(grants->rows, &grants->count, sizeof(*grants->rows), work->arena);
        grants->rows[grants->count - 1] = grant;
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
                struct grant granted = granted_then(comparison, id, &placement);
                if (!day_equal(granted.until, placement.granted_until) ||
                    !day_equal(granted.again_from, placement.again_from) ||
                    !day_equal(granted.again_until, placement.again_until))
                        add_grant(comparison->work, ret, id, &granted);
        }
        walk_end(&walk);
}

void grants_of(const struct work *work, struct id beneficiary, const Tracking__EligibilityRow *row, struct grants *ret)
{
        struct vouched before;
        struct files files = identity_files(work->txn, beneficiary);
        struct comparison comparison = {work, &before, ret};
        *ret = (struct grants){0};
        vouched_of(work->txn, beneficiary, NULL, work->arena, &before);
        vouched_of(work->txn, beneficiary, row, work->arena, &ret->vouched);
        for (size_t i = 0; i < files.count; i++)
                grant_file(&comparison, files.at[i], ret);
}

Types__Day *grants_last_day(const struct grants *grants, struct arena *arena)
{
        const struct vouched *vouched = &grants->vouched;
        return vouched->period_count == 0 ? NULL : day_to(arena, vouched->periods[vouched->period_count - 1].until);
}

void grants_refresh(struct placement *placement, const Tracking__PlacementGrant *grant, const struct period *periods,
                    size_t count)
{
        if (grant != NULL) {
                placement->granted_until = day_of(grant->granted_until);
                placement->again_from = day_or_open(grant->again_from);
                placement->again_until = day_or_open(grant->again_until);
        }
        placement_tell_until(placement, periods, count);
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
                    !placement_is_covered(placement, then->vouched.periods, then->vouched.period_count, from, until))
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
                        grants_refresh(&placement, grant_for(grants, id), grants->vouched.periods,
                                       grants->vouched.period_count);
                check_placement(work, id, &placement, then, found);
        }
        walk_end(&walk);
}

struct to_check grants_to_check(const struct work *work, struct id beneficiary, const struct grants *grants)
{
        struct files files = identity_files(work->txn, beneficiary);
        struct to_check found = {0};
        struct grants now = {0};
        if (grants == NULL)
                vouched_of(work->txn, beneficiary, NULL, work->arena, &now.vouched);
        for (size_t i = 0; i < files.count; i++)
                check_file(work, files.at[i], grants, grants != NULL ? grants : &now, &found);
        return found;
}
