/* users.c: accounts and their memberships: made by one, confirmed by another, ended and read. */
#include "accounts/calls.h"

#include "accounts/commands.pb-c.h"
#include "accounts/events.pb-c.h"
#include "accounts/queries.pb-c.h"
#include "common/service/page.h"
#include "services/accounts/keys/give.h"
#include "services/accounts/mail/address.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/people/consent.h"
#include "services/accounts/people/invitation.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/people/user.h"
#include "services/accounts/sign_in/session.h"

/* ---- made */

static Accounts__Membership *membership_of(struct work *work, Types__Role role, const Types__Id *organisation)
{
        Accounts__Membership *membership = pb_new(&accounts__membership__descriptor, work->arena);
        membership->membership_id = id_to(work->arena, work_new_id(work));
        membership->role = role;
        membership->organisation = (Types__Id *)(uintptr_t)organisation;
        return membership;
}

/* Its token, or an invitation in its place. */
static void open_door(struct work *work, Accounts__Membership *membership, uint32_t token_days,
                      Accounts__CreateUserReply *reply)
{
        Accounts__MembershipRow row = ACCOUNTS__MEMBERSHIP_ROW__INIT;
        Accounts__KeyGiven token;
        if (reply->is_invited) {
                invitation_send(work, membership);
                return;
        }
        row.what = membership;
        row.token_days = token_days;
        reply->token = token_give(work, &row, false, &token);
        reply->token_ends = token.ends;
        const struct mail_wish told = {.kind = ACCOUNTS__MAIL_KIND__MAIL_ROLE_GIVEN,
                                       .account = id_of(membership->account_id),
                                       .membership = membership->membership_id};
        mail_tell(work, &told);
}

/* Records the membership and, where it needs nobody's consent, what lets its holder in. The very first coordinator's
 * has nobody to consent to it: it stands at once, and its event says so. */
static struct reply give_membership(struct work *work, Accounts__Membership *membership, uint32_t token_days,
                                    const char *email)
{
        Accounts__CreateUserReply *reply = pb_new(&accounts__create_user_reply__descriptor, work->arena);
        Accounts__MembershipGiven given = ACCOUNTS__MEMBERSHIP_GIVEN__INIT;
        given.membership = membership;
        given.token_days = token_days;
        given.first_coordinator =
                membership->role == TYPES__ROLE__COORDINATOR && !store_has_role(work->txn, TYPES__ROLE__COORDINATOR);
        given.awaits_consent = !given.first_coordinator && user_needs_consent(membership->role);
        work_record(work, &given.base);
        reply->user_id = membership->account_id;
        reply->membership_id = membership->membership_id;
        reply->is_invited = email[0] != '\0';
        if (reply->is_invited)
                own_address_give(work, id_of(membership->account_id), email);
        if (!given.awaits_consent)
                open_door(work, membership, token_days, reply);
        return reply_ok(work, reply);
}

/* CreateUser: an account, and its first membership. Caller: OPERATOR. Emits AccountOpened, MembershipGiven, and,
 * where it needs nobody's consent, KeyGiven, or MailDue in its place where an address is given. Refuses what
 * user_check() refuses, and a name that was ever given. */
struct reply handle_create_user(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__CreateUser *command = (const Accounts__CreateUser *)message;
        Accounts__AccountOpened opened = ACCOUNTS__ACCOUNT_OPENED__INIT;
        struct refusal refusal;
        if (!user_check(command->role, command->organisation, &refusal) ||
            !invitation_check(work, &(struct inviting){NULL, NULL, command->email}, &refusal))
                return reply_refusal(work, &refusal);
        if (store_account_named(work->txn, command->name, work->arena) != NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "name",
                                    "Ce nom a déjà été donné, peut-être à un compte révoqué : un nom ne sert qu'une "
                                    "fois, choisissez-en un autre. Si vous venez de créer ce compte, renouvelez son "
                                    "jeton (RenewToken) ; pour un rôle de plus, ajoutez-le (AddMembership).");
        opened.account_id = id_to(work->arena, work_new_id(work));
        opened.name = command->name;
        work_record(work, &opened.base);

        Accounts__Membership *membership = membership_of(work, command->role, command->organisation);
        membership->account_id = opened.account_id;
        membership->territories = command->territories;
        membership->n_territories = command->n_territories;
        return give_membership(work, membership, command->token_days, command->email);
}

