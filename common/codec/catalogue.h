/* catalogue.h: every service of the network with its messages, found by name. Built from the service blocks of
 * proto/: a method that is there is in the catalogue, nothing is listed twice. */
#ifndef COMMON_CODEC_CATALOGUE_H
#define COMMON_CODEC_CATALOGUE_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

struct catalogue_service {
        const char *name;                           /* "tracking" */
        const ProtobufCServiceDescriptor *commands; /* NULL: it takes none */
        const ProtobufCServiceDescriptor *queries;
        const ProtobufCMessageDescriptor *event; /* NULL: it tells nothing */
};

struct catalogue_method {
        const struct catalogue_service *service;
        const ProtobufCMethodDescriptor *method; /* name, input, output */
        bool is_command;
};

/* The services, ended by one whose name is NULL. "runtime" (what every daemon answers) is the last before it. */
extern const struct catalogue_service catalogue[];

const struct catalogue_service *catalogue_find(const char *service); /* NULL: no such service */
/* "tracking.SubmitHours" -> its descriptors. False where there is none. */
bool catalogue_method(const char *qualified_name, struct catalogue_method *ret);

#endif
