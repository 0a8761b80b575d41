/* mail_links.c: the links of one use that mails carry: asked for, shown, used, disowned. Caller: a gateway, for who
 * stands at its door. Security: to who asks for one nobody tells whether an account has that address; a link that opens
 * nothing looks the same whatever the reason. */
#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/entry/entry.h"
#include "services/accounts/keys/give.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/mail/address.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/sign_in/session.h"

#define KIND(name) ACCOUNTS__MAIL_KIND__MAIL_##name

enum { ACCOUNTS_AT_ONCE = 8 };

/* ---- asked for */

static void send_link(struct work *work, struct id account)
{
        const Accounts__OwnAddressRow *row = store_own_address(work->txn, account, work->arena);
        const struct entry entry = entry_find(work, store_account(work->txn, account, work->arena));
        const bool refused = entry_demands_factor(work, account);
        const struct mail_wish wish = {.kind = refused ? KIND(NO_SIGN_IN_LINK) : KIND(SIGN_IN_LINK),
                                       .account = account};
        if (entry.membership != NULL && mail_may_be_asked(row->links, MAIL_LINK_REST_MS, work->now_ms))
                mail_due(work, &wish);
}

/* AskSignInLink: a link to sign in by, to each account with that confirmed address. One with a role that demands a
 * second factor is told so instead. Emits MailDue. Refuses nothing but a tool. */
struct reply handle_ask_sign_in_link(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__AskSignInLink *command = (const Accounts__AskSignInLink *)message;
        struct id accounts[ACCOUNTS_AT_ONCE];
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        size_t count = store_accounts_at(work->txn, own_address_hash(work, command->email), accounts, ACCOUNTS_AT_ONCE);
        for (size_t i = 0; i < count; i++)
                send_link(work, accounts[i]);
        return reply_ok(work, pb_new(&accounts__ask_sign_in_link_reply__descriptor, work->arena));
}

/* ---- what a link opens */

struct opened {
        const Accounts__MailRow *mail; /* NULL: nothing */
        struct entry entry;            /* the membership: that of the invitation, or the oldest */
};

static bool is_usable(struct work *work, const struct opened *opened)
{
        const struct entry *entry = &opened->entry;
        if (entry->account == NULL)
                return false;
        switch ((int)opened->mail->due->kind) {
        case ACCOUNTS__MAIL_KIND__MAIL_CONFIRM_ADDRESS: return true;
        case ACCOUNTS__MAIL_KIND__MAIL_INVITATION:
                return entry->membership != NULL && !entry->membership->ended && !entry->membership->awaits_consent &&
                       entry->row->password == NULL;
        case ACCOUNTS__MAIL_KIND__MAIL_SIGN_IN_LINK:
                return entry->membership != NULL && !entry_demands_factor(work, id_of(entry->account->account_id));
        }
        return false;
}

static struct opened open_link(struct work *work, ProtobufCBinaryData hash)
{
        struct opened opened = {.mail = mail_open_link(work, pb_slice(hash))};
        if (opened.mail == NULL)
                return opened;
        const Accounts__MailDue *due = opened.mail->due;
        opened.entry = entry_find(work, store_account(work->txn, id_of(due->account_id), work->arena));
        if (due->kind == KIND(INVITATION))
                opened.entry.membership = store_membership(work->txn, id_of(due->membership_id), work->arena);
        if (!is_usable(work, &opened))
                opened.mail = NULL;
        return opened;
}

/* MailLink: what a link opens, to be shown before it is used. */
struct reply handle_mail_link(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__MailLinkRequest *query = (const Accounts__MailLinkRequest *)message;
        Accounts__MailLinkReply *reply = pb_new(&accounts__mail_link_reply__descriptor, work->arena);
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        const struct opened opened = open_link(work, query->hash);
        if (opened.mail == NULL)
                return reply_ok(work, reply);
        reply->kind = opened.mail->due->kind;
        reply->name = opened.entry.account->name;
        reply->ends = opened.mail->ends;
        reply->asks_code = reply->kind == KIND(SIGN_IN_LINK) && opened.entry.row->factor.len > 0;
        if (reply->kind == KIND(INVITATION)) {
                const Accounts__Membership *what = opened.entry.membership->what;
                reply->by = opened.mail->by;
                reply->role = what->role;
                reply->organisation_id = what->organisation;
                reply->territories = what->territories;
                reply->n_territories = what->n_territories;
                reply->needs_second_factor = session_needs_factor(what->role);
        }
        return reply_ok(work, reply);
}

