/* homes_rows.h: what of this partition is on its way to another, or has gone there (services/tracking/parts). Below all
 * rooms of persons, so that each can ask. Puts are for apply() only.
 *
 *   table            key             row
 *   part             part id         PartRow (proto/tracking/parts.proto): sent from here, or taken here
 *   part_open        part id         empty: it has not ended
 *   held             id of a thing   id of the part with which it is on its way: nothing of it changes meanwhile
 *   moved            id of a thing   u32: the partition to which it has gone
 *   territory_home   territory text  TerritoryHome: where it is not as the topology says
 *
 * Things are what requests name by an id of this partition's: persons, placements, proposals, invoices. */
#ifndef SERVICES_TRACKING_HOMES_HOMES_ROWS_H
#define SERVICES_TRACKING_HOMES_HOMES_ROWS_H

#include "common/service/work.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/parts.pb-c.h"

#define HOMES_TABLES(TABLE)                                                                                            \
        TABLE(PART, "part", TABLE_STATE)                                                                               \
        TABLE(PART_OPEN, "part_open", TABLE_STATE)                                                                     \
        TABLE(HELD, "held", TABLE_STATE)                                                                               \
        TABLE(MOVED, "moved", TABLE_STATE)                                                                             \
        TABLE(TERRITORY_HOME, "territory_home", TABLE_STATE)
HOMES_TABLES(TABLE_NUMBER)

bool homes_any_held(struct txn *txn);
bool homes_is_held(struct txn *txn, struct id thing);
void homes_hold(struct txn *txn, struct id thing, struct id part);
void homes_let_go(struct txn *txn, struct id thing);

/* The partition to which it has gone; 0: it has not. */
uint32_t homes_moved_to(struct txn *txn, struct id thing);
void homes_put_moved(struct txn *txn, struct id thing, uint32_t partition);
void homes_drop_moved(struct txn *txn, struct id thing); /* it is here again */
/* Ids of all that has gone, until `see` says no. */
void homes_each_moved(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

/* NULL: as the topology says. */
Tracking__TerritoryHome *homes_territory(struct txn *txn, const char *territory, struct arena *arena);
void homes_put_territory(struct txn *txn, const char *territory, const Tracking__TerritoryHome *home,
                         struct arena *arena);
/* Whether who is new in the territory comes here: by the topology, or because it was taken. */
bool homes_has_territory(const struct work *work, const char *territory);
/* The partition to which who is new in the territory goes, as far as it is known here; 0: to none. */
uint32_t homes_partition_of(const struct work *work, const char *territory);

Tracking__PartRow *homes_part(struct txn *txn, struct id part, struct arena *arena);
void homes_put_part(struct txn *txn, struct id part, const Tracking__PartRow *row, struct arena *arena);
/* Those that have not ended, the first begun first. */
void homes_open_walk(struct txn *txn, struct walk *ret);
void homes_parts_walk(struct txn *txn, struct slice after, struct walk *ret); /* the last begun first */

#endif
