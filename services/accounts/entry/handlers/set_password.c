/* SetPassword: a password in the place of the one before, or a first one; who came by a link of her mail a moment
 * ago shows none. The session goes on under another key, all others end; a token by which she came ends too, and a
 * session takes its place. Caller: a gateway, for who came with that key. Emits PasswordSet, KeyGiven, KeyEnded,
 * MailDue, or SignInFailed (the password before is not that one). Refuses NOT_FOUND (the key ended), NOT_ALLOWED (a
 * program's). */
#include "accounts/calls.h"

#include "accounts/sign_in.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/keys/keys_rows.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/entry/entry.h"
#include "services/accounts/sign_in/session.h"
#include "services/accounts/sign_in/sign_in_rows.h"

static Accounts__Password password_of(struct work *work, const Accounts__SetPassword *command)
{
        Accounts__Password password = ACCOUNTS__PASSWORD__INIT;
        password.salt = command->salt;
        password.passes = command->passes;
        password.memory_kib = command->memory_kib;
        password.proof_hash = entry_hash_of_proof(work, pb_slice(command->proof));
        return password;
}

static void mail_what_happened(struct work *work, const struct entry *entry, const Accounts__Browser *browser)
{
        const struct mail_wish wish = {.kind = ACCOUNTS__MAIL_KIND__MAIL_PASSWORD_SET,
                                       .account = id_of(entry->account->account_id),
                                       .browser = browser->name,
                                       .place = browser->place};
        mail_tell(work, &wish);
}

/* WAIT or WRONG; NULL: she may. */
static Accounts__SessionReply *judge(struct work *work, const Accounts__SetPassword *command, const struct entry *entry,
                                     const struct attempt *attempt)
{
        Accounts__SessionReply *wait = entry_wait(work, &attempt->tried);
        if (wait != NULL)
                return wait;
        return entry_proves(entry, pb_slice(command->proof_now)) ? NULL : entry_fail(work, entry, attempt);
}

static Accounts__SessionReply *set_password(struct work *work, const Accounts__SetPassword *command,
                                            const Accounts__KeyRow *key, const struct entry *entry)
{
        const struct attempt attempt =
                attempt_of(work, entry->account->name, ACCOUNTS__SIGN_IN_WAY__WAY_NONE, command->browser);
        const Accounts__MembershipRow *membership =
                store_membership(work->txn, id_of(key->given->membership_id), work->arena);
        const bool is_free = entry->row->password == NULL || session_may_replace_password(work, key);
        const Accounts__Password password = password_of(work, command);
        Accounts__SessionReply *bad = is_free ? NULL : judge(work, command, entry, &attempt);
        if (bad != NULL)
                return bad;
        entry_record_password(work, entry, &password);
        (void)sessions_end(work, id_of(entry->account->account_id), key->given->key_id);
        const struct session_wish wish = {.membership = membership->what,
                                          .replaces = key,
                                          .browser = attempt.browser,
                                          .must_enrol = entry_must_enrol(entry, membership->what->role),
                                          .shown_elsewhere = key->shown_elsewhere};
        Accounts__SessionReply *reply = session_give(work, &wish);
        mail_what_happened(work, entry, attempt.browser);
        return reply;
}

struct reply handle_set_password(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__SetPassword *command = (const Accounts__SetPassword *)message;
        const Accounts__KeyRow *key = store_key(work->txn, id_of(command->key_id), work->arena);
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        const struct entry entry = entry_find(work, store_account(work->txn, id_of(command->account_id), work->arena));
        if (key == NULL || entry.account == NULL || entry.membership == NULL ||
            !id_equal(id_of(key->given->account_id), id_of(command->account_id)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "key_id",
                                    "Votre session est terminée : connectez-vous de nouveau.");
        if (key->given->kind == ACCOUNTS__KEY_KIND__KEY_PROGRAM)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                                    "Une clé de programme ne change pas le mot de passe : connectez-vous.");
        return reply_ok(work, set_password(work, command, key, &entry));
}
