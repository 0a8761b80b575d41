/* RecentNotices: what was told last, newest first, one line for all who were told. Of the actor's territories only. */
#include "common/service/page.h"
#include "notifications/calls.h"
#include "services/notifications/store.h"
#include "services/notifications/view.h"

struct reply handle_recent_notices(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__RecentNoticesRequest *query = (const Notifications__RecentNoticesRequest *)message;
        Notifications__InboxReply *reply = pb_new(&notifications__inbox_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;

        store_walk_postings(work->txn, page.after, &walk);
        while (page_step(&page, &walk)) {
                const Notifications__PostingRow *posting =
                        walk_message(&walk, &notifications__posting_row__descriptor, work->arena);
                /* Security: the actor's territories; of a private contract, its readers. */
                if (view_oversees(work, posting))
                        page_add(&page, view_of_posting(posting, work->arena));
        }
        return page_reply(&page);
}
