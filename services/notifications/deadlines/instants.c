#include "services/notifications/deadlines/instants.h"

#include "types.pb-c.h"

#define STEP(NAME) NOTIFICATIONS__WAIT_STEP__WAIT_##NAME

/* That at which this step comes to pass; NULL: never. */
static const Types__Instant *instant_of(const Notifications__Wait *wait, int step)
{
        switch (step) {
        case STEP(SHOWN): return wait->shows_at;
        case STEP(TOLD): return wait->tells_at;
        case STEP(LATE): return wait->late_at;
        case STEP(DROPPED): return wait->drops_at;
        }
        return NULL;
}

bool instants_next(const Notifications__Wait *wait, Notifications__WaitStep step, int64_t *ret_ms)
{
        for (int next = (int)step + 1; next <= STEP(DROPPED); next++) {
                const Types__Instant *at = instant_of(wait, next);
                if (at == NULL)
                        continue;
                *ret_ms = at->ms;
                return true;
        }
        return false;
}

Notifications__WaitStep instants_reached(const Notifications__Wait *wait, Notifications__WaitStep step, int64_t now_ms)
{
        int reached = (int)step;
        for (int next = reached + 1; next <= STEP(DROPPED); next++) {
                const Types__Instant *at = instant_of(wait, next);
                if (at != NULL && at->ms <= now_ms)
                        reached = next;
        }
        return (Notifications__WaitStep)reached;
}

static bool is_told_at_once(const Types__Instant *at, int64_t now_ms, int64_t from_ms)
{
        return at != NULL && at->ms <= now_ms && at->ms >= from_ms;
}

Notifications__WaitStep instants_begin(const Notifications__Wait *wait, int64_t now_ms, int64_t told_from_ms)
{
        Notifications__WaitStep step = instants_reached(wait, STEP(HIDDEN), now_ms);
        if (step == STEP(LATE) && is_told_at_once(wait->late_at, now_ms, told_from_ms))
                return STEP(TOLD);
        if (step == STEP(TOLD) && is_told_at_once(wait->tells_at, now_ms, told_from_ms))
                return STEP(SHOWN);
        return step;
}

static bool equal(const Types__Instant *one, const Types__Instant *other)
{
        return one == NULL || other == NULL ? one == other : one->ms == other->ms;
}

bool instants_equal(const Notifications__Wait *one, const Notifications__Wait *other)
{
        return equal(one->shows_at, other->shows_at) && equal(one->tells_at, other->tells_at) &&
               equal(one->late_at, other->late_at) && equal(one->drops_at, other->drops_at);
}
