#include "services/tracking/proposals/proposals_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "services/tracking/proposals/proposal.h"

Tracking__ProposalRow *tracking_proposal(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_PROPOSAL, id_slice(&id), &tracking__proposal_row__descriptor, arena);
}

/* What the index rows of a proposal are made of. */
struct proposed {
        struct id id;
        const Tracking__ProposalRow *row;
};

/* Which organisation has to act; zero: a facilitator, or nobody. */
static struct id organisation_that_acts(const Tracking__ProposalRow *row)
{
        switch (proposal_last(row)->next_actor) {
        case TRACKING__PROPOSAL_ACTOR__PRESCRIBER_ACTS: return id_of(row->prescriber);
        case TRACKING__PROPOSAL_ACTOR__COMPANY_ACTS: return id_of(row->company);
        case TRACKING__PROPOSAL_ACTOR__STRUCTURE_ACTS: return id_of(row->structure);
        default: return (struct id){0};
        }
}

static void rows_of_next(const struct proposed *proposed, struct index_rows *rows)
{
        const Tracking__ProposalStep *last = proposal_last(proposed->row);
        struct id organisation = organisation_that_acts(proposed->row);
        struct key due = key_empty(), own = key_of_id(organisation);
        if (last->act_by == NULL)
                return;
        key_i32(&due, last->act_by->days);
        index_id(rows, T_PROPOSAL_NEXT, due, proposed->id);
        key_i32(&own, last->act_by->days);
        if (!id_is_zero(organisation))
                index_id(rows, T_PROPOSAL_NEXT_BY_ORGANISATION, own, proposed->id);
}

static void rows_of_proposal(const void *record, struct index_rows *rows)
{
        const struct proposed *proposed = record;
        const Tracking__ProposalRow *row = proposed->row;
        const Types__Id *organisations[] = {row->prescriber, row->company, row->structure};
        index_id(rows, T_PROPOSAL_BY_BENEFICIARY, key_of_id(id_of(row->beneficiary_id)), proposed->id);
        index_id(rows, T_PROPOSAL_BY_OBLIGATION, key_of_id(id_of(row->obligation_id)), proposed->id);
        for (size_t i = 0; i < sizeof(organisations) / sizeof(*organisations); i++)
                if (organisations[i] != NULL)
                        index_id(rows, T_PROPOSAL_BY_ORGANISATION, key_of_id(id_of(organisations[i])), proposed->id);
        rows_of_next(proposed, rows);
}

void tracking_put_proposal(struct txn *txn, struct id id, const Tracking__ProposalRow *row, struct arena *arena)
{
        const Tracking__ProposalRow *old = tracking_proposal(txn, id, arena);
        txn_put_message(txn, T_PROPOSAL, id_slice(&id), row, arena);
        index_move(txn, rows_of_proposal, old == NULL ? NULL : &(struct proposed){id, old},
                   &(struct proposed){id, row});
}

void tracking_drop_proposal(struct txn *txn, struct id id, const Tracking__ProposalRow *row)
{
        index_move(txn, rows_of_proposal, &(struct proposed){id, row}, NULL);
        txn_delete(txn, T_PROPOSAL, id_slice(&id));
}

void proposals_walk(struct txn *txn, enum proposals_list list, struct key part, struct slice after, struct walk *ret)
{
        const size_t tables[] = {
                [LIST_PROPOSALS] = T_PROPOSAL,
                [LIST_PROPOSALS_OF_BENEFICIARY] = T_PROPOSAL_BY_BENEFICIARY,
                [LIST_PROPOSALS_OF_OBLIGATION] = T_PROPOSAL_BY_OBLIGATION,
                [LIST_PROPOSALS_OF_ORGANISATION] = T_PROPOSAL_BY_ORGANISATION,
        };
        walk_begin(txn, (struct walk_spec){tables[list], WALK_UP, CURSOR_ID}, part, after, ret);
}

void proposals_walk_next(struct txn *txn, struct id organisation, struct slice after, struct walk *ret)
{
        if (id_is_zero(organisation))
                walk_up(txn, T_PROPOSAL_NEXT, key_empty(), after, ret);
        else
                walk_up(txn, T_PROPOSAL_NEXT_BY_ORGANISATION, key_of_id(organisation), after, ret);
}

struct proposal_ids proposals_of(struct txn *txn, enum proposals_list list, struct id part, struct arena *arena)
{
        struct proposal_ids ids = {0};
        struct walk walk;
        struct id id;
        proposals_walk(txn, list, key_of_id(part), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                ids.at = pb_append(ids.at, &ids.count, sizeof(id), arena);
                ids.at[ids.count - 1] = id;
        }
        walk_end(&walk);
        return ids;
}
