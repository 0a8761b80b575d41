#include "services/tracking/proposals/proposals.h"

#include "contracts/events.pb-c.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/proposals/proposal.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"

/* Nobody is looked for any more: who is taken stays so, the others' prescribers are told. */
static void on_need_closed(struct work *work, const Contracts__NeedClosed *closed, const Types__Id *obligation)
{
        struct proposal_ids ids = proposals_of(work->txn, LIST_PROPOSALS_OF_OBLIGATION, id_of(obligation), work->arena);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, ids.at[i], work->arena);
                if (row != NULL && proposal_is_open(row) &&
                    proposal_last(row)->state != TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN &&
                    id_equal(id_of(row->need_id), id_of(closed->need_id)))
                        proposal_record_need_closed(work, ids.at[i], row, closed->closed_on);
        }
}

/* Who owes the hours of its obligation now reads it, if an organisation of the directory does. */
static void follow_company(struct work *work, struct id id, const Tracking__ProposalRow *row)
{
        const Tracking__ObligationCopy *obligation =
                tracking_obligation(work->txn, id_of(row->obligation_id), work->arena);
        if (obligation == NULL || !proposal_was_sent(row))
                return;
        struct id owing = tracking_contractor(work->txn, obligation);
        if (!id_equal(id_of(row->company), owing))
                proposal_record_company(work, id, row, id_is_zero(owing) ? NULL : id_to(work->arena, owing));
}

static void on_obligation_assigned(struct work *work, const Contracts__ObligationAssigned *assigned)
{
        struct proposal_ids ids =
                proposals_of(work->txn, LIST_PROPOSALS_OF_OBLIGATION, id_of(assigned->obligation_id), work->arena);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, ids.at[i], work->arena);
                if (row != NULL && proposal_is_open(row))
                        follow_company(work, ids.at[i], row);
        }
}

/* What was said by contracts while they were on their way, and only here, or to nobody. */
void proposals_settle(struct work *work, struct id person)
{
        struct proposal_ids ids = proposals_of(work->txn, LIST_PROPOSALS_OF_BENEFICIARY, person, work->arena);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, ids.at[i], work->arena);
                if (row == NULL || !proposal_is_open(row))
                        continue;
                const Tracking__NeedCopy *need = tracking_need(work->txn, id_of(row->need_id), work->arena);
                if (need != NULL && need->closed &&
                    proposal_last(row)->state != TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN) {
                        proposal_record_need_closed(work, ids.at[i], row, day_to(work->arena, work->today));
                        continue;
                }
                follow_company(work, ids.at[i], row);
        }
}

void proposals_react_contracts(struct work *work, const struct event *event)
{
        const Contracts__Event *body = event->body;
        if (body->body_case == CONTRACTS__EVENT__BODY_NEED_CLOSED) {
                const Tracking__NeedCopy *need =
                        tracking_need(work->txn, id_of(body->need_closed->need_id), work->arena);
                if (need != NULL)
                        on_need_closed(work, body->need_closed, need->obligation_id);
        }
        if (body->body_case == CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED)
                on_obligation_assigned(work, body->obligation_assigned);
        if (body->body_case == CONTRACTS__EVENT__BODY_ACT_WITHDRAWN)
                for (size_t i = 0; i < body->act_withdrawn->n_holders; i++)
                        on_obligation_assigned(work, body->act_withdrawn->holders[i]);
}
