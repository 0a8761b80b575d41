/* Inbox: what an organisation was told, newest first. Refuses another organisation's inbox to those who act for one;
 * those who oversee the network see of it what happened in their territories. */
#include "common/service/page.h"
#include "notifications/calls.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"
#include "services/notifications/view.h"

struct question {
        struct work *work;
        struct id organisation;
        bool own;
        bool unread_only;
};

/* The entry as it may be seen; NULL: not asked for, or not to be seen. */
static Notifications__NoticeView *look_at(const struct question *question, struct id id,
                                          const Notifications__NoticeRow *row)
{
        struct work *work = question->work;
        if (question->unread_only && row->read)
                return NULL;
        const Notifications__PostingRow *posting = store_find_posting(work->txn, row->posting, work->arena);
        if (posting == NULL)
                return NULL;
        /* Security: another's inbox as far as the actor's territories reach; of a private contract, its readers only.
         */
        if (!question->own && !view_oversees(work, posting))
                return NULL;
        return view_of_notice(id, row, posting, work->arena);
}

struct reply handle_inbox(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__InboxRequest *query = (const Notifications__InboxRequest *)message;
        struct question question = {
                .work = work,
                .organisation = subscription_organisation(work->actor, query->organisation_id),
                .unread_only = query->unread_only,
        };
        Notifications__InboxReply *reply = pb_new(&notifications__inbox_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        const Notifications__NoticeRow *row;
        struct inbox_walk walk;

        if (id_is_zero(question.organisation))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "organisation_id",
                                    "Vous n'agissez pas pour une organisation : indiquez celle dont vous voulez lire "
                                    "la boîte.");
        /* Security: who acts for an organisation reads its own inbox only. */
        question.own = passport_is_organisation(work->actor, question.organisation);
        if (!question.own && !view_is_overseer(work->actor))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "organisation_id",
                                    "Cette boîte est celle d'une autre organisation.");
        if (!store_inbox_begin(work->txn, question.organisation, page.after, work->arena, &walk))
                return page_refuse(work);
        while ((row = store_inbox_next(&walk, work->arena)) != NULL &&
               page_goes_on(&page, arena_copy_slice(work->arena, id_slice(&walk.notice)))) {
                Notifications__NoticeView *view = look_at(&question, walk.notice, row);
                if (view != NULL)
                        page_add(&page, view);
        }
        return page_reply(&page);
}
