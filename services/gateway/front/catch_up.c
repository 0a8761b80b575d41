#include "services/gateway/front/catch_up.h"

#include <stdbool.h>
#include <stdlib.h>

#include "common/base/require.h"

struct catch_ups {
        uv_timer_t timer; /* first: it is freed as what it is in */
        uint64_t (*reached)(void *argument);
        void *argument;
        struct catch_up *first; /* in no order: they are few */
};

static void let_go(struct catch_ups *all, bool everybody)
{
        const uint64_t now_ms = uv_now(all->timer.loop);
        uint64_t reached = all->first == NULL ? 0 : all->reached(all->argument);
        struct catch_up *waiting = all->first;
        all->first = NULL;
        while (waiting != NULL) {
                struct catch_up *one = waiting;
                waiting = one->next;
                if (everybody || one->number <= reached || one->deadline_ms <= now_ms) {
                        one->then(one->argument); /* which may wait anew: all->first is its */
                } else {
                        one->next = all->first;
                        all->first = one;
                }
        }
}

static void on_timer(uv_timer_t *timer)
{
        struct catch_ups *all = (struct catch_ups *)(void *)timer;
        let_go(all, false);
        if (all->first == NULL)
                (void)uv_timer_stop(timer);
}

struct catch_ups *catch_ups_new(uv_loop_t *loop, uint64_t (*reached)(void *argument), void *argument)
{
        struct catch_ups *all = calloc(1, sizeof(*all));
        require(all != NULL && uv_timer_init(loop, &all->timer) == 0);
        all->reached = reached;
        all->argument = argument;
        return all;
}

static void on_closed(uv_handle_t *timer)
{
        free(timer);
}

void catch_ups_free(struct catch_ups *all)
{
        if (all == NULL)
                return;
        let_go(all, true);
        uv_close((uv_handle_t *)&all->timer, on_closed);
}

void catch_up_wait(struct catch_ups *all, struct catch_up *one, uint64_t number)
{
        one->number = number;
        one->deadline_ms = uv_now(all->timer.loop) + CATCH_UP_MS;
        if (number <= all->reached(all->argument)) {
                one->then(one->argument);
                return;
        }
        one->next = all->first;
        all->first = one;
        if (!uv_is_active((uv_handle_t *)&all->timer))
                require(uv_timer_start(&all->timer, on_timer, CATCH_UP_MS / 10, CATCH_UP_MS / 10) == 0);
}

void catch_ups_look(struct catch_ups *all)
{
        if (all->first != NULL)
                let_go(all, false);
}
