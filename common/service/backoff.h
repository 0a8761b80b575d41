/* backoff.h: when what did not go is tried again. Pure: no clock, no timer. Called when a failure is recorded, so that
 * the time of the next attempt stands in the event. Times are UTC milliseconds. */
#ifndef COMMON_SERVICE_BACKOFF_H
#define COMMON_SERVICE_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

/* The first delay, then twice as long each time, never longer than the longest; after so many attempts, no more. */
struct backoff {
        int64_t first_ms, longest_ms;
        uint32_t attempts_max;
};

struct verdict {
        uint32_t attempt; /* the one that failed; 1 is the first */
        bool given_up;
        int64_t retry_at_ms; /* 0 where given up */
};

/* After attempt number `attempt` failed at now_ms. `permanent`: it will never go, however often it is tried. */
struct verdict backoff_after(const struct backoff *backoff, uint32_t attempt, bool permanent, int64_t now_ms);

#endif
