/* placements_rows.h: the rows of placements. Rows found are copies in the arena or the caller's struct; puts are for
 * apply() only. List walks must not be mixed with writes.
 *
 *   table                     key                          row
 *   placement                 placement id                 struct placement (placement.h), 112 bytes
 *   placement_file            placement id                 PlacementFile (state.proto): the event, tutors, referents
 *   placement_by_beneficiary  beneficiary, placement id    empty
 *   placement_by_obligation   obligation, placement id     empty
 *   placement_by_organisation organisation, placement id   empty; the employer's, and the host's if it is another
 *   placement_next            placement id                 the id of the one that continues it (continuation.h)
 *   employer_reference        placement id                 sealed with the person's key: what its employer calls her
 *   placement_heard, placement_by_heard, placement_visit, visit_due, placement_presence, gone_due: heard_rows.h */
#ifndef SERVICES_TRACKING_PLACEMENTS_PLACEMENTS_ROWS_H
#define SERVICES_TRACKING_PLACEMENTS_PLACEMENTS_ROWS_H

#include "common/base/arena.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "services/tracking/placements/placement.h"
#include "tracking/state.pb-c.h"

#define PLACEMENTS_TABLES(TABLE)                                                                                       \
        TABLE(PLACEMENT, "placement", TABLE_STATE)                                                                     \
        TABLE(PLACEMENT_FILE, "placement_file", TABLE_STATE)                                                           \
        TABLE(PLACEMENT_BY_BENEFICIARY, "placement_by_beneficiary", TABLE_STATE)                                       \
        TABLE(PLACEMENT_BY_OBLIGATION, "placement_by_obligation", TABLE_STATE)                                         \
        TABLE(PLACEMENT_BY_ORGANISATION, "placement_by_organisation", TABLE_STATE)                                     \
        TABLE(PLACEMENT_NEXT, "placement_next", TABLE_STATE)                                                           \
        TABLE(EMPLOYER_REFERENCE, "employer_reference", TABLE_STATE)                                                   \
        TABLE(PLACEMENT_HEARD, "placement_heard", TABLE_STATE)                                                         \
        TABLE(PLACEMENT_BY_HEARD, "placement_by_heard", TABLE_STATE)                                                   \
        TABLE(PLACEMENT_VISIT, "placement_visit", TABLE_STATE)                                                         \
        TABLE(VISIT_DUE, "visit_due", TABLE_STATE)                                                                     \
        TABLE(PLACEMENT_PRESENCE, "placement_presence", TABLE_STATE)                                                   \
        TABLE(GONE_DUE, "gone_due", TABLE_STATE)
PLACEMENTS_TABLES(TABLE_NUMBER)

bool tracking_placement(struct txn *txn, struct id id, struct placement *ret);
void tracking_put_placement(struct txn *txn, struct id id, const struct placement *row);
void tracking_index_placement(struct txn *txn, struct id id, const struct placement *row);
/* It goes to another partition: its row, its file, what leads to it. */
void tracking_drop_placement(struct txn *txn, struct id id, const struct placement *row);
Tracking__PlacementFile *tracking_placement_file(struct txn *txn, struct id id, struct arena *arena);
void tracking_put_placement_file(struct txn *txn, struct id id, const Tracking__PlacementFile *row,
                                 struct arena *arena);

/* The one that continues it; zero takes that away. */
bool tracking_placement_next(struct txn *txn, struct id id, struct id *ret);
void tracking_put_placement_next(struct txn *txn, struct id id, struct id next);

/* Sealed; dies with the transaction. Empty takes it away. */
bool tracking_employer_reference(struct txn *txn, struct id id, struct slice *ret_sealed);
void tracking_put_employer_reference(struct txn *txn, struct id id, struct slice sealed);

/* The terms of its work contract, oldest first, as many as returned: those of the opening alone where none came after.
 * The last ones hold. Some are the row's own. */
size_t placement_terms(const Tracking__PlacementFile *file, struct arena *arena, Tracking__PlacementTerms ***ret);

/* A person's stay on an obligation. ALREADY_EXISTS where another open placement than `own`, of any of her files, meets
 * it. */
struct stay {
        struct id beneficiary, obligation;
        struct day starts_on;
        const Types__Day *ends_on; /* NULL: open-ended */
};
bool placement_stands_alone(struct txn *txn, const struct stay *stay, struct id own, struct refusal *ret);

/* As service_spec.each_key, of the placements whose contacts are sealed. */
void placements_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

/* --- ids, in ascending order, of one list (common/store/walk.h). `after` is the last id already seen --- */
enum placements_list {
        LIST_PLACEMENTS, /* all; part: unused */
        LIST_PLACEMENTS_OF_BENEFICIARY,
        LIST_PLACEMENTS_OF_OBLIGATION,
        LIST_PLACEMENTS_OF_ORGANISATION,
};
void placements_walk(struct txn *txn, enum placements_list list, struct key part, struct slice after, struct walk *ret);

#endif