/* ---- used */

static struct reply say_nothing_opens(struct work *work)
{
        return reply_ok(work, entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_UNKNOWN));
}

/* EnterByLink: a session, without a password; a second factor is asked for where there is one. Emits KeyGiven,
 * SignedIn, SignInNoted, MailUsed, or SignInFailed and SignInNoted (the code). */
struct reply handle_enter_by_link(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__EnterByLink *command = (const Accounts__EnterByLink *)message;
        struct factor_shown shown;
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        const struct opened opened = open_link(work, command->hash);
        if (opened.mail == NULL || opened.mail->due->kind != KIND(SIGN_IN_LINK))
                return say_nothing_opens(work);
        const struct attempt attempt =
                attempt_of(work, opened.entry.account->name, ACCOUNTS__SIGN_IN_WAY__WAY_MAIL_LINK, command->browser);
        Accounts__SessionReply *bad = entry_ask_code(work, &opened.entry, &attempt, command->code, &shown);
        if (bad != NULL)
                return reply_ok(work, bad);
        mail_used(work, opened.mail);
        return reply_ok(work, entry_open(work, &opened.entry, &attempt, &shown));
}

/* Her token, if one was handed over too, opens nothing any more: as with a first password that is set by it. */
static void end_token(struct work *work, const Accounts__Membership *what)
{
        const Accounts__KeyRow *token = key_token_of(work, id_of(what->account_id), id_of(what->membership_id));
        if (token != NULL)
                key_end(work, token);
}

static void set_password(struct work *work, const Accounts__AcceptInvitation *command, const struct entry *entry)
{
        Accounts__Password password = ACCOUNTS__PASSWORD__INIT;
        password.salt = command->salt;
        password.passes = command->passes;
        password.memory_kib = command->memory_kib;
        password.proof_hash = entry_hash_of_proof(work, pb_slice(command->proof));
        entry_record_password(work, entry, &password);
}

/* AcceptInvitation: the first password of who is invited, and her session; that she got the mail confirms the address.
 * Emits MailUsed, OwnAddressConfirmed, PasswordSet, KeyEnded, KeyGiven, SignedIn, SignInNoted. */
struct reply handle_accept_invitation(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__AcceptInvitation *command = (const Accounts__AcceptInvitation *)message;
        const struct factor_shown shown = {0};
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        const struct opened opened = open_link(work, command->hash);
        if (opened.mail == NULL || opened.mail->due->kind != KIND(INVITATION))
                return say_nothing_opens(work);
        const struct id account = id_of(opened.entry.account->account_id);
        const struct attempt attempt =
                attempt_of(work, opened.entry.account->name, ACCOUNTS__SIGN_IN_WAY__WAY_INVITATION, command->browser);
        mail_used(work, opened.mail);
        if (store_own_address(work->txn, account, work->arena)->awaiting != NULL)
                own_address_confirm(work, account);
        set_password(work, command, &opened.entry);
        end_token(work, opened.entry.membership->what);
        return reply_ok(work, entry_open(work, &opened.entry, &attempt, &shown));
}

/* DisownMail: it was not meant for who got it; an address that awaits its confirmation is dropped. Emits MailEnded,
 * AddressDropped. Refuses NOT_ALLOWED (a tool, a link that opens nothing). */
struct reply handle_disown_mail(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__DisownMail *command = (const Accounts__DisownMail *)message;
        const Accounts__MailRow *mail = mail_open_link(work, pb_slice(command->hash));
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        if (mail == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "hash", "Ce lien n'ouvre plus rien.");
        mail_end(work, mail, true);
        if (mail->due->kind != KIND(SIGN_IN_LINK))
                own_address_drop_awaiting(work, id_of(mail->due->account_id));
        return reply_ok(work, pb_new(&accounts__disown_mail_reply__descriptor, work->arena));
}
