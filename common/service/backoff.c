#include "common/service/backoff.h"

#include "common/base/require.h"

static int64_t delay_ms(const struct backoff *backoff, uint32_t attempt)
{
        int64_t delay = backoff->first_ms;
        for (uint32_t i = 1; i < attempt && delay < backoff->longest_ms; i++)
                delay *= 2;
        return delay < backoff->longest_ms ? delay : backoff->longest_ms;
}

struct verdict backoff_after(const struct backoff *backoff, uint32_t attempt, bool permanent, int64_t now_ms)
{
        require(attempt >= 1 && backoff->first_ms > 0);
        if (permanent || attempt >= backoff->attempts_max)
                return (struct verdict){.attempt = attempt, .given_up = true};
        return (struct verdict){.attempt = attempt, .retry_at_ms = now_ms + delay_ms(backoff, attempt)};
}
