/* own_call.h: what a gateway asks accounts by itself: for somebody whom it does not know yet, or who knows nothing of
 * it. For the loop thread. */
#ifndef SERVICES_GATEWAY_FRONT_OWN_CALL_H
#define SERVICES_GATEWAY_FRONT_OWN_CALL_H

#include "services/gateway/front/gateway.h"

/* One of `body` and `refusal`; neither: accounts does not answer. They live until the call returns. `position`: of
 * accounts' log when it answered. */
struct own_answer {
        const ProtobufCMessage *body;
        const Types__Refusal *refusal;
        uint64_t position;
        bool is_done_before; /* by another that came with that key */
};
typedef void (*own_answer_f)(void *argument, const struct own_answer *answer);

/* Asks once, or, of a command, up to three times with one key: `key`, or, where it is zero, one that is drawn. `arena`
 * lives until it is answered. */
struct own_call {
        struct gateway *gateway;
        struct arena *arena;
        const char *method; /* "accounts.SignIn" */
        const ProtobufCMessage *request;
        own_answer_f done;
        void *argument;
        struct id key;
        struct slice passport; /* signed, of somebody in whose name it asks; empty: in its own */
};
void own_call(const struct own_call *call);

#endif
