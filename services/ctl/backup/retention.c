#include "services/ctl/backup/retention.h"

#include "common/base/day.h"
#include "common/base/working_time.h"

static int64_t each_one(int64_t at_ms)
{
        return at_ms;
}

static int64_t day_of(int64_t at_ms)
{
        return day_number(day_of_instant_ms(at_ms));
}

/* Its Monday. */
static int64_t week_of(int64_t at_ms)
{
        int32_t day = day_number(day_of_instant_ms(at_ms));
        return day - weekday(day);
}

static int64_t month_of(int64_t at_ms)
{
        return month_number(month_of_day(day_of_instant_ms(at_ms)));
}

bool retention_is_set(const struct retention *retention)
{
        return retention->last + retention->daily + retention->weekly + retention->monthly > 0;
}

/* The newest of each of the `most` newest periods. */
static void keep_newest(uint64_t most, int64_t (*period_of)(int64_t at_ms), const int64_t *at_ms, size_t count,
                        bool *keep)
{
        for (size_t i = 0; i < count && most > 0; i++) {
                if (i > 0 && period_of(at_ms[i]) == period_of(at_ms[i - 1]))
                        continue;
                keep[i] = true;
                most--;
        }
}

void retention_choose(const struct retention *retention, const int64_t *at_ms, size_t count, bool *ret_keep)
{
        for (size_t i = 0; i < count; i++)
                ret_keep[i] = !retention_is_set(retention);
        keep_newest(retention->last, each_one, at_ms, count, ret_keep);
        keep_newest(retention->daily, day_of, at_ms, count, ret_keep);
        keep_newest(retention->weekly, week_of, at_ms, count, ret_keep);
        keep_newest(retention->monthly, month_of, at_ms, count, ret_keep);
}
