#include "services/reporting/projections/worked.h"

#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "services/reporting/projections/persons.h"

static void count_month(struct txn *txn, const struct worked *worked, struct month_hours more)
{
        struct month_hours sum;
        struct key key = scope_key(year_of_day(month_first_day(worked->month)), worked->territory);
        key_u32(&key, (uint32_t)month_number(worked->month));
        row_get(txn, T_MONTH, &key, &sum, sizeof(sum));
        sum.worked_hundredths += more.worked_hundredths;
        sum.converted_hundredths += more.converted_hundredths;
        row_put(txn, T_MONTH, &key, &sum, sizeof(sum));
}

int32_t worked_day(const struct taking *taking, const Types__Day *told, const char *territory)
{
        return day_number(told == NULL ? local_day(territory, taking->event->at_ms) : day_of(told));
}

void worked_count_in_public(struct taking *taking, const struct worked *worked, int64_t hundredths)
{
        struct activity activity;
        const struct hours_change change = {
                .year = year_of_day(month_first_day(worked->month)),
                .modality = worked->modality,
                .hundredths = hundredths,
                .territory = worked->territory,
        };
        struct key scope = scope_key(change.year, change.territory);
        row_get(taking->txn, T_ACTIVITY, &scope, &activity, sizeof(activity));
        activity.hundredths[change.modality] += hundredths;
        row_put(taking->txn, T_ACTIVITY, &scope, &activity, sizeof(activity));
        take_sums(taking, T_ACTIVITY_MONTH, change.year, change.territory,
                  &(struct counted){.done_hundredths = hundredths});
        if (!id_is_zero(worked->person))
                persons_change(taking->txn, taking->arena, worked->person, &change);
        count_month(taking->txn, worked, (struct month_hours){.worked_hundredths = hundredths});
}

void worked_count(struct taking *taking, const struct worked *worked, int64_t hundredths)
{
        struct id obligation = id_of(worked->obligation_id);
        struct key key = key_of_id(obligation);
        struct work_done work;
        row_get(taking->txn, T_WORK, &key, &work, sizeof(work));
        work.hundredths[worked->modality] += hundredths;
        row_put(taking->txn, T_WORK, &key, &work, sizeof(work));
        take_work(taking, obligation,
                  (struct work_change){.hundredths = hundredths,
                                       .modality = worked->modality,
                                       .day = worked_day(taking, worked->on, worked->territory),
                                       .month = month_number(worked->month)});
        if (!worked->is_private)
                worked_count_in_public(taking, worked, hundredths);
}

void converted_count_in_public(struct taking *taking, const struct worked *converted, int64_t hundredths)
{
        struct activity activity;
        uint32_t year = year_of_day(month_first_day(converted->month));
        struct key scope = scope_key(year, converted->territory);
        row_get(taking->txn, T_ACTIVITY, &scope, &activity, sizeof(activity));
        activity.converted_hundredths += hundredths;
        row_put(taking->txn, T_ACTIVITY, &scope, &activity, sizeof(activity));
        take_sums(taking, T_ACTIVITY_MONTH, year, converted->territory,
                  &(struct counted){.converted_hundredths = hundredths});
        count_month(taking->txn, converted, (struct month_hours){.converted_hundredths = hundredths});
}

void converted_count(struct taking *taking, const struct worked *converted, int64_t hundredths)
{
        struct id obligation = id_of(converted->obligation_id);
        struct key key = key_of_id(obligation);
        struct work_done work;
        row_get(taking->txn, T_WORK, &key, &work, sizeof(work));
        work.converted_hundredths += hundredths;
        row_put(taking->txn, T_WORK, &key, &work, sizeof(work));
        take_work(taking, obligation,
                  (struct work_change){.converted_hundredths = hundredths,
                                       .day = worked_day(taking, converted->on, converted->territory),
                                       .month = month_number(converted->month)});
        if (!converted->is_private)
                converted_count_in_public(taking, converted, hundredths);
}
