/* schedule.h: when a mail that did not go is tried again. Pure: no clock, no timer. Called when a failure is recorded,
 * so that the time of the next attempt stands in the event. Times are UTC milliseconds. */
#ifndef SERVICES_NOTIFICATIONS_SCHEDULE_H
#define SERVICES_NOTIFICATIONS_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

enum {
        SCHEDULE_FIRST_DELAY_MS = 30 * 1000,
        SCHEDULE_DELAY_MS_MAX = 6 * 3600 * 1000,
        SCHEDULE_ATTEMPTS_MAX = 10, /* four hours and a quarter after the first */
};

struct schedule {
        bool given_up;
        int64_t retry_at_ms; /* 0 where given up */
};

/* After attempt number `attempt` (1 is the first) failed at now_ms. `permanent`: the other side will never take it. */
struct schedule schedule_after_failure(uint32_t attempt, bool permanent, int64_t now_ms);

#endif
