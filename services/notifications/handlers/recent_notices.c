/* RecentNotices: what was told last, newest first, one line for all who were told. Of the actor's territories only. */
#include "services/notifications/handlers/handlers.h"
#include "services/notifications/store.h"
#include "services/notifications/view.h"

static void list(struct work *work, const Types__Page *page, Notifications__InboxReply *reply)
{
        struct slice last = slice_of(NULL, 0);
        struct posting_walk walk;
        store_postings_begin(work->txn, page_after(page), &walk);
        while (store_postings_next(&walk)) {
                if (page_ends(work, reply->n_notices, page_limit(page), last)) { /* there is more */
                        reply->next = pb_bytes(last);
                        break;
                }
                const Notifications__PostingRow *posting = store_find_posting(work->txn, walk.number, work->arena);
                /* Security: the actor's territories; of a private contract, its readers. */
                if (posting != NULL && view_oversees(work, posting))
                        view_append(reply, view_of_posting(posting, work->arena), work->arena);
                last = arena_copy_slice(work->arena, walk.place);
        }
        scan_end(&walk.scan);
}

struct reply handle_recent_notices(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__RecentNoticesRequest *query = (const Notifications__RecentNoticesRequest *)message;
        struct slice after = page_after(query->page);
        if (after.size != 0 && after.size != POSTING_PLACE_SIZE)
                return reply_other_list(work);
        Notifications__InboxReply *reply = pb_new(&notifications__inbox_reply__descriptor, work->arena);
        list(work, query->page, reply);
        return reply_ok(work, reply);
}
