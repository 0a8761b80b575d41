/* SignInByProvider: opens a session for the account that this identity opens, or says why there is none. Caller: a
 * gateway, which has verified what the provider signed. A code is asked for where the provider has seen no second
 * factor and the account has one. Emits KeyGiven and SignedIn, or SignInFailed (the code). */
#include "accounts/calls.h"

#include "accounts/sign_in.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/sign_in/binding.h"
#include "services/accounts/entry/entry.h"

static Accounts__SessionReply *let_in(struct work *work, const Accounts__SignInByProvider *command,
                                      const struct entry *entry, const Accounts__Browser *browser)
{
        const struct tried_by tried = tries_of(work, entry->account->name, browser->place);
        struct factor_shown shown = {0};
        if (entry->shown_elsewhere || entry->row->factor.len == 0)
                return entry_open(work, entry, browser, &tried, &shown);
        Accounts__SessionReply *wait = entry_wait(work, &tried);
        if (wait != NULL)
                return wait;
        if (command->code[0] == '\0')
                return entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_CODE);
        const struct factor_of of = {id_of(entry->account->account_id), pb_slice(entry->row->factor), entry->row};
        if (!factor_accepts(work, &of, command->code, &shown))
                return entry_fail(work, &tried);
        return entry_open(work, entry, browser, &tried, &shown);
}

struct reply handle_sign_in_by_provider(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__SignInByProvider *command = (const Accounts__SignInByProvider *)message;
        const Accounts__Browser none = ACCOUNTS__BROWSER__INIT;
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        const Accounts__BindingRow *binding = binding_find(work, command->identity);
        struct entry entry = entry_find(
                work, binding == NULL ? NULL : store_account(work->txn, id_of(binding->account_id), work->arena));
        entry.shown_elsewhere = command->second_factor_shown;
        if (entry.membership == NULL)
                return reply_ok(work, entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_UNKNOWN));
        return reply_ok(work, let_in(work, command, &entry, command->browser == NULL ? &none : command->browser));
}
