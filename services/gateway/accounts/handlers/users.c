/* users.c: accounts, made by one, confirmed by another, withdrawn and read. */
#include "gateway/calls.h"

#include "common/service/page.h"
#include "gateway/commands.pb-c.h"
#include "gateway/events.pb-c.h"
#include "gateway/queries.pb-c.h"
#include "services/gateway/accounts/accounts_rows.h"
#include "services/gateway/accounts/consent.h"
#include "services/gateway/accounts/user.h"

/* CreateUser: an account. Caller: OPERATOR. Emits UserCreated. The token is drawn here; where the role reads of persons
 * there is none before a second role consents (ConfirmUser). The very first coordinator's account has nobody to consent
 * to it: it stands at once, and its event says so. Refuses what user_check() refuses, and a name that was ever given.
 */
struct reply handle_create_user(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__CreateUser *command = (const Gateway__CreateUser *)message;
        struct given_token token = {0};
        struct refusal refusal;
        if (!user_check(command, &refusal))
                return reply_refusal(work, &refusal);
        if (store_find_user(work->txn, command->name, work->arena) != NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "name",
                                    "Ce nom a déjà été donné, peut-être à un compte révoqué : un nom ne sert qu'une "
                                    "fois, choisissez-en un autre. Si vous venez de créer ce compte, renouvelez son "
                                    "jeton (RenewToken).");

        Gateway__UserCreated created = GATEWAY__USER_CREATED__INIT;
        created.user_id = id_to(work->arena, work_new_id(work));
        created.name = command->name;
        created.role = command->role;
        created.organisation = command->organisation;
        created.territories = command->territories;
        created.n_territories = command->n_territories;
        created.token_days = command->token_days;
        created.first_coordinator =
                command->role == TYPES__ROLE__COORDINATOR && !store_has_role(work->txn, TYPES__ROLE__COORDINATOR);
        if (created.first_coordinator || !user_needs_consent(command->role)) {
                token = token_give(work, command->token_days);
                created.token_hash = token.hash;
                created.token_ends = token.ends;
        }
        work_record(work, &created.base);

        Gateway__CreateUserReply *reply = pb_new(&gateway__create_user_reply__descriptor, work->arena);
        reply->user_id = created.user_id;
        if (token.text != NULL)
                reply->token = token.text;
        reply->token_ends = token.ends;
        return reply_ok(work, reply);
}

/* ConfirmUser: consent to an account that awaits it; from then on its token opens the door, and it is shown to who
 * consents, to be handed over. Caller: an account of a coordinator or a facilitator (user_may_consent()), signed in or
 * by its token. Emits UserConfirmed. Refuses NOT_FOUND, NOT_ALLOWED, WRONG_STATE (nothing to consent to). */
struct reply handle_confirm_user(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__ConfirmUser *command = (const Gateway__ConfirmUser *)message;
        const Gateway__AccountRow *by = consent_account(work, command->consent_token), *account;
        struct refusal refusal;

        if (!consent_find(work, by, command->name, &account, &refusal))
                return reply_refusal(work, &refusal);
        /* Security: who makes accounts consents to none. */
        if (by == NULL || !user_may_consent(by, account))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "consent_token",
                                    "Le consentement est celui d'un compte de la coordination, ou d'un facilitateur de "
                                    "ces territoires : qu'il se connecte et consente, ou donne son propre jeton.");
        if (account->revoked || account->token_hash.len > 0)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "name",
                                    account->revoked ? "Ce compte est révoqué : créez-en un autre, sous un autre nom."
                                                     : "Ce compte est déjà confirmé ; un jeton perdu se renouvelle "
                                                       "(RenewToken).");

        struct given_token token = token_give(work, account->token_days);
        Gateway__UserConfirmed confirmed = GATEWAY__USER_CONFIRMED__INIT;
        confirmed.user_id = account->user_id;
        confirmed.name = account->name;
        confirmed.confirmed_by = by->user_id;
        confirmed.token_hash = token.hash;
        confirmed.token_ends = token.ends;
        work_record(work, &confirmed.base);
        return reply_token(work, account, &token);
}

/* RevokeUser: the account's token opens nothing any more, from the next request on. Caller: OPERATOR,
 * COORDINATOR. Emits UserRevoked. Refuses a name that no account has, and one that is revoked already. */
struct reply handle_revoke_user(struct work *work, const ProtobufCMessage *message)
{
        const Gateway__RevokeUser *command = (const Gateway__RevokeUser *)message;
        const Gateway__AccountRow *user = store_find_user(work->txn, command->name, work->arena);

        if (user == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "name",
                                    "Aucun compte n'a ce nom : la liste des comptes donne ceux qui existent.");
        if (user->revoked)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "name", "Ce compte est déjà révoqué.");

        Gateway__UserRevoked revoked = GATEWAY__USER_REVOKED__INIT;
        revoked.user_id = user->user_id;
        revoked.name = user->name;
        work_record(work, &revoked.base);
        return reply_ok(work, pb_new(&gateway__revoke_user_reply__descriptor, work->arena));
}

/* Users: the accounts, newest first, revoked ones too. Never a token nor its hash. Operators, auditors and coordinators
 * are told all of them, a facilitator those that she may consent to. */
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
