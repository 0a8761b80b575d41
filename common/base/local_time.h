/* local_time.h: which day it is on the wall of a French territory at an instant. Notices name days to people, and the
 * day of a referral made in Saint-Denis (La Réunion) at one in the morning is not its day in UTC. Pure.
 *
 * Only the offsets in force since 1996 (the European directive on summer time) are known. */
#ifndef COMMON_BASE_LOCAL_TIME_H
#define COMMON_BASE_LOCAL_TIME_H

#include "common/base/day.h"

/* `territory`: a department's code; any that is not overseas has the time of Paris. */
struct day local_day(const char *territory, int64_t at_ms);
/* Minutes since midnight on the same wall. */
int local_minutes(const char *territory, int64_t at_ms);

/* The instant at which it is that hour there on that day, 0 to 23; of an hour that the clock leaves out, the next one,
 * of one that comes twice, the first. */
int64_t local_instant(const char *territory, struct day day, int hour);

#endif
