/* ConfirmAddress: the code that was mailed, typed back: from now on alerts go to that address. Caller: whoever may
 * change the subscription. Emits AddressConfirmed, or AddressMissed: a wrong code is an answer, not a refusal, since it
 * counts. Refuses NOT_FOUND, WRONG_STATE (no address awaits a code, or the code has expired). */
#include <sodium.h>
#include <string.h>

#include "notifications/events.pb-c.h"
#include "services/notifications/address.h"
#include "notifications/calls.h"
#include "services/notifications/view.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

/* The code takes the same time to compare whatever is wrong in it. */
static bool is_the_code(const char *kept, const char *typed)
{
        char code[CODE_DIGITS + 1];
        code_of_typed(typed, code);
        return strlen(code) == CODE_DIGITS && strlen(kept) == CODE_DIGITS &&
               sodium_memcmp(code, kept, CODE_DIGITS) == 0;
}

static void confirm(struct work *work, const Notifications__SubscriptionRow *row)
{
        Notifications__AddressConfirmed confirmed = NOTIFICATIONS__ADDRESS_CONFIRMED__INIT;
        confirmed.subscription_id = row->subscription_id;
        confirmed.address_id = row->awaiting_id;
        address_destroy(work, row->address_id); /* the one before */
        work_record(work, &confirmed.base);
}

static void miss(struct work *work, const Notifications__SubscriptionRow *row, uint32_t attempts_left)
{
        Notifications__AddressMissed missed = NOTIFICATIONS__ADDRESS_MISSED__INIT;
        missed.subscription_id = row->subscription_id;
        missed.address_id = row->awaiting_id;
        if (attempts_left == 0)
                address_destroy(work, row->awaiting_id);
        work_record(work, &missed.base);
}

struct reply handle_confirm_address(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__ConfirmAddress *command = (const Notifications__ConfirmAddress *)message;
        const Notifications__SubscriptionRow *row =
                store_find_subscription(work->txn, id_of(command->subscription_id), work->arena);
        if (row == NULL)
                return reply_no_subscription(work);
        const Notifications__AddressRow *address =
                row->awaiting_id == NULL ? NULL : store_find_address(work->txn, id_of(row->awaiting_id), work->arena);
        const Notifications__SealedAddress *content =
                address_open(work->engine, work->txn, row->awaiting_id, work->arena);
        if (address == NULL || content == NULL || address->expires_at->ms <= work->now_ms)
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__WRONG_STATE, "code",
                        "Aucune adresse n'attend de code, ou le code a expiré : demandez-en un autre en vous "
                        "abonnant de nouveau avec cette adresse.");

        Notifications__ConfirmAddressReply *reply =
                pb_new(&notifications__confirm_address_reply__descriptor, work->arena);
        reply->confirmed = is_the_code(content->code, command->code);
        reply->attempts_left = reply->confirmed ? 0 : address->attempts_left - 1;
        if (reply->confirmed)
                confirm(work, row);
        else
                miss(work, row, reply->attempts_left);
        return reply_ok(work, reply);
}
