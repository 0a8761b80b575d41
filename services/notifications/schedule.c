#include "services/notifications/schedule.h"

#include "common/base/require.h"

/* 30 s, then twice as long each time. */
static int64_t delay_ms(uint32_t attempt)
{
        int64_t delay = SCHEDULE_FIRST_DELAY_MS;
        for (uint32_t i = 1; i < attempt && delay < SCHEDULE_DELAY_MS_MAX; i++)
                delay *= 2;
        return delay < SCHEDULE_DELAY_MS_MAX ? delay : SCHEDULE_DELAY_MS_MAX;
}

struct schedule schedule_after_failure(uint32_t attempt, bool permanent, int64_t now_ms)
{
        require(attempt >= 1);
        if (permanent || attempt >= SCHEDULE_ATTEMPTS_MAX)
                return (struct schedule){.given_up = true};
        return (struct schedule){.retry_at_ms = now_ms + delay_ms(attempt)};
}
