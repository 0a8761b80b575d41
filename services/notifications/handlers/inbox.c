/* Inbox: what an organisation was told, newest first. Refuses another organisation's inbox to those who act for one;
 * those who oversee the network see of it what happened in their territories. */
#include "services/notifications/handlers/handlers.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"
#include "services/notifications/view.h"

/* Those whom the dispatch row admits and who act for no organisation. */
static bool oversees(const Wire__Passport *actor)
{
        return actor->role == TYPES__ROLE__FACILITATOR || actor->role == TYPES__ROLE__COORDINATOR ||
               actor->role == TYPES__ROLE__OPERATOR || actor->role == TYPES__ROLE__AUDITOR;
}

struct question {
        struct work *work;
        struct id organisation;
        bool own;
        bool unread_only;
        uint32_t limit;
};

/* The entry as it may be seen; NULL: not asked for, or not to be seen. */
static Notifications__NoticeView *look_at(const struct question *question, const struct inbox_walk *walk)
{
        struct work *work = question->work;
        if (question->unread_only && !walk->unread)
                return NULL;
        const Notifications__NoticeRow *row = store_find_notice(work->txn, walk->notice, work->arena);
        const Notifications__PostingRow *posting =
                row == NULL ? NULL : store_find_posting(work->txn, row->posting, work->arena);
        if (posting == NULL)
                return NULL;
        /* Security: another's inbox only as far as the actor's territories reach. */
        if (!question->own && !passport_covers(work->actor, posting->territory))
                return NULL;
        return view_of_notice(walk->notice, row, posting, work->arena);
}

static void list(const struct question *question, struct slice after, Notifications__InboxReply *reply)
{
        struct arena *arena = question->work->arena;
        struct slice last = slice_of(NULL, 0);
        struct inbox_walk walk;
        size_t looked_at = 0;
        store_inbox_begin(question->work->txn, question->organisation, after, &walk);
        while (store_inbox_next(&walk)) {
                if (reply->n_notices == question->limit || looked_at++ == VIEW_ROWS_LOOKED_AT_MAX) {
                        reply->next = pb_bytes(last);
                        break;
                }
                Notifications__NoticeView *view = look_at(question, &walk);
                if (view != NULL)
                        view_append(reply, view, arena);
                last = arena_copy_slice(arena, walk.place);
        }
        scan_end(&walk.scan);
}

struct reply handle_inbox(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__InboxRequest *query = (const Notifications__InboxRequest *)message;
        struct question question = {
                .work = work,
                .organisation = subscription_organisation(work->actor, query->organisation_id),
                .unread_only = query->unread_only,
                .limit = page_limit(query->page),
        };
        struct slice after = page_after(query->page);

        if (id_is_zero(question.organisation))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "organisationId",
                                    "Vous n'agissez pas pour une organisation : indiquez celle dont vous voulez lire "
                                    "la boîte.");
        /* Security: who acts for an organisation reads its own inbox only. */
        question.own = passport_is_organisation(work->actor, question.organisation);
        if (!question.own && !oversees(work->actor))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "organisationId",
                                    "Cette boîte est celle d'une autre organisation.");
        if (after.size != 0 && after.size != INBOX_PLACE_SIZE)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "page.after",
                                    "Cette suite de liste est celle d'une autre demande. Reprenez au début, avec "
                                    "« after » vide.");

        Notifications__InboxReply *reply = pb_new(&notifications__inbox_reply__descriptor, work->arena);
        list(&question, after, reply);
        return reply_ok(work, reply);
}
