/* handlers.h: the handlers of the notifications daemon's commands and queries, one file each, named after the method.
 * Called by the dispatcher, which has read and validated the message and checked the role. */
#ifndef SERVICES_NOTIFICATIONS_HANDLERS_HANDLERS_H
#define SERVICES_NOTIFICATIONS_HANDLERS_HANDLERS_H

#include "common/service/work.h"

struct reply handle_subscribe(struct work *work, const ProtobufCMessage *message);
struct reply handle_confirm_address(struct work *work, const ProtobufCMessage *message);
struct reply handle_unsubscribe(struct work *work, const ProtobufCMessage *message);
struct reply handle_mark_notice_read(struct work *work, const ProtobufCMessage *message);
struct reply handle_inbox(struct work *work, const ProtobufCMessage *message);
struct reply handle_recent_notices(struct work *work, const ProtobufCMessage *message);
struct reply handle_own_notices(struct work *work, const ProtobufCMessage *message);
struct reply handle_subscriptions(struct work *work, const ProtobufCMessage *message);

/* There is no such subscription, or it is not the actor's. */
struct reply reply_no_subscription(struct work *work);

#endif
