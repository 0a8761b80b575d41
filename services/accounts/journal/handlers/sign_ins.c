/* sign_ins.c: who signed in, or tried to: one's own, and those of all for who audits. */
#include "accounts/calls.h"

#include "accounts/journal.pb-c.h"
#include "common/base/local_time.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/page.h"
#include "services/accounts/journal/journal_rows.h"
#include "services/accounts/keys/holder.h"

static Accounts__SignInView *view_of(struct work *work, const Accounts__SignInNoteRow *row)
{
        Accounts__SignInView *view = pb_new(&accounts__sign_in_view__descriptor, work->arena);
        view->at = row->at;
        view->account_id = row->note->account_id;
        view->name = row->note->name;
        view->outcome = row->note->outcome;
        view->way = row->note->way;
        view->browser = row->note->browser;
        view->place = row->note->place;
        view->new_browser = row->note->new_browser;
        return view;
}

/* OwnSignIns: newest first, refused ones too. Caller: who is signed in. Refuses NOT_ALLOWED (a tool). */
struct reply handle_own_sign_ins(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__OwnSignInsRequest *query = (const Accounts__OwnSignInsRequest *)message;
        Accounts__OwnSignInsReply *reply = pb_new(&accounts__own_sign_ins_reply__descriptor, work->arena);
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        store_walk_sign_in_notes(work->txn, id_of(work->actor->account), page.after, &walk);
        while (page_step(&page, &walk)) {
                const Accounts__SignInNoteRow *row = store_sign_in_note(work->txn, walk_number(&walk), work->arena);
                if (row != NULL)
                        page_add(&page, view_of(work, row));
        }
        return page_reply(&page);
}

static bool is_asked_for(const Accounts__SignInsRequest *query, const Accounts__SignInNoteRow *row)
{
        const int32_t day = day_number(local_day("", row->at->ms));
        return (query->from == NULL || day >= query->from->days) && (query->until == NULL || day <= query->until->days);
}

/* SignIns: newest first, of everybody or of one account, in a period. Caller: OPERATOR, DATA_PROTECTION. Refuses
 * INVALID_FIELD (the period ends before it begins). */
struct reply handle_sign_ins(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__SignInsRequest *query = (const Accounts__SignInsRequest *)message;
        Accounts__SignInsReply *reply = pb_new(&accounts__sign_ins_reply__descriptor, work->arena);
        if (query->from != NULL && query->until != NULL && query->until->days < query->from->days)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "until",
                                    "La période finit avant de commencer : échangez les deux jours.");
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        store_walk_sign_in_notes(work->txn, id_of(query->account_id), page.after, &walk);
        while (page_step(&page, &walk)) {
                const Accounts__SignInNoteRow *row = store_sign_in_note(work->txn, walk_number(&walk), work->arena);
                if (row != NULL && is_asked_for(query, row))
                        page_add(&page, view_of(work, row));
        }
        return page_reply(&page);
}
