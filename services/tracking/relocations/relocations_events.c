#include "common/codec/types.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/proposals/proposal.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/relocations/relocations_rows.h"
#include "tracking/calls.h"

void apply_relocation_proposed(const struct change *change, const Tracking__RelocationProposed *proposed)
{
        Tracking__RelocationRow row = TRACKING__RELOCATION_ROW__INIT;
        row.beneficiary_id = proposed->beneficiary_id;
        row.from_territory = proposed->from_territory;
        row.to_territory = proposed->to_territory;
        row.moved_on = proposed->moved_on;
        row.agreed_on = proposed->agreed_on;
        row.answer_by = proposed->answer_by;
        row.state = TRACKING__RELOCATION_STATE__RELOCATION_PROPOSED;
        row.proposed_at_ms = change->event->at_ms;
        tracking_put_relocation(change->txn, id_of(proposed->relocation_id), &row, change->arena);
}

static void answer(const struct change *change, struct id id, Tracking__RelocationState state, char *decline_code)
{
        Tracking__RelocationRow *row = tracking_relocation(change->txn, id, change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->state = state;
        row->decline_code = decline_code;
        row->answered_at_ms = change->event->at_ms;
        tracking_put_relocation(change->txn, id, row, change->arena);
}

void apply_relocation_ended(const struct change *change, const Tracking__RelocationEnded *ended)
{
        answer(change, id_of(ended->relocation_id), ended->state, ended->decline_code);
}

/* What is open of hers is followed where she is followed; what is over stays where it was. */
static void move_proposals(const struct change *change, struct id beneficiary, char *territory)
{
        struct proposal_ids ids = proposals_of(change->txn, LIST_PROPOSALS_OF_BENEFICIARY, beneficiary, change->arena);
        for (size_t i = 0; i < ids.count; i++) {
                Tracking__ProposalRow *row = tracking_proposal(change->txn, ids.at[i], change->arena);
                if (row == NULL || !proposal_is_open(row))
                        continue;
                row->territory = territory;
                tracking_put_proposal(change->txn, ids.at[i], row, change->arena);
        }
}

void apply_beneficiary_relocated(const struct change *change, const Tracking__BeneficiaryRelocated *relocated)
{
        static char empty[] = "";
        struct id id = id_of(relocated->beneficiary_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, id, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        tracking_move_beneficiary(change->txn, id, person, relocated->to_territory, change->arena);
        person->territory = relocated->to_territory;
        tracking_note_contact(change->txn, id, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, id, person, change->arena);
        move_proposals(change, id, relocated->to_territory);
        answer(change, id_of(relocated->relocation_id), TRACKING__RELOCATION_STATE__RELOCATION_ACCEPTED, empty);
}
