/* links.c: links made, sent again, ended and listed by those who look after a territory; drawn by the daemon that mails
 * them. */
#include "accounts/calls.h"

#include "common/codec/token.h"
#include "common/service/page.h"
#include "services/accounts/links/link.h"
#include "services/accounts/links/links_rows.h"

/* A token in the place of the one before; returns its text. */
static char *draw(struct work *work, const Types__Id *link_id, int64_t ends_ms)
{
        Accounts__LinkDrawn drawn = ACCOUNTS__LINK_DRAWN__INIT;
        uint8_t hash[TOKEN_DIGEST_SIZE];
        char *text = arena_alloc(work->arena, TOKEN_TEXT_SIZE);
        token_draw(work_world(work), text, hash);
        drawn.link_id = (Types__Id *)(uintptr_t)link_id;
        drawn.hash = pb_bytes(arena_copy_slice(work->arena, slice_of(hash, sizeof(hash))));
        drawn.ends = instant_to(work->arena, ends_ms);
        work_record(work, &drawn.base);
        return text;
}

static struct reply reply_link(struct work *work, const Accounts__Link *link, bool by_mail)
{
        Accounts__LinkReply *reply = pb_new(&accounts__link_reply__descriptor, work->arena);
        int64_t ends_ms = link_end_ms(link->days, work->now_ms);
        reply->link_id = link->link_id;
        reply->ends = instant_to(work->arena, ends_ms);
        if (!by_mail)
                reply->token = draw(work, link->link_id, ends_ms);
        return reply_ok(work, reply);
}

/* MakeLink: a link for somebody without an account. Caller: FACILITATOR, COORDINATOR, OPERATOR. Emits LinkGiven, and
 * LinkDrawn where it is shown to her. Refuses what link_check() refuses. Whether the object is that organisation's is
 * seen by the daemon that owns it, each time that the link is opened. */
struct reply handle_make_link(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__MakeLink *command = (const Accounts__MakeLink *)message;
        Accounts__LinkGiven given = ACCOUNTS__LINK_GIVEN__INIT;
        Accounts__Link *link = pb_new(&accounts__link__descriptor, work->arena);
        struct refusal refusal;

        if (!link_check(command, work->actor, &link->role, &refusal))
                return reply_refusal(work, &refusal);
        link->link_id = id_to(work->arena, work_new_id(work));
        link->purpose = command->purpose;
        link->organisation_id = command->organisation_id;
        link->object_id = command->object_id;
        link->month = command->month;
        link->territory = command->territory;
        link->days = command->days == 0 ? LINK_DAYS_DEFAULT : command->days;
        link->by_mail = command->by_mail;
        link->made_by = work->actor->role;
        given.link = link;
        work_record(work, &given.base);
        return reply_link(work, link, command->by_mail);
}

/* The row, where it opens something and the actor may change it; NULL with *ret_refusal. Security: one of another
 * territory reads as none. */
static Accounts__LinkRow *find_open(struct work *work, const Types__Id *id, struct refusal *ret_refusal)
{
        Accounts__LinkRow *row = store_link(work->txn, id_of(id), work->arena);
        if (row == NULL || !passport_covers(work->actor, row->link->territory)) {
                (void)refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "link_id",
                        "Ce lien n'existe pas, ou pas dans un de vos territoires : la liste des liens (Links) donne "
                        "les vôtres.");
                return NULL;
        }
        if (row->used_at != NULL || row->closed_at != NULL) {
                (void)refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "link_id",
                             "Ce lien a servi ou n'ouvre plus rien : faites-en un autre (MakeLink).");
                return NULL;
        }
        return row;
}

/* ResendLink: another token, shown or mailed; one that had expired opens again. Caller: as MakeLink, of its territory.
 * Emits LinkAskedAgain or LinkDrawn. Refuses NOT_FOUND, WRONG_STATE, NOT_ALLOWED (it is shown to whom may not make such
 * a one). */
