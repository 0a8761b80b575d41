/* ask.h: one question to a daemon for who holds a link, or by this gateway itself. For the loop thread. */
#ifndef SERVICES_GATEWAY_LINKS_ASK_H
#define SERVICES_GATEWAY_LINKS_ASK_H

#include <jansson.h>

#include "common/codec/refusal.h"
#include "common/service/service.h"

struct link_answer {
        const ProtobufCMessage *body; /* in the arena that was given; NULL: refused, or nobody answered */
        const Types__Refusal *refusal;
        uint64_t position;
};
struct link_question {
        struct service *service;
        struct arena *arena; /* lives until the answer is there */
        const char *method;  /* "tracking.SubmitHours" */
        ProtobufCMessage *request;
        struct id key; /* of a command: its idempotency key */
        struct slice passport;
        uint32_t timeout_ms;
        void (*then)(void *argument, const struct link_answer *answer);
        void *argument;
};
/* Sent up to three times where it is a command, and on to where its thing has moved. */
void link_ask(const struct link_question *question);

/* The same of a JSON object; false with the refusal where it is no such request. */
bool link_request(const char *method, const json_t *json, struct arena *arena, ProtobufCMessage **ret,
                  struct refusal *ret_refusal);

#endif
