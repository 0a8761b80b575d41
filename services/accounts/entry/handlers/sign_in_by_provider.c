/* SignInByProvider: opens a session for the account that this identity opens, or says why there is none. Caller: a
 * gateway, which has verified what the provider signed. A code is asked for where the provider has seen no second
 * factor and the account has one. Emits KeyGiven, SignedIn and SignInNoted, or SignInFailed and
 * SignInNoted (the code). */
#include "accounts/calls.h"

#include "accounts/sign_in.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/sign_in/binding.h"
#include "services/accounts/entry/entry.h"

static Accounts__SessionReply *let_in(struct work *work, const Accounts__SignInByProvider *command,
                                      const struct entry *entry)
{
        const struct attempt attempt =
                attempt_of(work, entry->account->name, ACCOUNTS__SIGN_IN_WAY__WAY_PROVIDER, command->browser);
        struct factor_shown shown;
        Accounts__SessionReply *bad = entry_ask_code(work, entry, &attempt, command->code, &shown);
        return bad != NULL ? bad : entry_open(work, entry, &attempt, &shown);
}

struct reply handle_sign_in_by_provider(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__SignInByProvider *command = (const Accounts__SignInByProvider *)message;
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        const Accounts__BindingRow *binding = binding_find(work, command->identity);
        struct entry entry = entry_find(
                work, binding == NULL ? NULL : store_account(work->txn, id_of(binding->account_id), work->arena));
        entry.shown_elsewhere = command->second_factor_shown;
        if (entry.membership == NULL)
                return reply_ok(work, entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_UNKNOWN));
        return reply_ok(work, let_in(work, command, &entry));
}
