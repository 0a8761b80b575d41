/* invitations.c: an invitation by mail is sent again, or taken back, by whoever could hand over a token. */
#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/mail/address.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/mail/mail_rows.h"
#include "services/accounts/people/consent.h"
#include "services/accounts/people/invitation.h"

static struct reply refuse_state(struct work *work, const char *field, const char *text)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, field, "%s", text);
}

static struct reply refuse_others(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "consent_token",
                            "Cette personne est invitée par la coordination, ou par un facilitateur de ses "
                            "territoires : adressez-vous à eux.");
}

/* What must hold of the person, once she is found. */
static bool may_be_invited(struct work *work, const Accounts__Invite *command, const Accounts__MembershipRow *by,
                           const struct person *person, struct refusal *ret_refusal)
{
        const struct id account = id_of(person->account->account_id);
        const Accounts__OwnAddressRow *row = store_own_address(work->txn, account, work->arena);
        const struct inviting inviting = {by, person->account, command->email};
        if (!invitation_check(work, &inviting, ret_refusal))
                return false;
        if (!mail_may_be_asked(row->others, 0, work->now_ms))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "name",
                              "%d courriels sont déjà partis pour ce compte en un jour : réessayez demain.",
                              MAIL_OF_A_DAY);
        return command->email[0] != '\0' || invitation_is_possible(work, account) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "email",
                      "Ce compte a déjà un mot de passe, ou n'a pas d'adresse : remettez d'abord son accès à zéro "
                      "(ResetSignIn), ou donnez l'adresse.");
}

/* Invite: a mail by which somebody sets her first password; the one before opens nothing any more. Caller: who could
 * hand over a token (RenewToken) for each of her roles. Emits AddressGiven, MailDue. Refuses NOT_FOUND, NOT_ALLOWED,
 * WRONG_STATE (awaits consent, revoked, has a password, too many today). */
struct reply handle_invite(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__Invite *command = (const Accounts__Invite *)message;
        const struct search search = {consent_of(work, command->consent_token), command->name, command->membership_id,
                                      ONE_THAT_STANDS};
        struct person person;
        struct refusal refusal;
        if (!consent_find(work, &search, &person, &refusal))
                return reply_refusal(work, &refusal);
        if (person.account->closed || person.membership == NULL || person.membership->ended)
                return refuse_state(work, "name",
                                    "Ce compte est révoqué, ou attend un consentement (ConfirmUser) : "
                                    "l'invitation part avec lui.");
        if (!consent_hands_over(work, search.by, person.account))
                return refuse_others(work);
        if (person.membership->awaits_consent)
                return refuse_state(work, "name",
                                    "Ce compte attend un consentement (ConfirmUser) : l'invitation part "
                                    "avec lui.");
        if (!may_be_invited(work, command, search.by, &person, &refusal))
                return reply_refusal(work, &refusal);
        if (command->email[0] != '\0')
                own_address_give(work, id_of(person.account->account_id), command->email);
        invitation_send(work, person.membership->what);
        return reply_ok(work, pb_new(&accounts__invite_reply__descriptor, work->arena));
}

/* EndInvitation: it opens nothing any more. Caller: as Invite. Emits MailEnded. Refuses NOT_FOUND, NOT_ALLOWED,
 * WRONG_STATE (none is open). */
struct reply handle_end_invitation(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__EndInvitation *command = (const Accounts__EndInvitation *)message;
        const struct search search = {consent_of(work, command->consent_token), command->name, NULL, ONE_THAT_STANDS};
        struct person person;
        struct refusal refusal;
        if (!consent_find(work, &search, &person, &refusal))
                return reply_refusal(work, &refusal);
        if (!consent_hands_over(work, search.by, person.account))
                return refuse_others(work);
        const Accounts__MailRow *row =
                mail_newest(work, id_of(person.account->account_id), ACCOUNTS__MAIL_KIND__MAIL_INVITATION);
        if (row == NULL || mail_state(row, work->now_ms) != ACCOUNTS__LINK_STATE__LINK_OPEN)
                return refuse_state(work, "name", "Aucune invitation de ce compte n'est ouverte.");
        mail_end(work, row, false);
        return reply_ok(work, pb_new(&accounts__end_invitation_reply__descriptor, work->arena));
}
