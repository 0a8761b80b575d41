/* plausible.h: requests that a daemon may well grant, of any type: what stands in a field follows from its name, ids
 * are those that daemons gave, days are near today. From a seed. */
#ifndef TESTS_LIB_PLAUSIBLE_H
#define TESTS_LIB_PLAUSIBLE_H

#include <protobuf-c/protobuf-c.h>

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"

enum { PLAUSIBLE_IDS = 8, PLAUSIBLE_FIRST = 3 };

/* Ids by the name of the thing that they name: "contract", "placement"… */
struct plausible {
        uint64_t seed;
        struct day today;
        bool whole;      /* every field has a value */
        struct id never; /* learned */
        struct {
                const char *thing;
                struct id ids[PLAUSIBLE_IDS]; /* the first ones, of which the most will be said, then the latest in a
                                                 ring */
                size_t count;
        } things[64];
        size_t thing_count;
};

ProtobufCMessage *plausible_message(struct plausible *from, const ProtobufCMessageDescriptor *type,
                                    struct arena *arena);
/* Keeps every id that stands in a message. */
void plausible_learn(struct plausible *from, const ProtobufCMessage *message);
/* One of the ids of such things as a field names; a made-up one where there is none. */
struct id plausible_id(struct plausible *from, const char *field_name);

#endif
