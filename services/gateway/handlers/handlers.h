/* handlers.h: the handlers of the gateway's commands and queries, one file each, named after the method. Called by the
 * dispatcher, which has read and validated the message and checked the role. */
#ifndef SERVICES_GATEWAY_HANDLERS_HANDLERS_H
#define SERVICES_GATEWAY_HANDLERS_HANDLERS_H

#include "common/service/work.h"

struct reply handle_create_user(struct work *work, const ProtobufCMessage *message);
struct reply handle_confirm_user(struct work *work, const ProtobufCMessage *message);
struct reply handle_renew_token(struct work *work, const ProtobufCMessage *message);
struct reply handle_revoke_user(struct work *work, const ProtobufCMessage *message);
struct reply handle_users(struct work *work, const ProtobufCMessage *message);

#endif
