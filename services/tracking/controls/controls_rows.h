/* controls_rows.h: the rows of controls and of the placements that were drawn. Rows found live in the arena, NULL where
 * there is none; puts are for apply() only. Walks must not be mixed with writes.
 *
 *   table                     key                                      row
 *   sample                    control id                               ControlRow (controls.proto)
 *   sample_frame              control id                               ids of 16 bytes, ascending: the frame
 *   sample_by_territory       territory, control id                    empty
 *   evidence                  control id, placement id                 EvidenceRow (controls.proto), words sealed
 *   evidence_by_placement     placement id, control id                 empty
 *   evidence_next             act_by i32, control id, placement id     empty; those where somebody has to act
 *   evidence_next_by_organisation  organisation, the same              empty; those where it has */
#ifndef SERVICES_TRACKING_CONTROLS_CONTROLS_ROWS_H
#define SERVICES_TRACKING_CONTROLS_CONTROLS_ROWS_H

#include "common/base/arena.h"
#include "common/store/key.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/controls.pb-c.h"

#define CONTROLS_TABLES(TABLE)                                                                                         \
        TABLE(SAMPLE, "sample", TABLE_STATE)                                                                           \
        TABLE(SAMPLE_FRAME, "sample_frame", TABLE_STATE)                                                               \
        TABLE(SAMPLE_BY_TERRITORY, "sample_by_territory", TABLE_STATE)                                                 \
        TABLE(EVIDENCE, "evidence", TABLE_STATE)                                                                       \
        TABLE(EVIDENCE_BY_PLACEMENT, "evidence_by_placement", TABLE_STATE)                                             \
        TABLE(EVIDENCE_NEXT, "evidence_next", TABLE_STATE)                                                             \
        TABLE(EVIDENCE_NEXT_BY_ORGANISATION, "evidence_next_by_organisation", TABLE_STATE)
CONTROLS_TABLES(TABLE_NUMBER)

Tracking__ControlRow *tracking_control(struct txn *txn, struct id id, struct arena *arena);
void tracking_put_control(struct txn *txn, struct id id, const Tracking__ControlRow *row, struct arena *arena);
/* Empty: there is none. Dies with the transaction. */
struct slice tracking_control_frame(struct txn *txn, struct id id);
void tracking_put_control_frame(struct txn *txn, struct id id, struct slice frame);
/* Newest first; `territory` "": all. */
void controls_walk(struct txn *txn, const char *territory, struct slice before, struct walk *ret);

/* A placement that was drawn, by its control. */
struct evidence {
        struct id control, placement;
        Tracking__EvidenceRow *row;
};
bool tracking_evidence(struct txn *txn, struct id control, struct id placement, struct arena *arena,
                       struct evidence *ret);
/* A new one, or the same again after it changed: its lists follow. */
void tracking_put_evidence(struct txn *txn, const struct evidence *evidence, struct arena *arena);
/* Those of a control, by their placements; CURSOR_ID, walk_id(): the placement. */
void evidence_walk(struct txn *txn, struct id control, struct slice after, struct walk *ret);
/* Where somebody has to act, the earliest day first: an organisation's, or (zero) all. */
void evidence_next_walk(struct txn *txn, struct id organisation, struct slice after, struct walk *ret);
struct id evidence_next_control(const struct walk *walk); /* walk_id(): the placement */
/* In which controls a placement was drawn; as many as returned. */
size_t evidence_controls_of(struct txn *txn, struct id placement, struct arena *arena, struct id **ret);

/* Those of a control read whole, for who writes afterwards. */
struct evidence_list {
        struct evidence *at;
        size_t count;
};
struct evidence_list evidence_of(struct txn *txn, struct id control, struct arena *arena);

#endif
