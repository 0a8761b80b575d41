/* days.h: two days, and a day some days later. Any number does no harm: beyond the range it is the nearest there is. */
#ifndef COMMON_BASE_DAYS_H
#define COMMON_BASE_DAYS_H

#include "common/base/day.h"

static inline bool day_equal(struct day a, struct day b)
{
        return day_number(a) == day_number(b);
}

static inline struct day day_earlier(struct day a, struct day b)
{
        return day_number(a) < day_number(b) ? a : b;
}

static inline struct day day_later(struct day a, struct day b)
{
        return day_number(a) > day_number(b) ? a : b;
}

static inline struct day day_plus(struct day day, int32_t days)
{
        int64_t sum = (int64_t)day_number(day) + days;
        return day_of_number(sum < INT32_MIN ? INT32_MIN : sum > INT32_MAX ? INT32_MAX : (int32_t)sum);
}

#endif
