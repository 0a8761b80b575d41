/* bind_provider.c: identities of providers are bound to the account of who is signed in, listed, and unbound. */
#include "accounts/calls.h"

#include "accounts/events.pb-c.h"
#include "accounts/queries.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/keys/keys_rows.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/sign_in/binding.h"
#include "services/accounts/sign_in/binding_rows.h"
#include "services/accounts/entry/entry.h"

static void mail_what_happened(struct work *work, struct id account, Accounts__MailKind kind, const char *provider)
{
        const struct mail_wish wish = {.kind = kind, .account = account, .label = provider};
        mail_tell(work, &wish);
}

static struct id record_bound(struct work *work, const Accounts__BindProvider *command)
{
        struct id id = work_new_id(work);
        Accounts__ProviderBound event = ACCOUNTS__PROVIDER_BOUND__INIT;
        Accounts__BoundIdentity what = ACCOUNTS__BOUND_IDENTITY__INIT;
        event.binding_id = id_to(work->arena, id);
        event.account_id = command->account_id;
        what.hash = pb_bytes(binding_hash(command->identity, work->arena));
        what.label = command->label;
        what.mail = command->mail;
        work_record_sealed(work, &event.base, pb_encode(&what, work->arena));
        mail_what_happened(work, id_of(command->account_id), ACCOUNTS__MAIL_KIND__MAIL_IDENTITY_BOUND, command->label);
        return id;
}

/* Security: a program's key, or a session that waits for its second factor, opens no new way in. */
static bool may_bind(struct work *work, const Accounts__BindProvider *command)
{
        const Accounts__KeyRow *key = store_key(work->txn, id_of(command->key_id), work->arena);
        const struct entry entry = entry_find(work, store_account(work->txn, id_of(command->account_id), work->arena));
        return key != NULL && entry.account != NULL && entry.membership != NULL &&
               id_equal(id_of(key->given->account_id), id_of(command->account_id)) &&
               key->given->ends->ms > work->now_ms && key->given->n_scopes == 0 &&
               key->given->kind != ACCOUNTS__KEY_KIND__KEY_PROGRAM;
}

/* BindProvider: from now on this identity opens the account. Caller: a gateway, for who came with that key and has just
 * shown that the identity is hers. Bound to her already: nothing new. Emits ProviderBound. Refuses NOT_FOUND (the key
 * opens nothing of that kind), ALREADY_EXISTS (it opens another account), TOO_LARGE (so many have been bound). */
struct reply handle_bind_provider(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__BindProvider *command = (const Accounts__BindProvider *)message;
        Accounts__BindProviderReply *reply = pb_new(&accounts__bind_provider_reply__descriptor, work->arena);
        Accounts__BindingRow *rows[BINDINGS_MAX];
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        if (!may_bind(work, command))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "key_id",
                                    "Votre session est terminée : connectez-vous de nouveau.");
        const Accounts__BindingRow *before = binding_find(work, command->identity);
        if (before != NULL && !id_equal(id_of(before->account_id), id_of(command->account_id)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "identity",
                                    "Cette identité ouvre déjà un autre compte : déliez-la d'abord depuis celui-là.");
        if (before == NULL && store_bindings(work->txn, id_of(command->account_id), work->arena, rows) == BINDINGS_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__TOO_LARGE, "identity",
                                    "Ce compte a déjà %d identités liées : déliez-en une d'abord.", BINDINGS_MAX);
        reply->binding_id = before != NULL ? before->binding_id : id_to(work->arena, record_bound(work, command));
        return reply_ok(work, reply);
}

/* EndProviderBinding: that identity opens her account no more. Caller: who is signed in. Emits ProviderBindingEnded.
 * Refuses NOT_ALLOWED (a tool), NOT_FOUND (none of hers). */
struct reply handle_end_provider_binding(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__EndProviderBinding *command = (const Accounts__EndProviderBinding *)message;
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        const Accounts__BindingRow *row =
                store_binding_of(work->txn, id_of(work->actor->account), id_of(command->binding_id), work->arena);
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "binding_id",
                                    "Aucune de vos identités liées n'est celle-là : leur liste donne les vôtres.");
        binding_end(work, row);
        mail_what_happened(work, id_of(row->account_id), ACCOUNTS__MAIL_KIND__MAIL_IDENTITY_ENDED, row->what->label);
        return reply_ok(work, pb_new(&accounts__end_provider_binding_reply__descriptor, work->arena));
}

/* OwnProviderBindings: the identities that open the account of who asks. Refuses NOT_ALLOWED (a tool). */
struct reply handle_own_provider_bindings(struct work *work, const ProtobufCMessage *message)
{
        Accounts__OwnProviderBindingsReply *reply =
                pb_new(&accounts__own_provider_bindings_reply__descriptor, work->arena);
        Accounts__BindingRow *rows[BINDINGS_MAX];
        (void)message;
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        size_t count = store_bindings(work->txn, id_of(work->actor->account), work->arena, rows);
        reply->bindings = arena_alloc(work->arena, BINDINGS_MAX * sizeof(*reply->bindings));
        for (size_t i = 0; i < count; i++) {
                Accounts__ProviderBindingView *view = pb_new(&accounts__provider_binding_view__descriptor, work->arena);
                view->binding_id = rows[i]->binding_id;
                view->label = rows[i]->what->label;
                view->mail = rows[i]->what->mail;
                view->bound_at = rows[i]->bound_at;
                reply->bindings[reply->n_bindings++] = view;
        }
        return reply_ok(work, reply);
}
