/* sessions.c: what who is signed in does with her sessions. */
#include "accounts/calls.h"

#include "accounts/queries.pb-c.h"
#include "accounts/sign_in.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/keys/give.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/mail/address.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/entry/entry.h"
#include "services/accounts/sign_in/session.h"

/* The session by which she came; NULL: she came by a token. */
static const Accounts__KeyRow *own_session(struct work *work)
{
        const Accounts__KeyRow *key = holder_is_signed_in(work) ? holder_key(work) : NULL;
        return key != NULL && key->given->kind == ACCOUNTS__KEY_KIND__KEY_SESSION ? key : NULL;
}

static struct reply refuse_no_session(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                            "Vous n'êtes pas venu par une session : connectez-vous avec votre mot de passe.");
}

/* SwitchMembership: the session goes on in another role of hers, under another key. Caller: who signed in. Emits
 * KeyGiven. Refuses NOT_ALLOWED (by a token), NOT_FOUND (no role of hers that stands). */
struct reply handle_switch_membership(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__SwitchMembership *command = (const Accounts__SwitchMembership *)message;
        const Accounts__KeyRow *key = own_session(work);
        const Accounts__MembershipRow *to = store_membership(work->txn, id_of(command->membership_id), work->arena);
        if (key == NULL)
                return refuse_no_session(work);
        if (to == NULL || to->ended || to->awaits_consent ||
            !id_equal(id_of(to->what->account_id), id_of(key->given->account_id)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "membership_id",
                                    "Vous n'avez pas ce rôle : la liste de vos rôles (OwnAccess) donne les vôtres.");
        struct entry entry = entry_find(work, store_account(work->txn, id_of(key->given->account_id), work->arena));
        entry.shown_elsewhere = key->shown_elsewhere;
        return reply_ok(work, session_go_on(work, key, to->what, entry_must_enrol(&entry, to->what->role)));
}

/* SignOut: the session by which she came opens nothing any more. Emits KeyEnded. Refuses NOT_ALLOWED (by a token). */
struct reply handle_sign_out(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__KeyRow *key = own_session(work);
        (void)message;
        if (key == NULL)
                return refuse_no_session(work);
        key_end(work, key);
        return reply_ok(work, entry_say(work, ACCOUNTS__SIGN_IN_OUTCOME__SIGN_IN_NONE));
}

/* EndOtherSessions: all her sessions end but the one by which she came. Emits KeyEnded. Refuses NOT_ALLOWED (a tool).
 */
struct reply handle_end_other_sessions(struct work *work, const ProtobufCMessage *message)
{
        Accounts__EndOtherSessionsReply *reply = pb_new(&accounts__end_other_sessions_reply__descriptor, work->arena);
        (void)message;
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        reply->ended = sessions_end(work, id_of(work->actor->account), work->actor->key);
        return reply_ok(work, reply);
}

static void tell_memberships(struct work *work, struct id account, Accounts__OwnAccessReply *reply)
{
        struct memberships all = store_memberships(work->txn, account, work->arena);
        reply->memberships = arena_alloc(work->arena, (all.count + 1) * sizeof(*reply->memberships));
        for (size_t i = 0; i < all.count; i++) {
                const Accounts__Membership *what = all.rows[i]->what;
                if (all.rows[i]->ended || all.rows[i]->awaits_consent)
                        continue;
                Accounts__OwnMembership *own = pb_new(&accounts__own_membership__descriptor, work->arena);
                own->membership_id = what->membership_id;
                own->role = what->role;
                own->organisation = what->organisation;
                own->territories = what->territories;
                own->n_territories = what->n_territories;
                own->is_current = id_equal(id_of(what->membership_id), id_of(work->actor->membership));
                reply->needs_second_factor |= session_needs_factor(what->role);
                reply->memberships[reply->n_memberships++] = own;
        }
}

static void tell_address(struct work *work, struct id account, Accounts__OwnAccessReply *reply)
{
        const Accounts__OwnAddressRow *row = store_own_address(work->txn, account, work->arena);
        const char *confirmed = own_address_open(work, account, row->confirmed);
        const char *awaiting = own_address_open(work, account, row->awaiting);
        reply->address = confirmed == NULL ? reply->address : (char *)(uintptr_t)confirmed;
        reply->awaiting_address = awaiting == NULL ? reply->awaiting_address : (char *)(uintptr_t)awaiting;
}

/* OwnAccess: by what who asks comes in, and in which roles. Refuses NOT_ALLOWED (a tool). */
struct reply handle_own_access(struct work *work, const ProtobufCMessage *message)
{
        Accounts__OwnAccessReply *reply = pb_new(&accounts__own_access_reply__descriptor, work->arena);
        (void)message;
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        struct id account = id_of(work->actor->account);
        const struct entry entry = entry_find(work, store_account(work->txn, account, work->arena));
        reply->name = work->actor->user;
        reply->has_password = entry.row->password != NULL;
        reply->has_second_factor = entry.row->factor.len > 0;
        reply->recovery_codes_left = (uint32_t)entry.row->n_recovery_hashes;
        tell_memberships(work, account, reply);
        tell_address(work, account, reply);
        const Accounts__KeyRow *key = holder_key(work);
        reply->may_replace_password = key != NULL && session_may_replace_password(work, key);
        return reply_ok(work, reply);
}
