/* kinds.h: what may wait for somebody. A kind is a row of the table in kinds.c: of which things it is, what of their
 * facts makes somebody wait and until when (a function of wanted.h), in which words it is told and which act settles
 * it. What settles it otherwise, moves it or lets it fall away needs no row: whatever changes the facts (following.h)
 * has it planned anew. A new kind: a row here, its words in notice_texts.json and words.c, its days in deadlines.json.
 */
#ifndef SERVICES_NOTIFICATIONS_DEADLINES_KINDS_H
#define SERVICES_NOTIFICATIONS_DEADLINES_KINDS_H

#include <stdbool.h>
#include <stddef.h>

#include "notifications/deadlines.pb-c.h"

struct wanting;

/* What it says and asks for, by its `detail` (a step, who acts). */
struct wait_face {
        uint32_t detail;
        const char *text; /* of notice_texts.json */
        const char *act;  /* a method; "": it is done outside */
};

struct wait_kind {
        Notifications__WaitKind number;
        const char *word;
        Notifications__FollowedThing__ThingCase of;
        void (*want)(struct wanting *wanting); /* wanted.h */
        bool tells_at_once; /* of a cause that is known late: what should have been told by then is told at once */
        const char *service, *thing; /* that the act names */
        const struct wait_face *faces;
        size_t face_count;
};

extern const struct wait_kind wait_kinds[];
extern const size_t wait_kind_count;

const struct wait_kind *wait_kind_of(Notifications__WaitKind number); /* NULL: none */
/* Its face for a detail; the first where it has none of its own. */
const struct wait_face *wait_face_of(const struct wait_kind *kind, uint32_t detail);

#endif
