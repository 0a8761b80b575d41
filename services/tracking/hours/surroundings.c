#include "services/tracking/hours/surroundings.h"

#include "common/base/french.h"
#include "common/codec/types.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"

const Tracking__HoursVersion *hours_rules(const struct work *work, struct month month)
{
        return dated_on(&tracking_of(work)->hours, month_first_day(month));
}

int64_t hours_of_month_before(const struct work *work, struct id id, struct month month)
{
        struct statement before;
        return tracking_statement(work->txn, month_of_number(month_number(month) - 1), id, &before)
                       ? statement_counts(&before)
                       : -1;
}

static void add_other(const struct work *work, const struct figure *figure, struct id id, struct month_facts *facts)
{
        struct placement other;
        struct statement statement;
        if (id_equal(id, figure->id) || !tracking_statement(work->txn, figure->month, id, &statement) ||
            !tracking_placement(work->txn, id, &other) || !scope_reads_placement(work, &other))
                return;
        int64_t hours = statement_counts(&statement);
        facts->elsewhere += hours;
        if (hours == figure->stated && !id_is_zero(other.employer) &&
            id_equal(other.employer, figure->placement->employer))
                facts->is_twice = true;
}

static void add_others(const struct work *work, const struct figure *figure, struct month_facts *facts)
{
        struct files files = identity_files(work->txn, figure->placement->beneficiary);
        if (figure->placement->is_alone && files.count == 1)
                return;                            /* most of them: no other row is read */
        for (size_t i = 0; i < files.count; i++) { /* of one person, who may have several files */
                struct walk walk;
                struct id id;
                placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(files.at[i]), slice_of(NULL, 0),
                                &walk);
                while (walk_next(&walk, &id))
                        add_other(work, figure, id, facts);
                walk_end(&walk);
        }
}

/* Of the employer, for the same obligation, dated in the month: its staff's hours may be in it. NULL: none. */
static const char *invoice_of_month(const struct work *work, const struct figure *figure)
{
        const struct placement *placement = figure->placement;
        if (placement->modality == TYPES__MODALITY__DIRECT_HIRE || id_is_zero(placement->employer))
                return NULL;
        const Tracking__InvoiceRow *row = tracking_invoice_of_month(
                work->txn, placement->obligation, placement->employer, month_number(figure->month), work->arena);
        return row == NULL ? NULL : row->invoice->number;
}

struct covered hours_covered(const struct work *work, const struct placement *placement, struct month month)
{
        struct period periods[PERSON_PERIODS_MAX], days = {.cut = false};
        struct covered ret = {.is_all = true};
        if (!placement_days_in(placement, month, &days.from, &days.until))
                return ret;
        if (day_number(days.until) <= day_number(placement->granted_until)) { /* no row is read */
                ret.periods[ret.count++] = days;
                return ret;
        }
        size_t count = identity_periods(work->txn, placement->beneficiary, periods, work->arena);
        ret.count = placement_covered(placement, periods, count, days, ret.periods);
        ret.is_all = ret.count == 1 && day_number(ret.periods[0].from) == day_number(days.from) &&
                     day_number(ret.periods[0].until) == day_number(days.until);
        return ret;
}

char *hours_covered_told(const struct covered *covered, struct arena *arena)
{
        char *text = arena_text(arena, covered->is_all ? "" : covered->count == 0 ? "non éligible" : "éligible");
        for (size_t i = 0; i < covered->count && !covered->is_all; i++)
                text = arena_printf(arena, "%s%s du %s au %s", text, i > 0 ? " et" : "",
                                    french_day(arena, covered->periods[i].from),
                                    french_day(arena, covered->periods[i].until));
        return text;
}

void hours_look(const struct work *work, const struct figure *figure, struct findings *ret)
{
        struct month_facts facts = {
                .placement = figure->placement,
                .month = figure->month,
                .today = work->today,
                .stated = figure->stated,
                .before = hours_of_month_before(work, figure->id, figure->month),
                .sees_others = work->actor != NULL && scope_is_watcher(work->actor),
        };
        add_others(work, figure, &facts);
        struct covered covered;
        if (facts.sees_others) {
                covered = hours_covered(work, figure->placement, figure->month);
                facts.covered = covered.periods;
                facts.covered_count = covered.count;
        }
        facts.invoice = facts.sees_others ? invoice_of_month(work, figure) : NULL;
        month_check(hours_rules(work, figure->month), &facts, work->arena, ret);
}
