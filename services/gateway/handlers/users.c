/* Users: the accounts, newest first, revoked ones too. Never a token nor its hash. Operators, auditors and coordinators
 * are told all of them, a facilitator those that she may consent to. */
#include "gateway/queries.pb-c.h"
#include "services/gateway/handlers/consent.h"
#include "services/gateway/handlers/handlers.h"
#include "services/gateway/store.h"
#include "services/gateway/user.h"

static Gateway__UserView *view_of(const struct work *work, const Gateway__AccountRow *by,
                                  const Gateway__AccountRow *account)
{
        Gateway__UserView *view = pb_new(&gateway__user_view__descriptor, work->arena);
        view->user_id = account->user_id;
        view->name = account->name;
        view->role = account->role;
        view->organisation = account->organisation;
        view->territories = account->territories;
        view->n_territories = account->n_territories;
        view->revoked = account->revoked;
        view->token_ends = account->token_ends;
        view->awaits_consent = account->token_hash.len == 0 && !account->revoked;
        view->created_at = account->created_at;
        view->created_by = account->created_by;
        view->confirmed_by = account->confirmed_by;
        view->confirmed_at = account->confirmed_at;
        view->first_coordinator = account->first_coordinator;
        view->may_confirm = view->awaits_consent && by != NULL && user_may_consent(by, account);
        if (account->confirmed_by != NULL) {
                const Gateway__AccountRow *second =
                        store_find_account(work->txn, id_of(account->confirmed_by), work->arena);
                view->confirmed_by_name = second == NULL ? view->confirmed_by_name : second->name;
        }
        return view;
}

static void list(const struct work *work, const Gateway__UsersRequest *query, struct id before,
                 Gateway__UsersReply *reply)
{
        const Gateway__AccountRow *by = consent_account(work, ""), *account;
        uint32_t limit = page_limit(query->page);
        struct account_walk walk;
        struct slice last = {0};
        store_walk_begin(work->txn, query->awaiting_only, before, &walk);
        while ((account = store_walk_next(&walk, work->arena)) != NULL) {
                if (page_ends(work, reply->n_users, limit, last)) { /* there is more */
                        reply->next = pb_bytes(last);
                        break;
                }
                last = pb_slice(account->user_id->value);
                /* Security: a facilitator is told of those that she may consent to. */
                if (work->actor->role == TYPES__ROLE__FACILITATOR && (by == NULL || !user_may_consent(by, account)))
                        continue;
                reply->users = pb_append(reply->users, &reply->n_users, sizeof(*reply->users), work->arena);
                reply->users[reply->n_users - 1] = view_of(work, by, account);
        }
        store_walk_end(&walk);
}

struct reply handle_users(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__UsersRequest *query = (const Gateway__UsersRequest *)message;
        struct slice after = page_after(query->page);
        struct id before = {0};

        if (after.size != 0 && after.size != sizeof(before.b))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "page.after",
                                    "Cette suite de liste est celle d'une autre demande : reprenez au début.");
        if (after.size != 0)
                before = key_read_id(after, 0);
        Gateway__UsersReply *reply = pb_new(&gateway__users_reply__descriptor, work->arena);
        list(work, query, before, reply);
        return reply_ok(work, reply);
}
