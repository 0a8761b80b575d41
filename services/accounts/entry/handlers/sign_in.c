/* sign_in.c: somebody comes with a name and a password, by a gateway, which has worked out what it proves. */
#include "accounts/calls.h"

#include <sodium.h>
#include <string.h>

#include "accounts/sign_in.pb-c.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/settings.h"
#include "services/accounts/entry/entry.h"
#include "services/accounts/sign_in/sign_in_rows.h"

enum { SALT_SIZE = 16 };

/* Security: drawn from the name, by a key, so that it is always the same and tells nothing. */
static struct slice salt_of_nobody(struct work *work, const char *name)
{
        const struct accounts *accounts = accounts_of(work->context);
        uint8_t *salt = arena_alloc(work->arena, SALT_SIZE);
        require(crypto_generichash(salt, SALT_SIZE, (const uint8_t *)name, strlen(name), accounts->key,
                                   sizeof(accounts->key)) == 0);
        return slice_of(salt, SALT_SIZE);
}

/* SignInTerms: salt and cost of a name's password. Caller: a gateway. The same for a name that nobody has. */
struct reply handle_sign_in_terms(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__SignInTermsRequest *query = (const Accounts__SignInTermsRequest *)message;
        const struct accounts_settings *settings = accounts_settings_of(work->context);
        const struct entry entry = entry_find(work, store_account_named(work->txn, query->name, work->arena));
        const Accounts__Password *password = entry.row->password;
        Accounts__SignInTermsReply *reply = pb_new(&accounts__sign_in_terms_reply__descriptor, work->arena);
        struct slice nobodys = salt_of_nobody(work, query->name);
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        reply->salt = password != NULL ? password->salt : pb_bytes(nobodys);
        reply->fresh_passes = (uint32_t)settings->password_passes;
        reply->fresh_memory_kib = (uint32_t)settings->password_memory_kib;
        reply->passes = password != NULL ? password->passes : (uint32_t)settings->password_passes;
        reply->memory_kib = password != NULL ? password->memory_kib : (uint32_t)settings->password_memory_kib;
        return reply_ok(work, reply);
}

static Accounts__SessionReply *try_sign_in(struct work *work, const Accounts__SignIn *command)
{
        const struct attempt attempt =
                attempt_of(work, command->name, ACCOUNTS__SIGN_IN_WAY__WAY_PASSWORD, command->browser);
        const struct entry entry = entry_find(work, store_account_named(work->txn, command->name, work->arena));
        const bool proven = entry_proves(&entry, pb_slice(command->proof));
        struct factor_shown shown;
        Accounts__SessionReply *bad = entry_wait(work, &attempt.tried);
        if (bad != NULL)
                return bad;
        if (!proven || entry.membership == NULL)
                return entry_fail(work, &entry, &attempt);
        bad = entry_ask_code(work, &entry, &attempt, command->code, &shown);
        return bad != NULL ? bad : entry_open(work, &entry, &attempt, &shown);
}

/* SignIn: opens a session in the oldest role that stands, or says why there is none. Caller: a gateway. Emits
 * KeyGiven, SignedIn and SignInNoted, or SignInFailed and SignInNoted; too many failures are answered WAIT, and
 * change nothing. */
struct reply handle_sign_in(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__SignIn *command = (const Accounts__SignIn *)message;
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        return reply_ok(work, try_sign_in(work, command));
}
