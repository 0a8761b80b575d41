/* following.h: what events of contracts and tracking say of the things that deadlines follow from. A kind of event is a
 * row of the tables in following_tracking.c and following_contracts.c: a function that takes it in. It runs twice, once
 * to write the copies, and once, behind it in the same transaction, to say which things it touched, so that what waits
 * for them is planned anew (planning.h). */
#ifndef SERVICES_NOTIFICATIONS_DEADLINES_FOLLOWING_H
#define SERVICES_NOTIFICATIONS_DEADLINES_FOLLOWING_H

#include "common/service/event.h"
#include "services/notifications/deadlines/followed_rows.h"

struct taking {
        struct txn *txn;
        struct arena *arena;
        const struct event *event;
        bool writes;         /* false: it says alone what it touches */
        struct id *subjects; /* in the arena */
        size_t count;
};

/* A row of the tables. */
struct followed_event {
        uint32_t kind; /* body_case of its Event */
        void (*take)(struct taking *taking, const void *message);
};

void following_tracking(struct taking *taking);
void following_contracts(struct taking *taking);

/* --- for the rows --- */

/* What waits for this thing is planned anew; put() touches by itself. */
void taking_touch(struct taking *taking, struct id thing);
void taking_touch_all_of(struct taking *taking, struct id parent);
void taking_put(struct taking *taking, struct id thing, Notifications__FollowedThing *row, const struct id *parents);
void taking_gone(struct taking *taking, struct id thing);
/* The row of a thing in a message of its own, empty where there is none yet. */
Notifications__FollowedThing *taking_row(struct taking *taking, struct id thing,
                                         Notifications__FollowedThing__ThingCase is);
void taking_run(struct taking *taking, const struct followed_event *rows, size_t count, uint32_t kind,
                const void *message);

#endif
