/* SetPassword: a password in the place of the one before, or a first one. The session goes on under another key, all
 * others end; a token by which she came ends too, and a session takes its place. Caller: a gateway, for who came with
 * that key. Emits PasswordSet, KeyGiven, KeyEnded, or SignInFailed (the password before is not that one). Refuses
 * NOT_FOUND (the key ended), NOT_ALLOWED (a program's). */
#include "accounts/calls.h"

#include <sodium.h>

#include "accounts/sign_in.pb-c.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/keys/keys_rows.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/entry/entry.h"
#include "services/accounts/sign_in/session.h"
#include "services/accounts/sign_in/sign_in_rows.h"

static void record_password(struct work *work, const Accounts__SetPassword *command, uint64_t number_before)
{
        uint8_t *hash = arena_alloc(work->arena, 32);
        Accounts__PasswordSet event = ACCOUNTS__PASSWORD_SET__INIT;
        Accounts__Unpublished unpublished = ACCOUNTS__UNPUBLISHED__INIT;
        Accounts__Password password = ACCOUNTS__PASSWORD__INIT;
        require(crypto_generichash(hash, 32, command->proof.data, command->proof.len, NULL, 0) == 0);
        password.salt = command->salt;
        password.passes = command->passes;
        password.memory_kib = command->memory_kib;
        password.proof_hash = pb_bytes(slice_of(hash, 32));
        unpublished.password = &password;
        event.account_id = command->account_id;
        work_record_sealed(work, &event.base, pb_encode(&unpublished, work->arena));
        if (number_before != 0)
                work_forget_sealed(work, number_before);
}

static Accounts__SessionReply *set_password(struct work *work, const Accounts__SetPassword *command,
                                            const Accounts__KeyRow *key, const struct entry *entry)
{
        const Accounts__Browser none = ACCOUNTS__BROWSER__INIT;
        const Accounts__Browser *browser = command->browser == NULL ? &none : command->browser;
        const struct tried_by tried = tries_of(work, entry->account->name, browser->place);
        const Accounts__MembershipRow *membership =
                store_membership(work->txn, id_of(key->given->membership_id), work->arena);
        Accounts__SessionReply *wait = entry->row->password == NULL ? NULL : entry_wait(work, &tried);
        if (wait != NULL)
                return wait;
        if (entry->row->password != NULL && !entry_proves(entry, pb_slice(command->proof_now)))
                return entry_fail(work, &tried);
        record_password(work, command, entry->row->password_number);
        (void)sessions_end(work, id_of(entry->account->account_id), key->given->key_id);
        const struct session_wish wish = {.account = id_of(entry->account->account_id),
                                          .membership = id_of(key->given->membership_id),
                                          .replaces = key,
                                          .browser = browser,
                                          .must_enrol = entry_must_enrol(entry, membership->what->role)};
        return session_give(work, &wish);
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
