/* Somebody changed what others had decided on: the account of each is told, in its own box. */
#include "services/notifications/reactions/reactions.h"

#include "notifications/events.pb-c.h"

void on_changed_by_another(struct work *work, const struct event *event, Types__ChangedByAnother *change)
{
        Notifications__AccountsTold told = NOTIFICATIONS__ACCOUNTS_TOLD__INIT;
        told.change = change;
        told.by_account = id_to(work->arena, event->account);
        told.by_name = arena_text(work->arena, event->user);
        told.at = instant_to(work->arena, event->at_ms);
        told.n_notice_ids = change->n_accounts;
        told.notice_ids = arena_alloc(work->arena, (change->n_accounts + 1) * sizeof(Types__Id *));
        for (size_t i = 0; i < change->n_accounts; i++)
                told.notice_ids[i] = id_to(work->arena, work_new_id(work));

        work_record(work, &told.base);
}
