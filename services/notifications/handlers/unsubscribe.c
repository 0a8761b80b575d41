/* Unsubscribe: an organisation wants to hear no more. Emits Unsubscribed. Notices already posted stay, and their mails
 * still leave. Refuses an unknown subscription, and another organisation's. */
#include "notifications/events.pb-c.h"
#include "services/notifications/handlers/handlers.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

struct reply handle_unsubscribe(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__Unsubscribe *command = (const Notifications__Unsubscribe *)message;
        const Notifications__SubscriptionView *row =
                store_find_subscription(work->txn, id_of(command->subscription_id), work->arena);
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "subscriptionId",
                                    "Cet abonnement n'existe pas ou plus. Relisez la liste de vos abonnements.");
        /* Security: its own subscriptions only, unless the actor serves the whole network. */
        if (!subscription_may_act_for(work->actor, id_of(row->organisation_id)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "subscriptionId",
                                    "Cet abonnement est celui d'une autre organisation : elle seule peut le retirer.");

        Notifications__Unsubscribed unsubscribed = NOTIFICATIONS__UNSUBSCRIBED__INIT;
        unsubscribed.subscription_id = command->subscription_id;
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT;
        event.body_case = NOTIFICATIONS__EVENT__BODY_UNSUBSCRIBED;
        event.unsubscribed = &unsubscribed;
        work_record(work, &event);
        return reply_ok(work, pb_new(&notifications__unsubscribe_reply__descriptor, work->arena));
}
