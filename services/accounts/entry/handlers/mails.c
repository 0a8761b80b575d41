/* mails.c: what the daemon that mails is told as a mail leaves: where it goes, what it says, the secret of its link. */
#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "common/codec/token.h"
#include "common/codec/types.h"
#include "services/accounts/mail/address.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/people/people_rows.h"

#define KIND(name) ACCOUNTS__MAIL_KIND__MAIL_##name

static struct reply refuse_gone(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "mail_id", "Ce courriel n'est plus à envoyer.");
}

/* A link to sign in by that comes an hour late is of no use to who asked for it. */
static bool is_to_leave(const struct work *work, const Accounts__MailRow *row)
{
        if (mail_is_to_sign_in(row->due->kind) && work->now_ms - row->at->ms > MAIL_LINK_LIFE_MS)
                return false;
        return !mail_carries_link(row->due->kind) || mail_state(row, work->now_ms) == ACCOUNTS__LINK_STATE__LINK_OPEN;
}

/* NULL: nowhere any more. Security: what awaits its confirmation gets what confirms it, and nothing else. */
static const char *address_for(struct work *work, const Accounts__MailRow *row)
{
        const struct id account = id_of(row->due->account_id);
        const Accounts__OwnAddressRow *own = store_own_address(work->txn, account, work->arena);
        const Accounts__MailKind kind = row->due->kind;
        Accounts__AddressSealed before = ACCOUNTS__ADDRESS_SEALED__INIT;
        if (row->sealed != NULL && row->sealed->box.len > 0) {
                before.box = row->sealed->box;
                return own_address_open(work, account, &before);
        }
        if (kind == KIND(CONFIRM_ADDRESS) || (kind == KIND(INVITATION) && own->awaiting != NULL))
                return own_address_open(work, account, own->awaiting);
        return own_address_open(work, account, own->confirmed);
}

static const Accounts__Membership *membership_of(struct work *work, const Accounts__MailRow *row)
{
        struct memberships all = store_memberships(work->txn, id_of(row->due->account_id), work->arena);
        for (size_t i = 0; i < all.count; i++) {
                const Accounts__Membership *what = all.rows[i]->what;
                bool is_meant = row->due->membership_id == NULL
                                        ? !all.rows[i]->ended
                                        : id_equal(id_of(what->membership_id), id_of(row->due->membership_id));
                if (is_meant)
                        return what;
        }
        return NULL;
}

static void tell_what(struct work *work, const Accounts__MailRow *row, Accounts__MailToSendReply *reply)
{
        const Accounts__Membership *what = membership_of(work, row);
        const bool by_another = reply->kind == KIND(INVITATION) || reply->kind == KIND(ROLE_GIVEN) ||
                                reply->kind == KIND(SIGN_IN_RESET);
        if (row->sealed != NULL) {
                reply->browser = row->sealed->browser;
                reply->place = row->sealed->place;
                reply->label = row->sealed->label;
        }
        if (by_another)
                reply->by = row->by;
        if (what == NULL)
                return;
        reply->role = what->role;
        reply->organisation_id = what->organisation;
        if (what->n_territories > 0 && what->territories[0][0] != '*')
                reply->territory = what->territories[0];
}

/* MailToSend: where a mail goes and what it says. Caller: SERVICE (notifications). Refuses NOT_FOUND: it is not to
 * leave any more. */
struct reply handle_mail_to_send(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__MailToSendRequest *query = (const Accounts__MailToSendRequest *)message;
        const Accounts__MailRow *row = store_mail(work->txn, id_of(query->mail_id), work->arena);
        if (row == NULL || !is_to_leave(work, row))
                return refuse_gone(work);
        const Accounts__AccountRow *account = store_account(work->txn, id_of(row->due->account_id), work->arena);
        const char *email = address_for(work, row);
        if (account == NULL || account->closed || email == NULL)
                return refuse_gone(work);
        Accounts__MailToSendReply *reply = pb_new(&accounts__mail_to_send_reply__descriptor, work->arena);
        reply->kind = row->due->kind;
        reply->email = (char *)(uintptr_t)email;
        reply->name = account->name;
        reply->at = row->at;
        reply->carries_link = mail_carries_link(row->due->kind);
        tell_what(work, row, reply);
        return reply_ok(work, reply);
}

/* DrawMail: the secret of the link of a mail that leaves now. Caller: SERVICE (notifications). Emits MailDrawn. Refuses
 * NOT_FOUND: it is not to leave any more. */
struct reply handle_draw_mail(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__DrawMail *command = (const Accounts__DrawMail *)message;
        const Accounts__MailRow *row = store_mail(work->txn, id_of(command->mail_id), work->arena);
        Accounts__MailDrawn drawn = ACCOUNTS__MAIL_DRAWN__INIT;
        uint8_t hash[TOKEN_DIGEST_SIZE];
        if (row == NULL || !mail_carries_link(row->due->kind) || !is_to_leave(work, row))
                return refuse_gone(work);
        Accounts__DrawMailReply *reply = pb_new(&accounts__draw_mail_reply__descriptor, work->arena);
        reply->token = arena_alloc(work->arena, TOKEN_TEXT_SIZE);
        token_draw(work_world(work), reply->token, hash);
        drawn.mail_id = row->due->mail_id;
        drawn.hash = pb_bytes(arena_copy_slice(work->arena, slice_of(hash, sizeof(hash))));
        drawn.ends = reply->ends = instant_to(work->arena, mail_link_end_ms(work, row->due->kind));
        work_record(work, &drawn.base);
        return reply_ok(work, reply);
}
