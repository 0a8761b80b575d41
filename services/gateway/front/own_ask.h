/* own_ask.h: what the gateway asks of accounts in its own name (SERVICE), for somebody whom it does not know yet. A
 * command is sent up to three times under one id, and its answer waits until the copies know it. */
#ifndef SERVICES_GATEWAY_FRONT_OWN_ASK_H
#define SERVICES_GATEWAY_FRONT_OWN_ASK_H

#include "services/gateway/front/gateway.h"

/* Both NULL: accounts is silent, or cannot be read. */
struct own_told {
        const ProtobufCMessage *body;
        const Types__Refusal *refusal;
};
typedef void (*own_told_f)(void *argument, const struct own_told *told);

/* `method`: "SignInByProvider". `arena` lives until `then` is called, and what is told as long as it. */
void own_ask(struct gateway *gateway, struct arena *arena, const char *method, const void *request, own_told_f then,
             void *argument);

#endif
