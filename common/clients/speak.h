/* speak.h: one question to another daemon by this process's own signature (role SERVICE), for no person. For the loop
 * thread. */
#ifndef COMMON_CLIENTS_SPEAK_H
#define COMMON_CLIENTS_SPEAK_H

#include "common/service/service.h"

struct speak_answer {
        const ProtobufCMessage *body; /* NULL: refused, or nobody answered. Both live until the call returns */
        const Types__Refusal *refusal;
};
struct speak {
        const struct instance *to;
        const char *method; /* "accounts.DrawLink" */
        const ProtobufCMessage *request;
        struct id key;
        void (*answer)(void *argument, const struct speak_answer *answer);
        void *argument;
        const ProtobufCMessageDescriptor *output; /* inside */
};
/* `speak` is the caller's until the answer has come. */
void speak_ask(struct service *service, struct speak *speak);

#endif