static bool has_already(const struct memberships *all, const Accounts__AddMembership *wanted)
{
        for (size_t i = 0; i < all->count; i++) {
                const Accounts__Membership *what = all->rows[i]->what;
                if (!all->rows[i]->ended && what->role == wanted->role &&
                    id_equal(id_of(what->organisation), id_of(wanted->organisation)))
                        return true;
        }
        return false;
}

/* AddMembership: another role of somebody who has an account. Caller: OPERATOR. Emits MembershipGiven, and KeyGiven
 * or MailDue as CreateUser; MailDue where she has a confirmed address. Refuses what user_check() refuses, NOT_FOUND,
 * ALREADY_EXISTS (she has that role for that organisation), WRONG_STATE (closed), TOO_LARGE. */
struct reply handle_add_membership(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__AddMembership *command = (const Accounts__AddMembership *)message;
        const Accounts__AccountRow *account = store_account_named(work->txn, command->name, work->arena);
        struct refusal refusal;
        if (!user_check(command->role, command->organisation, &refusal))
                return reply_refusal(work, &refusal);
        if (account == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "name",
                                    "Aucun compte n'a ce nom : la liste des comptes donne ceux qui existent.");
        if (account->closed)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "name",
                                    "Ce compte est révoqué : créez-en un autre, sous un autre nom.");
        struct memberships all = store_memberships(work->txn, id_of(account->account_id), work->arena);
        if (all.count == MEMBERSHIPS_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__TOO_LARGE, "name",
                                    "Ce compte a déjà eu %d rôles, et n'en prend pas plus.", MEMBERSHIPS_MAX);
        if (has_already(&all, command))
                return reply_refuse(work, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "role",
                                    "Cette personne a déjà ce rôle pour cette organisation : s'il a changé de "
                                    "territoires, terminez-le (EndMembership) et donnez-le de nouveau.");
        const struct inviting inviting = {consent_of(work, ""), account, command->email};
        if (!invitation_check(work, &inviting, &refusal))
                return reply_refusal(work, &refusal);
        Accounts__Membership *membership = membership_of(work, command->role, command->organisation);
        membership->account_id = account->account_id;
        membership->territories = command->territories;
        membership->n_territories = command->n_territories;
        return give_membership(work, membership, command->token_days, command->email);
}

/* ---- confirmed */

/* ConfirmUser: consent to a membership that awaits it; from then on its token opens the door, and it is shown to who
 * consents, to be handed over. Caller: an account of a coordinator or a facilitator (user_may_consent()), signed in or
 * by its token. Where an address was given with the account, its holder is invited there instead: no token is shown.
 * Emits MembershipConfirmed, and KeyGiven or MailDue. Refuses NOT_FOUND, NOT_ALLOWED, WRONG_STATE (nothing to consent
 * to). */
