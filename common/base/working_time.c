#include "common/base/working_time.h"

enum { WEEK = 7 };

/* 1970-01-01 was a Thursday. */
int32_t weekday(int32_t day)
{
        enum { THURSDAY = 3 };
        return ((day + THURSDAY) % WEEK + WEEK) % WEEK;
}

static int64_t least(int64_t a, int64_t b)
{
        return a < b ? a : b;
}

int64_t hours_between(struct day first, struct day last, int64_t daily, int64_t weekly)
{
        int64_t days = (int64_t)day_number(last) - day_number(first) + 1;
        if (days <= 0)
                return 0;
        int64_t before = WEEK - weekday(day_number(first)); /* to the first Sunday, which counts */
        if (before > days)
                before = days;
        int64_t weeks = (days - before) / WEEK, after = (days - before) % WEEK;
        return least(before * daily, weekly) + weeks * least(WEEK * daily, weekly) + least(after * daily, weekly);
}
