#include "services/notifications/reactions/post.h"

#include <string.h>

#include "services/notifications/daemon.h"
#include "services/notifications/notice.h"
#include "services/notifications/store.h"

/* Whether there is a mail server is decided here and stands in the event: apply() must not ask a setting. */
static Notifications__Recipient *recipient(struct work *work, Types__Id *organisation,
                                           const Notifications__SubscriptionRow *row)
{
        Notifications__Recipient *recipient = pb_new(&notifications__recipient__descriptor, work->arena);
        recipient->notice_id = id_to(work->arena, work_new_id(work));
        recipient->organisation_id = organisation;
        if (row == NULL)
                return recipient;
        recipient->organisation_name = row->organisation_name;
        if (daemon_sends_mail(work->context)) {
                recipient->email = row->email;
                recipient->address_id = row->address_id; /* Security: one that awaits its code is told nothing */
        }
        return recipient;
}

static void record_notice(struct work *work, Notifications__NoticePosted *notice, Notifications__Recipient **recipients,
                          size_t count)
{
        while (count > 0) {
                size_t taken = notice_chunk(recipients, count);
                notice->recipients = recipients;
                notice->n_recipients = taken;
                work_record(work, &notice->base);
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
                recipients[i] = recipient(work, list.rows[i]->organisation_id, list.rows[i]);
        record_notice(work, notice, recipients, list.count);
}

static bool has_one(const Notifications__SubscriptionRow *row)
{
        return row->address_id != NULL || row->email[0] != '\0';
}

/* The subscription whose address is used: that of the territory, else the first with an address, else any. */
static const Notifications__SubscriptionRow *choose(const struct subscriptions *list, const char *territory)
{
        const Notifications__SubscriptionRow *chosen = NULL;
        for (size_t i = 0; i < list->count; i++) {
                const Notifications__SubscriptionRow *row = list->rows[i];
                bool has_address = has_one(row);
                if (has_address && strcmp(row->territory, territory) == 0)
                        return row;
                if (chosen == NULL || (has_address && !has_one(chosen)))
                        chosen = row;
        }
        return chosen;
}

void post_to_organisation(struct work *work, Notifications__NoticePosted *notice, struct id organisation)
{
        post_with_link(work, notice, organisation, NULL);
}

/* Security: a link leaves for nobody's address but one whose code came back. */
static void put_link(const struct work *work, Notifications__Recipient *one, const Notifications__NoticeLink *link)
{
        if (one->address_id != NULL && daemon_public_address(work->context) != NULL)
                one->link = (Notifications__NoticeLink *)(uintptr_t)link;
}

void post_with_link(struct work *work, Notifications__NoticePosted *notice, struct id organisation,
                    const Notifications__NoticeLink *link)
{
        if (id_is_zero(organisation))
                return;
        struct subscriptions list = store_subscriptions_of(work->txn, organisation, work->arena);
        Notifications__Recipient *one =
                recipient(work, id_to(work->arena, organisation), choose(&list, notice->territory));
        put_link(work, one, link);
        record_notice(work, notice, &one, 1);
}

void post_to_box(struct work *work, Notifications__NoticePosted *notice, struct id organisation)
{
        struct subscriptions list = store_subscriptions_of(work->txn, organisation, work->arena);
        Notifications__Recipient *one =
                recipient(work, id_to(work->arena, organisation), choose(&list, notice->territory));
        one->email = (char *)"";
        one->address_id = NULL;
        record_notice(work, notice, &one, 1);
}

void post_to_readers(struct work *work, Notifications__NoticePosted *notice)
{
        work_record(work, &notice->base);
}
