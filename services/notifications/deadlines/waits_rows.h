/* waits_rows.h: what waits for whom, as rows: each wait, those of a thing, and the days of all for whom something
 * waits, in the order in which it is to be done. Tables and keys: store.h. Only waits_events.c calls the functions that
 * put and delete. Messages live in the arena; NULL where there is nothing. */
#ifndef SERVICES_NOTIFICATIONS_DEADLINES_WAITS_ROWS_H
#define SERVICES_NOTIFICATIONS_DEADLINES_WAITS_ROWS_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/walk.h"
#include "notifications/deadlines.pb-c.h"

/* For whom: a row of keys begins with it. */
struct holder {
        uint8_t class;
        struct id id;
};
struct holder holder_region(void); /* all that waits for facilitators */
struct holder holder_of_territory(const char *territory);
struct holder holder_of_partner(struct id organisation); /* as company or structure */
struct holder holder_of_prescriber(struct id organisation);
struct holder holder_of_buyer(const char *siret);

Notifications__WaitRow *wait_find(struct txn *txn, struct id wait, struct arena *arena);
void wait_put(struct txn *txn, const Notifications__WaitRow *row, struct arena *arena); /* new, or in its place */
void wait_delete(struct txn *txn, struct id wait, struct arena *arena);
void waits_walk_of(struct txn *txn, struct id subject, struct walk *ret); /* their ids */

/* A day: cursors are until, id. */
enum { DAY_CURSOR_SIZE = sizeof(int32_t) + sizeof(struct id) };
struct day_walk {
        struct scan scan;
        struct key prefix, from;
        struct slice after;
        uint8_t cursor[DAY_CURSOR_SIZE]; /* of the row that was walked to */
        struct id wait;
};
/* `after`: DAY_CURSOR_SIZE bytes, or empty; borrowed. */
void day_walk_begin(struct txn *txn, const struct holder *holder, struct slice after, struct day_walk *ret);
bool day_walk_next(struct day_walk *walk);
void day_walk_end(struct day_walk *walk);
uint32_t day_count(struct txn *txn, const struct holder *holder, Notifications__WaitKind kind);

/* How far all things were planned by the rules of today. */
Notifications__PlannedRow *planned_find(struct txn *txn, struct arena *arena);
void planned_put(struct txn *txn, const Notifications__PlannedRow *row, struct arena *arena);

#endif
