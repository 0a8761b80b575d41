/* pipeline.h: many commands in flight. Each has its own idempotency key and is sent again with it until it is answered,
 * so that whatever fails on the way, it is done once. For import and demo. One thread. */
#ifndef SERVICES_CTL_PIPELINE_H
#define SERVICES_CTL_PIPELINE_H

#include "services/ctl/session.h"

struct pipeline;

/* `tag` is what pipeline_send() was given, copied. One of body and refusal is NULL. All three die with the call. */
typedef void (*pipeline_answer_f)(void *argument, const void *tag, const ProtobufCMessage *body,
                                  const Types__Refusal *refusal);

/* `window`: how many commands may be in flight. PIPELINE_WINDOW for small ones: a daemon's batch takes as many. */
enum { PIPELINE_WINDOW = 512 };
struct pipeline *pipeline_new(struct session *session, size_t window, pipeline_answer_f answer, void *argument);
void pipeline_free(struct pipeline *pipeline); /* accepts NULL; what is in flight is forgotten */

struct pipeline_command {
        const char *method;
        const ProtobufCMessage *request; /* serialised at once */
        struct id key;
        const struct session_actor *actor; /* who gives it, copied; NULL: whoever acts for the session */
        const void *tag;                   /* of tag_size bytes, copied */
        size_t tag_size;
};

/* Waits while the window is full. False after a complaint: a daemon has not answered for a minute. */
bool pipeline_send(struct pipeline *pipeline, const struct pipeline_command *command) ATTR_MUST_CHECK;
bool pipeline_finish(struct pipeline *pipeline) ATTR_MUST_CHECK; /* waits until nothing is in flight */

#endif
