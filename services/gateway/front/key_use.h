/* key_use.h: tells accounts, once a day, that a key opened this door, so that its holder sees which keys nobody uses;
 * of a session that ends where it rests, six times within that time at most.
 * For the loop thread; nobody waits for it, and what is lost is told again by the next request. */
#ifndef SERVICES_GATEWAY_FRONT_KEY_USE_H
#define SERVICES_GATEWAY_FRONT_KEY_USE_H

#include "services/gateway/front/gateway.h"

void key_use_note(struct gateway *gateway, const struct session *session);

#endif
