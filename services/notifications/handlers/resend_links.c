/* ResendLinks: links that wait for an answer go again to the address that somebody typed at a gateway's door, where it
 * is one that was confirmed. Caller: SERVICE (a gateway). Emits LinksAskedAgain, NoticePosted. Refuses nothing: whether
 * the address is known, whether it was asked for a moment ago, is nobody's to learn. */
#include <string.h>
#include <strings.h>

#include "notifications/calls.h"
#include "notifications/commands.pb-c.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/address.h"
#include "services/notifications/daemon.h"
#include "services/notifications/notice.h"
#include "services/notifications/reactions/post.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

enum { LINKS_AT_ONCE = 20 };

/* Those of one organisation and territory: newest first, so many at most. */
static void post_links(struct work *work, const Notifications__SubscriptionRow *row)
{
        const Texts__TextVersion *texts = daemon_texts(work->context, work->today);
        size_t posted = 0;
        struct walk walk;
        struct id id;
        store_walk_open_links(work->txn, id_of(row->organisation_id), &walk);
        while (posted < LINKS_AT_ONCE && walk_next(&walk, &id)) {
                const Notifications__OpenLink *open = store_open_link(work->txn, id, work->arena);
                if (open == NULL || strcmp(open->link->territory, row->territory) != 0)
                        continue;
                Notifications__NoticeLink carried = NOTIFICATIONS__NOTICE_LINK__INIT;
                carried.link_id = open->link->link_id;
                post_with_link(work, notice_of_link(texts, open->link, work->arena), id_of(row->organisation_id),
                               &carried);
                posted++;
        }
        walk_end(&walk);
}

static bool is_of(struct work *work, const Notifications__SubscriptionRow *row, const char *email)
{
        const Notifications__SealedAddress *address =
                address_open(work->engine, work->txn, row->address_id, work->arena);
        return address != NULL && strcasecmp(address->email, email) == 0;
}

struct reply handle_resend_links(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__ResendLinks *command = (const Notifications__ResendLinks *)message;
        Notifications__LinksAskedAgain asked = NOTIFICATIONS__LINKS_ASKED_AGAIN__INIT;
        struct walk walk;
        struct id id;
        struct subscriptions found = {0};
        store_walk_subscriptions(work->txn, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                Notifications__SubscriptionRow *row = store_find_subscription(work->txn, id, work->arena);
                if (row->address_id == NULL || !is_of(work, row, command->email) ||
                    !subscription_may_send_links(row, work->now_ms))
                        continue;
                found.rows = pb_append(found.rows, &found.count, sizeof(*found.rows), work->arena);
                found.rows[found.count - 1] = row;
        }
        walk_end(&walk);
        for (size_t i = 0; i < found.count; i++) {
                asked.subscription_id = found.rows[i]->subscription_id;
                work_record(work, &asked.base);
                post_links(work, found.rows[i]);
        }
        return reply_ok(work, pb_new(&notifications__resend_links_reply__descriptor, work->arena));
}
