/* proposals_rows.h: the rows of proposals. Finds return what lives in the arena, NULL where there is none; puts are for
 * apply() only. List walks must not be mixed with writes.
 *
 *   table                          key                                  row
 *   proposal                       proposal id                          ProposalRow (proposals.proto), words sealed
 *   proposal_by_beneficiary        beneficiary, proposal id             empty
 *   proposal_by_obligation         obligation, proposal id              empty; of the need
 *   proposal_by_organisation       organisation, proposal id            empty; prescriber, company, structure
 *   proposal_next                  act_by i32, proposal id              empty; those where somebody has to act
 *   proposal_next_by_organisation  organisation, act_by i32, proposal   empty; those where it has */
#ifndef SERVICES_TRACKING_PROPOSALS_PROPOSALS_ROWS_H
#define SERVICES_TRACKING_PROPOSALS_PROPOSALS_ROWS_H

#include "common/base/arena.h"
#include "common/store/key.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/proposals.pb-c.h"

#define PROPOSALS_TABLES(TABLE)                                                                                        \
        TABLE(PROPOSAL, "proposal", TABLE_STATE)                                                                       \
        TABLE(PROPOSAL_BY_BENEFICIARY, "proposal_by_beneficiary", TABLE_STATE)                                         \
        TABLE(PROPOSAL_BY_OBLIGATION, "proposal_by_obligation", TABLE_STATE)                                           \
        TABLE(PROPOSAL_BY_ORGANISATION, "proposal_by_organisation", TABLE_STATE)                                       \
        TABLE(PROPOSAL_NEXT, "proposal_next", TABLE_STATE)                                                             \
        TABLE(PROPOSAL_NEXT_BY_ORGANISATION, "proposal_next_by_organisation", TABLE_STATE)
PROPOSALS_TABLES(TABLE_NUMBER)

Tracking__ProposalRow *tracking_proposal(struct txn *txn, struct id id, struct arena *arena);
/* A new one, or the same again after it changed. */
void tracking_put_proposal(struct txn *txn, struct id id, const Tracking__ProposalRow *row, struct arena *arena);
void tracking_drop_proposal(struct txn *txn, struct id id, const Tracking__ProposalRow *row);

/* --- ids, in ascending order, of one list (common/store/walk.h) --- */
enum proposals_list {
        LIST_PROPOSALS, /* all; part: unused */
        LIST_PROPOSALS_OF_BENEFICIARY,
        LIST_PROPOSALS_OF_OBLIGATION,
        LIST_PROPOSALS_OF_ORGANISATION,
};
void proposals_walk(struct txn *txn, enum proposals_list list, struct key part, struct slice after, struct walk *ret);
/* Those where somebody has to act, the earliest day first; an organisation's, or (zero) all. walk_id(). */
void proposals_walk_next(struct txn *txn, struct id organisation, struct slice after, struct walk *ret);
/* The same ids read whole, for who writes afterwards. */
struct proposal_ids {
        struct id *at;
        size_t count;
};
struct proposal_ids proposals_of(struct txn *txn, enum proposals_list list, struct id part, struct arena *arena);

#endif
