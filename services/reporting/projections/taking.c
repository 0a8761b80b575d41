#include "services/reporting/projections/taking.h"

#include "common/base/local_time.h"
#include "common/codec/types.h"

void take_owed(struct taking *taking, struct id contract, Reporting__OwedChange change)
{
        struct key key = change_key(contract, taking->event->source, taking->event->number);
        key_u32(&key, taking->rows++);
        change.cause = taking->cause;
        change.recorded_at = instant_to(taking->arena, taking->event->at_ms);
        change.happened_on = (Types__Day *)(uintptr_t)taking->on;
        change.reason = taking->reason == NULL ? (char *)"" : (char *)(uintptr_t)taking->reason;
        txn_put_message(taking->txn, T_OWED_CHANGE, key_slice(&key), &change, taking->arena);
}

void take_work(struct taking *taking, struct id obligation, struct work_change change)
{
        struct key key = change_key(obligation, taking->event->source, taking->event->number);
        key_u32(&key, taking->rows++);
        change.cause = (uint32_t)taking->cause;
        change.recorded_at_ms = taking->event->at_ms;
        row_put(taking->txn, T_WORK_CHANGE, &key, &change, sizeof(change));
}

static void add_sums(struct taking *taking, size_t table, struct key key, const struct counted *more)
{
        struct counted sum;
        row_get(taking->txn, table, &key, &sum, sizeof(sum));
        sum.due_hundredths += more->due_hundredths;
        sum.remaining_hundredths += more->remaining_hundredths;
        sum.surplus_hundredths += more->surplus_hundredths;
        sum.waived_hundredths += more->waived_hundredths;
        sum.done_hundredths += more->done_hundredths;
        sum.converted_hundredths += more->converted_hundredths;
        sum.contracts += more->contracts;
        sum.with_clause += more->with_clause;
        sum.obligations += more->obligations;
        sum.needs += more->needs;
        sum.positions += more->positions;
        sum.placements += more->placements;
        row_put(taking->txn, table, &key, &sum, sizeof(sum));
}

void take_sums(struct taking *taking, size_t table, uint32_t year, const char *territory, const struct counted *more)
{
        static const struct counted nothing;
        const char *const territories[] = {territory, EVERYWHERE};
        struct month month = month_of_day(local_day(territory, taking->event->at_ms));
        if (year == 0 || memcmp(more, &nothing, sizeof(nothing)) == 0)
                return; /* no report is of no year */
        for (size_t i = 0; i < ARRAY_SIZE(territories); i++) {
                struct key key = scope_key(year, territories[i]);
                key_i32(&key, month_number(month));
                key_u32(&key, (uint32_t)taking->cause);
                add_sums(taking, table, key, more);
        }
}
