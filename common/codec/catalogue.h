/* catalogue.h: every service of the network with its messages, found by name. Built from the service blocks of
 * proto/: a method that is there is in the catalogue, nothing is listed twice. */
#ifndef COMMON_CODEC_CATALOGUE_H
#define COMMON_CODEC_CATALOGUE_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

struct catalogue_service {
        const char *name;                           /* "tracking" */
        const ProtobufCServiceDescriptor *commands; /* NULL: it takes none */
        const ProtobufCServiceDescriptor *queries;  /* NULL: it answers none */
        const ProtobufCMessageDescriptor *event;    /* NULL: it tells nothing */
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

/* Its request holds rows of a list (types.ListRow), in itself or in the one message that it is about. */
bool catalogue_holds_rows(const struct catalogue_method *method);
/* It carries one piece of a file: a command that takes `index` and `content` and tells `next_piece`; a question that
 * takes `index` and tells `content` of so many `piece_bytes`, and what the whole is (`size`, `media_type`, `title`,
 * `tag`). The gateway puts the whole together (front/api_files.h). */
bool catalogue_takes_pieces(const struct catalogue_method *method);
bool catalogue_gives_pieces(const struct catalogue_method *method);
/* Over HTTP its request is a body: commands, and questions about a list, whose rows fit no address; and where they are
 * persons', their names belong in none, since addresses are kept by whatever they pass (RGPD art. 5). */
bool catalogue_takes_body(const struct catalogue_method *method);

#endif
