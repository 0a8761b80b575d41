/* ParkedMails: the mails of notices that were given up, by notice, with what the mail server said. For operators: of
 * all territories and of private contracts too, so without the words of any notice. */
#include "common/service/page.h"
#include "notifications/calls.h"
#include "services/notifications/store.h"

static Notifications__ParkedMailView *view_of(struct work *work, const struct parked *parked)
{
        const Notifications__NoticeRow *notice = store_find_notice(work->txn, parked->name.id, work->arena);
        const Notifications__PostingRow *posting =
                notice == NULL ? NULL : store_find_posting(work->txn, notice->posting, work->arena);
        if (posting == NULL)
                return NULL; /* the transaction has failed: notices are never deleted */
        Notifications__ParkedMailView *view = pb_new(&notifications__parked_mail_view__descriptor, work->arena);
        view->notice_id = id_to(work->arena, parked->name.id);
        view->organisation_id = notice->organisation_id;
        view->organisation_name = notice->organisation_name;
        view->kind = posting->kind;
        view->posted_at = posting->at;
        view->given_up_at = instant_to(work->arena, parked->at_ms);
        view->attempts = parked->attempts;
        view->reason = arena_text(work->arena, parked->reason);
        return view;
}

struct reply handle_parked_mails(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__ParkedMailsRequest *query = (const Notifications__ParkedMailsRequest *)message;
        Notifications__ParkedMailsReply *reply = pb_new(&notifications__parked_mails_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;

        parked_walk(work->txn, &notifications_due, JOB_MAIL, page.after, &walk);
        while (page_step(&page, &walk)) {
                struct parked parked = parked_here(&walk);
                Notifications__ParkedMailView *view = view_of(work, &parked);
                if (view != NULL)
                        page_add(&page, view);
        }
        return page_reply(&page);
}
