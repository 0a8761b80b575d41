#include "services/tracking/hours/surroundings.h"

#include "common/base/days.h"
#include "common/base/french.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/persons/birth.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
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

/* ---- the person's placements */

static int64_t stated_of(const struct work *work, struct month month, struct id id)
{
        struct statement statement;
        return tracking_statement(work->txn, month, id, &statement) && statement.mark != STATEMENT_RETURNED
                       ? statement_counts(&statement)
                       : 0;
}

/* The months around this one in which it ran; this one itself where it is another's. */
static void add_around(const struct work *work, const struct figure *figure, struct id id,
                       const struct placement *placement, struct month_facts *facts)
{
        int32_t middle = month_number(figure->month);
        int32_t first = month_number(month_of_day(placement->starts_on));
        int32_t last = month_number(placement_last_month(placement, work->today));
        bool is_this = id_equal(id, figure->id);
        facts->ran_from = day_earlier(facts->ran_from, placement->starts_on);
        facts->ran_until = day_later(facts->ran_until, placement_last_day(placement));
        for (int i = 0; i < AROUND_MONTHS; i++) {
                int32_t month = middle - THIS_MONTH + i;
                if (month < first || month > last || (is_this && i == THIS_MONTH))
                        continue;
                facts->around[i] += stated_of(work, month_of_number(month), id);
        }
}

/* Security: what the reader may not read is counted in the whole of the person for watchers alone, and of no private
 * contract. Others would find out, figure by figure, what she works elsewhere. */
static void add_other(const struct work *work, const struct figure *figure, struct id id, struct month_facts *facts)
{
        struct placement other;
        struct statement statement;
        if (id_equal(id, figure->id) || !tracking_placement(work->txn, id, &other))
                return;
        bool reads = scope_reads_placement(work, &other);
        if (!reads && (!facts->sees_others || !scope_reads_obligation(work, other.obligation)))
                return;
        add_around(work, figure, id, &other, facts);
        if (!reads || !tracking_statement(work->txn, figure->month, id, &statement))
                return;
        int64_t hours = statement_counts(&statement);
        facts->elsewhere += hours;
        if (hours == figure->stated && !id_is_zero(other.employer) &&
            id_equal(other.employer, figure->placement->employer))
                facts->is_twice = true;
}

static void add_placements(const struct work *work, const struct figure *figure, struct month_facts *facts)
{
        facts->ran_from = figure->placement->starts_on;
        facts->ran_until = placement_last_day(figure->placement);
        add_around(work, figure, figure->id, figure->placement, facts);
        if (work->actor == NULL)
                return;
        struct files files = identity_files(work->txn, figure->placement->beneficiary);
        if (figure->placement->is_alone && files.count == 1)
                return;                            /* most of them: no other's row is read */
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

/* ---- her age */

/* The first day on which she may be eighteen, where anything is known of her birth. Only that a figure is over what a
 * minor may work leaves this room. */
static struct day of_age_on(const struct work *work, const struct placement *placement)
{
        enum { OF_AGE_MONTHS = 18 * 12 };
        const struct day unknown = day_of_number(DAY_NO_AGE);
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, placement->beneficiary, work->arena);
        int err;
        if (row == NULL || placement->is_frozen)
                return unknown;
        const Tracking__Sealed *content = work_unseal(work, placement->beneficiary, pb_slice(row->sealed_identity),
                                                      &tracking__sealed__descriptor, &err);
        if (content == NULL || content->content_case != TRACKING__SEALED__CONTENT_IDENTITY)
                return unknown;
        struct birth birth = birth_of(content->identity);
        return birth.year == 0 ? unknown : day_add_months(birth_days(birth, work->today, 0, 0).first, OF_AGE_MONTHS);
}

/* Watchers, and who signs her contract, which knows how old she is. */
static bool may_be_told_of_age(const struct work *work, const struct placement *placement, bool is_watcher)
{
        return is_watcher || (work->actor != NULL && passport_is_organisation(work->actor, placement->employer));
}

/* ---- */

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
                .of_age_on = day_of_number(DAY_NO_AGE),
                .life = contract_life_of(work->txn,
                                         tracking_obligation(work->txn, figure->placement->obligation, work->arena),
                                         work->arena),
        };
        const Tracking__HoursVersion *rules = hours_rules(work, figure->month);
        struct covered covered;
        add_placements(work, figure, &facts);
        facts.sees_age = may_be_told_of_age(work, figure->placement, facts.sees_others);
        if (month_asks_for_age(rules, &facts))
                facts.of_age_on = of_age_on(work, figure->placement);
        if (facts.sees_others) {
                covered = hours_covered(work, figure->placement, figure->month);
                facts.covered = covered.periods;
                facts.covered_count = covered.count;
        }
        facts.invoice = facts.sees_others ? invoice_of_month(work, figure) : NULL;
        month_check(rules, &facts, work->arena, ret);
}
