/* OwnNotices: what the account that acts was told, newest first: that somebody changed what it had decided on. Nobody
 * names an account: the passport does. */
#include "services/notifications/handlers/handlers.h"
#include "services/notifications/store.h"
#include "services/notifications/told.h"
#include "services/notifications/view.h"

static void list(struct work *work, const Notifications__OwnNoticesRequest *query, Notifications__InboxReply *reply)
{
        struct slice last = slice_of(NULL, 0);
        struct account_walk walk;
        const Notifications__AccountNoticeRow *row;
        /* Security: the box of the account that acts, and no other. */
        store_account_notices_begin(work->txn, passport_account(work->actor), page_after(query->page), &walk);
        while ((row = store_account_notices_next(&walk, work->arena)) != NULL) {
                if (page_ends(work, reply->n_notices, page_limit(query->page), last)) { /* there is more */
                        reply->next = pb_bytes(last);
                        break;
                }
                if (!query->unread_only || !row->read)
                        view_append(reply, told_view(work, row), work->arena);
                last = arena_copy_slice(work->arena, walk.place);
        }
        scan_end(&walk.scan);
}

struct reply handle_own_notices(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__OwnNoticesRequest *query = (const Notifications__OwnNoticesRequest *)message;
        struct slice after = page_after(query->page);
        if (after.size != 0 && after.size != POSTING_PLACE_SIZE)
                return reply_other_list(work);
        Notifications__InboxReply *reply = pb_new(&notifications__inbox_reply__descriptor, work->arena);
        list(work, query, reply);
        return reply_ok(work, reply);
}
