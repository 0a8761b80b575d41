/* Subscribe: an organisation asks to be told of what happens in a territory. Emits Subscribed, unless the same
 * subscription is there already; asking again with another address replaces it. Refuses what subscription_check()
 * refuses. */
#include "notifications/events.pb-c.h"
#include "services/notifications/handlers/handlers.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

static void record(struct work *work, Types__Id *id, struct id organisation, const Notifications__Subscribe *command)
{
        Notifications__Subscribed subscribed = NOTIFICATIONS__SUBSCRIBED__INIT;
        subscribed.subscription_id = id;
        subscribed.organisation_id = id_to(work->arena, organisation);
        subscribed.organisation_name = command->organisation_name;
        subscribed.territory = command->territory;
        subscribed.email = command->email;
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT;
        event.body_case = NOTIFICATIONS__EVENT__BODY_SUBSCRIBED;
        event.subscribed = &subscribed;
        work_record(work, &event);
}

struct reply handle_subscribe(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__Subscribe *command = (const Notifications__Subscribe *)message;
        struct id organisation = subscription_organisation(work->actor, command->organisation_id);
        struct refusal refusal;
        if (!subscription_check(work->actor, organisation, command, &refusal))
                return reply_refusal(work, &refusal);

        const Notifications__SubscriptionView *kept =
                store_find_subscription_of(work->txn, organisation, command->territory, work->arena);
        Types__Id *id = kept != NULL ? kept->subscription_id : id_to(work->arena, work_new_id(work));
        if (subscription_differs(kept, command))
                record(work, id, organisation, command);

        Notifications__SubscribeReply *reply = pb_new(&notifications__subscribe_reply__descriptor, work->arena);
        reply->subscription_id = id;
        return reply_ok(work, reply);
}
