/* access.h: who reads which field of an answer, and who gives which field of a request: the table that proto/access.awk
 * makes from the comments above the messages (decision 0074, docs/ACCESS.md). A role reads a field of a method's answer
 * where the method's row admits it and each message on the way grants it the field; nothing is granted by silence.
 *
 * access_shown() makes an answer what a role may read of it: what it may not is absent, as if it had never been set.
 * access_gives() refuses a request that says what the role may not give. Both look no further than where there is
 * something that the role misses; roles are bits, 1u << types.Role. Any thread; the table is for good. */
#ifndef COMMON_CODEC_ACCESS_H
#define COMMON_CODEC_ACCESS_H

#include <protobuf-c/protobuf-c.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/attr.h"
#include "common/codec/refusal.h"

struct access_message;

struct access_field {
        uint32_t readers, givers;            /* roles */
        uint32_t told;                       /* of a text that is given in somebody's own words: who will read it;
                                              * ROLE_NONE: nobody, it is in the log alone; 0: it is no such text */
        const struct access_message *inside; /* of a message that has parts; NULL: a value, read or not as a whole */
};

struct access_message {
        const char *name;       /* "contracts.NeedView"; with a field behind where it is narrower in that field */
        uint32_t hides, spares; /* roles that something of it, here or inside, is not shown to; not given by */
        const struct access_field *fields; /* in the order of the descriptor's */
        size_t field_count;
};

/* Of each message that is asked or answered. NULL: of none, so nobody reads or gives it. */
const struct access_message *access_of(const ProtobufCMessageDescriptor *type);

/* What the role may read of the message: itself, where that is all, else a copy in the arena of as much of it as
 * differs, sharing the rest. The message is not changed. */
const ProtobufCMessage *access_shown(const struct access_message *access, const ProtobufCMessage *message,
                                     uint32_t role, struct arena *arena) ATTR_MUST_CHECK;

/* False with *ret_refusal, NOT_ALLOWED with the field: the request says something that the role may not give. */
bool access_gives(const struct access_message *access, const ProtobufCMessage *request, uint32_t role,
                  struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The rows, by name; for access.c, the description of the interface, and tests. */
extern const struct access_message access_messages[];
extern const size_t access_messages_count;

#endif
