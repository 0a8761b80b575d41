/* Unsubscribe: an organisation wants to hear no more. Emits Unsubscribed. Its addresses are destroyed: notices already
 * posted stay in the inbox, their mails no longer leave. Refuses an unknown subscription, and another organisation's.
 */
#include "notifications/events.pb-c.h"
#include "services/notifications/address.h"
#include "notifications/calls.h"
#include "services/notifications/view.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

struct reply handle_unsubscribe(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__Unsubscribe *command = (const Notifications__Unsubscribe *)message;
        const Notifications__SubscriptionRow *row =
                store_find_subscription(work->txn, id_of(command->subscription_id), work->arena);
        if (row == NULL)
                return reply_no_subscription(work);

        Notifications__Unsubscribed unsubscribed = NOTIFICATIONS__UNSUBSCRIBED__INIT;
        unsubscribed.subscription_id = command->subscription_id;
        address_destroy(work, row->address_id);
        address_destroy(work, row->awaiting_id);
        work_record(work, &unsubscribed.base);
        return reply_ok(work, pb_new(&notifications__unsubscribe_reply__descriptor, work->arena));
}
