/* export_note.h: whoever takes a file out is noted first (accounts.Exports): without its trace nothing is given. */
#ifndef SERVICES_GATEWAY_FRONT_EXPORT_NOTE_H
#define SERVICES_GATEWAY_FRONT_EXPORT_NOTE_H

#include "common/codec/catalogue.h"
#include "services/gateway/front/gateway.h"

/* Whether what that method answers is a file by itself, as JSON. Documents always are. */
bool export_is(const struct catalogue_method *method);

struct export_note {
        struct gateway *gateway;
        struct http_request *request;
        const struct catalogue_method *method;
        const char *form;
        const ProtobufCMessage *message; /* what was asked */
        struct slice passport;           /* of who asks, signed */
        void (*then)(void *argument);    /* it is noted; else the request has been refused */
        void *argument;
};
void export_note(const struct export_note *note);

#endif
