#include "services/notifications/reactions/post.h"

#include <string.h>

#include "services/notifications/daemon.h"
#include "services/notifications/notice.h"
#include "services/notifications/store.h"

/* Whether there is a mail server is decided here and stands in the event: apply() must not ask a setting. */
static Notifications__Recipient *recipient(struct work *work, Types__Id *organisation, char *name, char *email)
{
        Notifications__Recipient *recipient = pb_new(&notifications__recipient__descriptor, work->arena);
        recipient->notice_id = id_to(work->arena, work_new_id(work));
        recipient->organisation_id = organisation;
        recipient->organisation_name = name;
        if (daemon_sends_mail(work->context))
                recipient->email = email;
        return recipient;
}

static void record(struct work *work, Notifications__NoticePosted *notice, Notifications__Recipient **recipients,
                   size_t count)
{
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT;
        event.body_case = NOTIFICATIONS__EVENT__BODY_NOTICE_POSTED;
        event.notice_posted = notice;
        while (count > 0) {
                size_t taken = notice_chunk(recipients, count);
                notice->recipients = recipients;
                notice->n_recipients = taken;
                work_record(work, &event);
                recipients += taken;
                count -= taken;
        }
}

void post_to_territory(struct work *work, Notifications__NoticePosted *notice)
{
        struct subscriptions list = store_subscriptions_in(work->txn, notice->territory, work->arena);
        if (list.count == 0)
                return;
        Notifications__Recipient **recipients =
                arena_alloc(work->arena, list.count * sizeof(Notifications__Recipient *));
        for (size_t i = 0; i < list.count; i++)
                recipients[i] = recipient(work, list.rows[i]->organisation_id, list.rows[i]->organisation_name,
                                          list.rows[i]->email);
        record(work, notice, recipients, list.count);
}

/* The subscription whose address is used: that of the territory, else the first with an address, else any. */
static const Notifications__SubscriptionView *choose(const struct subscriptions *list, const char *territory)
{
        const Notifications__SubscriptionView *chosen = NULL;
        for (size_t i = 0; i < list->count; i++) {
                const Notifications__SubscriptionView *row = list->rows[i];
                bool has_address = row->email[0] != '\0';
                if (has_address && strcmp(row->territory, territory) == 0)
                        return row;
                if (chosen == NULL || (has_address && chosen->email[0] == '\0'))
                        chosen = row;
        }
        return chosen;
}

void post_to_organisation(struct work *work, Notifications__NoticePosted *notice, struct id organisation)
{
        if (id_is_zero(organisation))
                return;
        struct subscriptions list = store_subscriptions_of(work->txn, organisation, work->arena);
        const Notifications__SubscriptionView *row = choose(&list, notice->territory);
        Notifications__Recipient *one =
                recipient(work, id_to(work->arena, organisation), row == NULL ? (char *)"" : row->organisation_name,
                          row == NULL ? (char *)"" : row->email);
        record(work, notice, &one, 1);
}
