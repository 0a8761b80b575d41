/* ResetSignIn: password, second factor and sessions of an account are taken away; a new token (RenewToken) lets its
 * holder in again. Caller: who may consent to one of its roles (consent.h), and an operator for an account whose roles
 * need nobody's consent. Emits SignInReset, KeyEnded, MailDue. Refuses NOT_FOUND, NOT_ALLOWED. */
#include "accounts/calls.h"

#include "accounts/sign_in.pb-c.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/people/consent.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/people/people_rows.h"
#include "services/accounts/people/user.h"
#include "services/accounts/sign_in/session.h"

/* Security: it hands the account over to whoever gets its next token, so it takes what each of its roles takes. */
static bool may_reset(const struct work *work, const Accounts__MembershipRow *by, const struct memberships *all)
{
        for (size_t i = 0; i < all->count; i++) {
                const Accounts__Membership *what = all->rows[i]->what;
                bool by_consent = by != NULL && user_may_consent(by->what, what);
                bool by_operator = work->actor->role == TYPES__ROLE__OPERATOR && !user_needs_consent(what->role);
                if (!all->rows[i]->ended && !by_consent && !by_operator)
                        return false;
        }
        return true;
}

struct reply handle_reset_sign_in(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__ResetSignIn *command = (const Accounts__ResetSignIn *)message;
        const Accounts__MembershipRow *by = consent_of(work, command->consent_token);
        const Accounts__AccountRow *account = store_account_named(work->txn, command->name, work->arena);
        struct memberships all = {0};
        bool known = false;
        if (account != NULL)
                all = store_memberships(work->txn, id_of(account->account_id), work->arena);
        for (size_t i = 0; i < all.count; i++)
                known |= consent_knows(work, by, all.rows[i]);
        if (account == NULL || account->closed || !known)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "name",
                                    "Aucun compte n'a ce nom : la liste des comptes donne ceux qui existent.");
        if (!may_reset(work, by, &all))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "consent_token",
                                    "L'accès de ce compte est remis à zéro par la coordination, ou par un facilitateur "
                                    "de ses territoires : adressez-vous à eux.");
        const struct mail_wish told = {.kind = ACCOUNTS__MAIL_KIND__MAIL_SIGN_IN_RESET,
                                       .account = id_of(account->account_id)};
        sign_in_forget(work, id_of(account->account_id));
        mail_tell(work, &told);
        return reply_ok(work, pb_new(&accounts__reset_sign_in_reply__descriptor, work->arena));
}
