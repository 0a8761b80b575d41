#include "services/accounts/people/invitation.h"

#include "common/codec/types.h"
#include "services/accounts/mail/address.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/people/consent.h"
#include "services/accounts/sign_in/sign_in_rows.h"

static bool has_password(struct work *work, struct id account)
{
        return store_sign_in(work->txn, account, work->arena)->password != NULL;
}

/* Security: whose mail it is can sign in by it; so nobody says where it goes for one who is in already, nor for one
 * whose other roles take a consent that is not there. */
bool invitation_check(struct work *work, const struct inviting *inviting, struct refusal *ret_refusal)
{
        const Accounts__AccountRow *account = inviting->account;
        if (inviting->email[0] == '\0')
                return true;
        if (!own_address_may_be_kept(work, ret_refusal))
                return false;
        if (account == NULL)
                return true;
        struct id id = id_of(account->account_id);
        if (has_password(work, id) || store_own_address(work->txn, id, work->arena)->confirmed != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "email",
                              "Cette personne entre déjà, ou a confirmé son adresse : elle seule la change, dans « Mon "
                              "accès ». Laissez l'adresse vide.");
        return consent_hands_over(work, inviting->by, account) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "email",
                      "Un autre rôle de cette personne demande un consentement : son invitation part de qui peut le "
                      "donner (Invite). Laissez l'adresse vide.");
}

bool invitation_is_possible(struct work *work, struct id account)
{
        const Accounts__OwnAddressRow *row = store_own_address(work->txn, account, work->arena);
        return (row->awaiting != NULL || row->confirmed != NULL) && !has_password(work, account);
}

void invitation_send(struct work *work, const Accounts__Membership *membership)
{
        const struct mail_wish wish = {.kind = ACCOUNTS__MAIL_KIND__MAIL_INVITATION,
                                       .account = id_of(membership->account_id),
                                       .membership = membership->membership_id};
        mail_due(work, &wish);
}
