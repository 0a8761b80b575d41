/* Users: the accounts, newest first, revoked ones too. Never a token nor its hash. Operators, auditors and coordinators
 * are told all of them, a facilitator those that she may consent to. */
#include "common/service/page.h"

#include "gateway/calls.h"
#include "gateway/queries.pb-c.h"
#include "services/gateway/accounts/accounts_rows.h"
#include "services/gateway/accounts/consent.h"
#include "services/gateway/accounts/user.h"

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

/* Security: a facilitator is told of those that she may consent to. */
static bool sees(const struct work *work, const Gateway__AccountRow *by, const Gateway__AccountRow *account)
{
        return work->actor->role != TYPES__ROLE__FACILITATOR || (by != NULL && user_may_consent(by, account));
}

struct reply handle_users(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__UsersRequest *query = (const Gateway__UsersRequest *)message;
        Gateway__UsersReply *reply = pb_new(&gateway__users_reply__descriptor, work->arena);
        const Gateway__AccountRow *by = consent_account(work, ""), *account;
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        store_walk_accounts(work->txn, query->awaiting_only, page.after, &walk);
        while (page_next(&page, &walk, &id))
                if ((account = store_find_account(work->txn, id, work->arena)) != NULL && sees(work, by, account))
                        page_add(&page, view_of(work, by, account));
        return page_reply(&page);
}
