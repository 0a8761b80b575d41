/* What events do to what waits, and to the instants at which it is looked at again. */
#include "common/codec/types.h"
#include "common/service/due.h"
#include "notifications/calls.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/deadlines/instants.h"
#include "services/notifications/deadlines/waits_rows.h"
#include "services/notifications/store.h"

static struct due_name wait_named(struct id id)
{
        return (struct due_name){JOB_WAIT, id};
}

static void put_wait(const struct change *change, Notifications__Wait *wait, Notifications__WaitStep step)
{
        Notifications__WaitRow row = NOTIFICATIONS__WAIT_ROW__INIT;
        int64_t next_ms;
        row.wait = wait;
        row.step = step;
        wait_put(change->txn, &row, change->arena);
        if (instants_next(wait, step, &next_ms))
                due_set(change->txn, &notifications_due, wait_named(id_of(wait->wait_id)), next_ms);
        else
                (void)due_cancel(change->txn, &notifications_due, wait_named(id_of(wait->wait_id)));
}

static void forget(const struct change *change, struct id wait)
{
        wait_delete(change->txn, wait, change->arena);
        (void)due_cancel(change->txn, &notifications_due, wait_named(wait));
}

void apply_waits_planned(const struct change *change, const Notifications__WaitsPlanned *planned)
{
        for (size_t i = 0; i < planned->n_gone; i++)
                forget(change, id_of(planned->gone[i]));
        for (size_t i = 0; i < planned->n_put; i++)
                put_wait(change, planned->put[i], planned->put[i]->step);
        if (planned->digest.len == 0)
                return;
        Notifications__PlannedRow row = NOTIFICATIONS__PLANNED_ROW__INIT;
        row.digest = planned->digest;
        row.after = planned->after;
        planned_put(change->txn, &row, change->arena);
}

void apply_wait_reached(const struct change *change, const Notifications__WaitReached *reached)
{
        const Notifications__WaitRow *row = wait_find(change->txn, id_of(reached->wait_id), change->arena);
        if (row == NULL || reached->step == NOTIFICATIONS__WAIT_STEP__WAIT_DROPPED)
                forget(change, id_of(reached->wait_id));
        else
                put_wait(change, row->wait, reached->step);
}
