/* asking.h: one question to another tracking process, by this one's own signature. Loop thread. */
#ifndef SERVICES_TRACKING_PARTS_ASKING_H
#define SERVICES_TRACKING_PARTS_ASKING_H

#include "common/clients/speak.h"

struct part_answer {
        const ProtobufCMessage *body; /* NULL: refused, or nobody answered */
        const Types__Refusal *refusal;
};
struct part_question {
        const char *method; /* "TakePart" */
        const ProtobufCMessage *request;
        void (*answer)(void *argument, const struct part_answer *answer);
        void *argument;
};
/* One that waits for its answer; its own until that comes. */
struct part_asked {
        struct part_question question;
        struct speak speak;
        char method[64];
};
/* False: the topology has no such partition. */
bool part_ask(struct service *service, uint32_t partition, const struct part_question *question,
              struct part_asked *asked);

#endif
