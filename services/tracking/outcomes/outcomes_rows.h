/* outcomes_rows.h: how placements ended, and what became of the persons. Puts are for apply() only; finds return what
 * lives in the arena, or dies with the transaction where they give a slice.
 *
 *   table                     key                          row
 *   placement_exit            placement id                 sealed ExitNote (state.proto): code and words of its end
 *   outcome                   placement id, moment u8      OutcomeRow (outcomes.proto); of its end from the end on
 *   outcome_due               day i32, placement id, moment u8   empty: nobody has an answer for that day yet
 *   corrected_act             beneficiary id, number u64   sealed ExitNote: what that event set right, and why */
#ifndef SERVICES_TRACKING_OUTCOMES_OUTCOMES_ROWS_H
#define SERVICES_TRACKING_OUTCOMES_OUTCOMES_ROWS_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/outcomes.pb-c.h"

#define OUTCOMES_TABLES(TABLE)                                                                                         \
        TABLE(PLACEMENT_EXIT, "placement_exit", TABLE_STATE)                                                           \
        TABLE(OUTCOME, "outcome", TABLE_STATE)                                                                         \
        TABLE(OUTCOME_DUE, "outcome_due", TABLE_STATE)                                                                 \
        TABLE(CORRECTED_ACT, "corrected_act", TABLE_STATE)
OUTCOMES_TABLES(TABLE_NUMBER)

bool tracking_placement_exit(struct txn *txn, struct id id, struct slice *ret_sealed);
void tracking_put_placement_exit(struct txn *txn, struct id id, struct slice sealed);
void tracking_drop_placement_exit(struct txn *txn, struct id id);

/* NULL: nothing was recorded for that moment. */
Tracking__OutcomeRow *tracking_outcome(struct txn *txn, struct id placement, Tracking__OutcomeMoment at,
                                       struct arena *arena);
void tracking_put_outcome(struct txn *txn, struct id placement, Tracking__OutcomeMoment at,
                          const Tracking__OutcomeRow *row, struct arena *arena);
void tracking_drop_outcome(struct txn *txn, struct id placement, Tracking__OutcomeMoment at);

/* A line of what is to be asked: of which placement, about which of the three moments, which lies on that day. */
struct outcome_due {
        struct day day;
        struct id placement;
        Tracking__OutcomeMoment at;
};
void tracking_set_outcome_due(struct txn *txn, struct outcome_due due, bool is_due);
/* Oldest first; `cursor` empty: from that day on. */
void outcomes_due_walk(struct txn *txn, struct day from, struct slice cursor, struct walk *ret);
struct outcome_due outcomes_due_of(const struct walk *walk);

void tracking_put_corrected_act(struct txn *txn, struct id beneficiary, uint64_t number, struct slice sealed);
void corrected_acts_walk(struct txn *txn, struct id beneficiary, struct walk *ret); /* oldest first */
void corrected_acts_forget(struct txn *txn, struct id beneficiary);

#endif
