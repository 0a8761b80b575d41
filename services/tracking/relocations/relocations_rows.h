/* relocations_rows.h: files that change departments. Finds return what lives in the arena, NULL where there is none;
 * puts are for apply() only. List walks must not be mixed with writes.
 *
 *   relocation               relocation id                 RelocationRow (relocations.proto)
 *   relocation_waiting       beneficiary id                relocation id: the one that waits for an answer
 *   relocation_by_territory  territory, relocation id      empty; where she leaves and where she goes */
#ifndef SERVICES_TRACKING_RELOCATIONS_RELOCATIONS_ROWS_H
#define SERVICES_TRACKING_RELOCATIONS_RELOCATIONS_ROWS_H

#include "common/base/arena.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/relocations.pb-c.h"

#define RELOCATIONS_TABLES(TABLE)                                                                                      \
        TABLE(RELOCATION, "relocation", TABLE_STATE)                                                                   \
        TABLE(RELOCATION_WAITING, "relocation_waiting", TABLE_STATE)                                                   \
        TABLE(RELOCATION_BY_TERRITORY, "relocation_by_territory", TABLE_STATE)
RELOCATIONS_TABLES(TABLE_NUMBER)

Tracking__RelocationRow *tracking_relocation(struct txn *txn, struct id id, struct arena *arena);
bool tracking_relocation_waits(struct txn *txn, struct id beneficiary);
void tracking_put_relocation(struct txn *txn, struct id id, const Tracking__RelocationRow *row, struct arena *arena);

/* Of one territory, or ("") all: walk_next() gives their ids. */
void relocations_walk(struct txn *txn, const char *territory, struct slice after, struct walk *ret);

/* Of these persons, who go to another partition: which ones there are; and all that there is of one goes. */
struct relocation_ids {
        struct id *at;
        size_t count;
};
struct relocation_ids relocations_of(struct txn *txn, Types__Id *const *persons, size_t count, struct arena *arena);
void tracking_drop_relocation(struct txn *txn, struct id id, const Tracking__RelocationRow *row);

#endif
