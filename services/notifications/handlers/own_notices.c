/* OwnNotices: what the account that acts was told, newest first: that somebody changed what it had decided on. Nobody
 * names an account: the passport does. */
#include "common/service/page.h"
#include "notifications/calls.h"
#include "services/notifications/daemon.h"
#include "services/notifications/store.h"
#include "services/notifications/told.h"
#include "services/notifications/view.h"

struct reply handle_own_notices(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__OwnNoticesRequest *query = (const Notifications__OwnNoticesRequest *)message;
        Notifications__InboxReply *reply = pb_new(&notifications__inbox_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;

        /* Security: the box of the account that acts, and no other. */
        store_walk_account_notices(work->txn, passport_account(work->actor), page.after, &walk);
        while (page_step(&page, &walk)) {
                const Notifications__AccountNoticeRow *row =
                        walk_message(&walk, &notifications__account_notice_row__descriptor, work->arena);
                if (!query->unread_only || !row->read)
                        page_add(&page, told_view(work, daemon_texts(work->context, work->today), row));
        }
        return page_reply(&page);
}