struct reply handle_confirm_user(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__ConfirmUser *command = (const Accounts__ConfirmUser *)message;
        const struct search search = {consent_of(work, command->consent_token), command->name, command->membership_id,
                                      ONE_THAT_AWAITS};
        struct person person;
        struct refusal refusal;

        if (!consent_find(work, &search, &person, &refusal))
                return reply_refusal(work, &refusal);
        if (person.account->closed || person.membership == NULL || person.membership->ended ||
            !person.membership->awaits_consent)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "name",
                                    person.account->closed
                                            ? "Ce compte est révoqué : créez-en un autre, sous un autre nom."
                                            : "Ce compte est déjà confirmé ; un jeton perdu se renouvelle "
                                              "(RenewToken).");
        /* Security: who makes accounts consents to none. */
        if (search.by == NULL || !user_may_consent(search.by->what, person.membership->what))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "consent_token",
                                    "Le consentement est celui d'un compte de la coordination, ou d'un facilitateur de "
                                    "ces territoires : qu'il se connecte et consente, ou donne son propre jeton.");

        Accounts__MembershipConfirmed confirmed = ACCOUNTS__MEMBERSHIP_CONFIRMED__INIT;
        Accounts__KeyGiven token;
        confirmed.membership_id = person.membership->what->membership_id;
        confirmed.account_id = person.account->account_id;
        confirmed.confirmed_by = search.by->what->account_id;
        work_record(work, &confirmed.base);
        if (invitation_is_possible(work, id_of(person.account->account_id)) &&
            consent_hands_over(work, search.by, person.account)) {
                Accounts__TokenReply *reply = pb_new(&accounts__token_reply__descriptor, work->arena);
                invitation_send(work, person.membership->what);
                reply->user_id = person.account->account_id;
                reply->is_invited = true;
                return reply_ok(work, reply);
        }
        char *text = token_give(work, person.membership, false, &token);
        return reply_key(work, &token, text);
}

/* ---- ended */

static bool has_any(struct work *work, struct id account)
{
        struct memberships all = store_memberships(work->txn, account, work->arena);
        for (size_t i = 0; i < all.count; i++)
                if (!all.rows[i]->ended)
                        return true;
        return false;
}

/* EndMembership: she has left that role; its keys open nothing any more, other roles of hers stand. Caller: OPERATOR,
 * COORDINATOR, a facilitator who may consent to it, she herself. Emits MembershipEnded, and with her last
 * role AddressRemoved, MailsForgotten. Refuses NOT_FOUND, WRONG_STATE,
 * INVALID_FIELD (left_on is to come). */
struct reply handle_end_membership(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__EndMembership *command = (const Accounts__EndMembership *)message;
        const Accounts__MembershipRow *by = consent_of(work, "");
        const Accounts__MembershipRow *row = store_membership(work->txn, id_of(command->membership_id), work->arena);
        struct day today = work->today;

        if (row == NULL || !consent_knows(work, by, row))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "membership_id",
                                    "Aucun compte n'a ce rôle : la liste des comptes donne ceux qui existent.");
        if (row->ended)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "membership_id", "Ce rôle est déjà fini.");
        if (command->left_on != NULL && day_number(day_of(command->left_on)) > day_number(today))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "left_on",
                                    "Le jour du départ est à venir : terminez le rôle ce jour-là, ou dites le jour où "
                                    "la personne est partie.");
        Accounts__MembershipEnded ended = ACCOUNTS__MEMBERSHIP_ENDED__INIT;
        ended.membership_id = row->what->membership_id;
        ended.account_id = row->what->account_id;
        ended.left_on = command->left_on != NULL ? command->left_on : day_to(work->arena, today);
        ended.reason = command->reason;
        work_record(work, &ended.base);
        if (!has_any(work, id_of(row->what->account_id)))
                mail_forget_account(work, id_of(row->what->account_id));
        return reply_ok(work, pb_new(&accounts__end_membership_reply__descriptor, work->arena));
}

/* RevokeUser: the account opens nothing any more, from the next request on. Caller: OPERATOR, COORDINATOR. Emits
 * AccountClosed, SignInReset, AddressRemoved, MailsForgotten. Refuses a name that no account has, and one that is
 * revoked already. */
struct reply handle_revoke_user(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__RevokeUser *command = (const Accounts__RevokeUser *)message;
        const Accounts__AccountRow *account = store_account_named(work->txn, command->name, work->arena);

        if (account == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "name",
                                    "Aucun compte n'a ce nom : la liste des comptes donne ceux qui existent.");
        if (account->closed)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "name", "Ce compte est déjà révoqué.");

        Accounts__AccountClosed closed = ACCOUNTS__ACCOUNT_CLOSED__INIT;
        closed.account_id = account->account_id;
        sign_in_forget(work, id_of(account->account_id));
        mail_forget_account(work, id_of(account->account_id));
        work_record(work, &closed.base);
        return reply_ok(work, pb_new(&accounts__revoke_user_reply__descriptor, work->arena));
}

