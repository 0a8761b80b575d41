/* session_cookie.h: the key of a session goes into a cookie that no script reads, and into no answer. */
#ifndef SERVICES_GATEWAY_FRONT_SESSION_COOKIE_H
#define SERVICES_GATEWAY_FRONT_SESSION_COOKIE_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"

/* Takes the key out of an accounts.SessionReply, and says how the cookie is kept from now on: with it, or not at all
 * where the session is over. NULL: another reply, or one that leaves the session as it is. */
const char *session_cookie_take(ProtobufCMessage *reply, struct arena *arena);

#endif