struct reply handle_resend_link(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__ResendLink *command = (const Accounts__ResendLink *)message;
        Accounts__LinkAskedAgain again = ACCOUNTS__LINK_ASKED_AGAIN__INIT;
        Accounts__MakeLink like = ACCOUNTS__MAKE_LINK__INIT;
        struct refusal refusal;
        const Accounts__LinkRow *row = find_open(work, command->link_id, &refusal);
        if (row == NULL)
                return reply_refusal(work, &refusal);
        like.purpose = row->link->purpose;
        like.role = row->link->role;
        like.month = row->link->month;
        like.territory = row->link->territory;
        if (!command->by_mail && !link_check(&like, work->actor, &like.role, &refusal))
                return reply_refusal(work, &refusal);
        if (command->by_mail) {
                again.link_id = row->link->link_id;
                work_record(work, &again.base);
        }
        return reply_link(work, row->link, command->by_mail);
}

/* EndLink: it opens nothing any more. Caller: as ResendLink. Emits LinkEnded. Refuses NOT_FOUND, WRONG_STATE. */
struct reply handle_end_link(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__EndLink *command = (const Accounts__EndLink *)message;
        Accounts__LinkEnded ended = ACCOUNTS__LINK_ENDED__INIT;
        struct refusal refusal;
        const Accounts__LinkRow *row = find_open(work, command->link_id, &refusal);
        if (row == NULL)
                return reply_refusal(work, &refusal);
        ended.link_id = row->link->link_id;
        work_record(work, &ended.base);
        return reply_ok(work, pb_new(&accounts__end_link_reply__descriptor, work->arena));
}

/* DrawLink: the token of a mail that leaves now. Caller: SERVICE (notifications). Emits LinkDrawn. Refuses NOT_FOUND,
 * WRONG_STATE: that mail is not to leave. */
struct reply handle_draw_link(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__DrawLink *command = (const Accounts__DrawLink *)message;
        struct refusal refusal;
        const Accounts__LinkRow *row = find_open(work, command->link_id, &refusal);
        if (row == NULL)
                return reply_refusal(work, &refusal);
        Accounts__DrawLinkReply *reply = pb_new(&accounts__draw_link_reply__descriptor, work->arena);
        int64_t ends_ms = link_end_ms(row->link->days, work->now_ms);
        reply->token = draw(work, row->link->link_id, ends_ms);
        reply->ends = instant_to(work->arena, ends_ms);
        reply->link = row->link;
        return reply_ok(work, reply);
}

static Accounts__LinkView *view_of(const struct work *work, const Accounts__LinkRow *row)
{
        Accounts__LinkView *view = pb_new(&accounts__link_view__descriptor, work->arena);
        view->link = row->link;
        view->state = link_state(row, work->now_ms);
        view->given_at = row->given_at;
        view->given_by = row->given_by;
        view->sent_at = row->sent_at;
        view->ends = row->ends;
        view->used_at = row->used_at;
        view->used_what = row->used_what;
        view->used_position = row->used_position;
        view->closed_at = row->closed_at;
        view->sendings = row->sendings;
        return view;
}

/* Links: newest first, of one object or of all of the actor's territories. Never a token nor its hash. */
struct reply handle_links(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__LinksRequest *query = (const Accounts__LinksRequest *)message;
        Accounts__LinksReply *reply = pb_new(&accounts__links_reply__descriptor, work->arena);
        const Accounts__LinkRow *row;
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        if (query->object_id != NULL)
                store_walk_links_of(work->txn, id_of(query->object_id), page.after, &walk);
        else
                store_walk_links(work->txn, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                row = store_link(work->txn, id, work->arena);
                /* Security: of her territories alone. */
                if (row == NULL || !passport_covers(work->actor, row->link->territory))
                        continue;
                if (!query->open_only || link_state(row, work->now_ms) == ACCOUNTS__LINK_STATE__LINK_OPEN)
                        page_add(&page, view_of(work, row));
        }
        return page_reply(&page);
}