/* ---- read */

static void view_token(struct work *work, const Accounts__MembershipRow *row, Accounts__UserView *view)
{
        const Accounts__KeyRow *token =
                key_token_of(work, id_of(row->what->account_id), id_of(row->what->membership_id));
        if (token != NULL && !view->revoked)
                view->token_ends = token->given->ends;
}

/* Where mail goes is told to its holder alone. */
static void view_invitation(struct work *work, const Accounts__MembershipRow *row, Accounts__UserView *view)
{
        struct id account = id_of(row->what->account_id);
        const Accounts__OwnAddressRow *address = store_own_address(work->txn, account, work->arena);
        const Accounts__MailRow *mail = mail_newest(work, account, ACCOUNTS__MAIL_KIND__MAIL_INVITATION);
        view->has_address = address->confirmed != NULL || address->awaiting != NULL;
        if (mail == NULL || !id_equal(id_of(mail->due->membership_id), id_of(row->what->membership_id)))
                return;
        view->invitation = mail_state(mail, work->now_ms);
        view->invitation_ends = mail->ends;
}

static Accounts__UserView *view_of(struct work *work, const Accounts__MembershipRow *by,
                                   const Accounts__MembershipRow *row)
{
        Accounts__UserView *view = pb_new(&accounts__user_view__descriptor, work->arena);
        const Accounts__AccountRow *account = store_account(work->txn, id_of(row->what->account_id), work->arena);
        view->user_id = row->what->account_id;
        view->membership_id = row->what->membership_id;
        view->name = account == NULL ? view->name : account->name;
        view->role = row->what->role;
        view->organisation = row->what->organisation;
        view->territories = row->what->territories;
        view->n_territories = row->what->n_territories;
        view->revoked = row->ended;
        view->left_on = row->left_on;
        view->left_reason = row->left_reason;
        view->awaits_consent = row->awaits_consent && !row->ended;
        view->created_at = row->given_at;
        view->created_by = row->given_by;
        view->confirmed_by = row->confirmed_by;
        view->confirmed_at = row->confirmed_at;
        view->first_coordinator = row->first_coordinator;
        view->may_confirm = view->awaits_consent && by != NULL && user_may_consent(by->what, row->what);
        view_token(work, row, view);
        view_invitation(work, row, view);
        if (row->confirmed_by != NULL) {
                const Accounts__AccountRow *second = store_account(work->txn, id_of(row->confirmed_by), work->arena);
                view->confirmed_by_name = second == NULL ? view->confirmed_by_name : second->name;
        }
        return view;
}

/* Security: a facilitator is told of those that she may consent to. */
static bool sees(const struct work *work, const Accounts__MembershipRow *by, const Accounts__MembershipRow *row)
{
        return work->actor->role != TYPES__ROLE__FACILITATOR || (by != NULL && user_may_consent(by->what, row->what));
}

/* Users: memberships, newest first, ended ones too. Never a token nor its hash. Operators, auditors, coordinators
 * and the data protection officer are told all of them, a facilitator those that she may consent to. */
struct reply handle_users(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__UsersRequest *query = (const Accounts__UsersRequest *)message;
        Accounts__UsersReply *reply = pb_new(&accounts__users_reply__descriptor, work->arena);
        const Accounts__MembershipRow *by = consent_of(work, ""), *row;
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        store_walk_memberships(work->txn, query->awaiting_only, page.after, &walk);
        while (page_next(&page, &walk, &id))
                if ((row = store_membership(work->txn, id, work->arena)) != NULL && sees(work, by, row))
                        page_add(&page, view_of(work, by, row));
        return page_reply(&page);
}
