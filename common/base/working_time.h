/* working_time.h: how many hours fit between two days, at so many a day and a calendar week. Pure. */
#ifndef COMMON_BASE_WORKING_TIME_H
#define COMMON_BASE_WORKING_TIME_H

#include "common/base/day.h"

int32_t weekday(int32_t day); /* Monday is 0 */
/* At most, from day to day, both included. Weeks end on Sunday: the first may be short, and the last. */
int64_t hours_between(struct day first, struct day last, int64_t daily, int64_t weekly);

#endif
