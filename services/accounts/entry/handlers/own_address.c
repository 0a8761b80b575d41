/* own_address.c: where who is signed in gets mail. */
#include "accounts/calls.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/accounts/keys/holder.h"
#include "services/accounts/mail/address.h"
#include "services/accounts/mail/mail.h"
#include "services/accounts/mail/mail_rows.h"

/* Who loses it, or never gave it away, reads so. */
static void tell_old(struct work *work, struct id account, const Accounts__AddressSealed *old)
{
        const struct mail_wish wish = {
                .kind = ACCOUNTS__MAIL_KIND__MAIL_ADDRESS_CHANGED, .account = account, .to = old};
        if (old != NULL)
                mail_due(work, &wish);
}

static void ask_confirmation(struct work *work, struct id account, const char *email)
{
        const struct mail_wish wish = {.kind = ACCOUNTS__MAIL_KIND__MAIL_CONFIRM_ADDRESS, .account = account};
        own_address_give(work, account, email);
        mail_due(work, &wish);
}

static bool is_confirmed(struct work *work, const Accounts__OwnAddressRow *row, const char *email)
{
        return row->confirmed != NULL && slice_equal(pb_slice(row->confirmed->hash), own_address_hash(work, email));
}

/* SetOwnAddress: where she gets mail, once she has opened the link that is mailed there; "": nowhere any more. Caller:
 * who is signed in. Emits AddressGiven and MailDue; AddressDropped; AddressRemoved and MailDue (to the one before).
 * Refuses NOT_ALLOWED (a tool), UNAVAILABLE (no key to seal it with), WRONG_STATE (too many today). */
struct reply handle_set_own_address(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__SetOwnAddress *command = (const Accounts__SetOwnAddress *)message;
        Accounts__SetOwnAddressReply *reply = pb_new(&accounts__set_own_address_reply__descriptor, work->arena);
        struct refusal refusal;
        if (!holder_is_signed_in(work))
                return refuse_tool(work);
        const struct id account = id_of(work->actor->account);
        const Accounts__OwnAddressRow *row = store_own_address(work->txn, account, work->arena);
        if (command->email[0] == '\0') {
                tell_old(work, account, row->confirmed);
                own_address_remove(work, account);
                return reply_ok(work, reply);
        }
        if (is_confirmed(work, row, command->email)) {
                own_address_drop_awaiting(work, account);
                return reply_ok(work, reply);
        }
        if (!own_address_may_be_kept(work, &refusal))
                return reply_refusal(work, &refusal);
        if (!mail_may_be_asked(row->others, 0, work->now_ms))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "email",
                                    "%d courriels sont déjà partis pour ce compte en un jour : réessayez demain.",
                                    MAIL_OF_A_DAY);
        ask_confirmation(work, account, command->email);
        reply->awaits_confirmation = true;
        return reply_ok(work, reply);
}

/* ConfirmOwnAddress: who reads its mail says that it is hers. Caller: a gateway, for who holds the link. Emits
 * OwnAddressConfirmed, MailUsed, MailDue (to the one before). Refuses NOT_ALLOWED (a tool, a link that opens
 * nothing). */
struct reply handle_confirm_own_address(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__ConfirmOwnAddress *command = (const Accounts__ConfirmOwnAddress *)message;
        const Accounts__MailRow *mail = mail_open_link(work, pb_slice(command->hash));
        if (!work_is_from_gateway(work))
                return refuse_tool(work);
        if (mail == NULL || mail->due->kind != ACCOUNTS__MAIL_KIND__MAIL_CONFIRM_ADDRESS)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "hash", "Ce lien n'ouvre plus rien.");
        const struct id account = id_of(mail->due->account_id);
        const Accounts__OwnAddressRow *row = store_own_address(work->txn, account, work->arena);
        const Accounts__AddressSealed *old = row->confirmed;
        mail_used(work, mail);
        if (row->awaiting != NULL) {
                own_address_confirm(work, account);
                tell_old(work, account, old);
        }
        return reply_ok(work, pb_new(&accounts__confirm_own_address_reply__descriptor, work->arena));
}
