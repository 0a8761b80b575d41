#include "services/tracking/proposals/proposals.h"

#include <string.h>

#include "common/codec/types.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/proposals/proposal.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/silence.h"
#include "tracking/calls.h"

#define DAY_MS ((int64_t)86400000)

static void append_step(const struct change *change, Tracking__ProposalRow *row, const Tracking__ProposalStep *step,
                        struct slice sealed)
{
        Tracking__ProposalStepRow *added = pb_new(&tracking__proposal_step_row__descriptor, change->arena);
        added->step = (Tracking__ProposalStep *)(uintptr_t)step;
        added->recorded_at_ms = change->event->at_ms;
        added->sealed_words = pb_bytes(sealed);
        row->steps = pb_append(row->steps, &row->n_steps, sizeof(*row->steps), change->arena);
        row->steps[row->n_steps - 1] = added;
        row->version = change->event->number;
        if (sealed.size > 0)
                tracking_note_sealed(change->txn, id_of(row->beneficiary_id), change->event->number);
}

/* She was asked, seen or heard of; what a company keeps to itself, or silence, is no contact with her. */
static bool is_contact(const Tracking__ProposalStep *step)
{
        return step->state == TRACKING__PROPOSAL_STATE__PROPOSAL_PROPOSED ||
               step->state == TRACKING__PROPOSAL_STATE__PROPOSAL_MET ||
               step->state == TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN ||
               (step->state == TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN &&
                strncmp(step->outcome_code, "PERSON_", strlen("PERSON_")) == 0 &&
                strcmp(step->outcome_code, "PERSON_SILENT") != 0);
}

static void put_step(const struct change *change, struct id id, const Tracking__ProposalRow *row)
{
        const Tracking__ProposalStep *last = proposal_last(row);
        struct id beneficiary = id_of(row->beneficiary_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, beneficiary, change->arena);
        tracking_put_proposal(change->txn, id, row, change->arena);
        silence_wait(change->txn, id, last->expires_at != NULL ? last->expires_at->ms : 0);
        if (person == NULL || !is_contact(last))
                return;
        tracking_note_contact(change->txn, beneficiary, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, beneficiary, person, change->arena);
}

void apply_proposal_made(const struct change *change, const Tracking__ProposalMade *made)
{
        Tracking__ProposalRow row = TRACKING__PROPOSAL_ROW__INIT;
        row.beneficiary_id = made->beneficiary_id;
        row.need_id = made->need_id;
        row.obligation_id = made->obligation_id;
        row.territory = made->territory;
        row.prescriber = made->prescriber;
        row.need_title = made->need_title;
        row.is_private = made->is_private;
        append_step(change, &row, made->step, change->event->sealed);
        put_step(change, id_of(made->proposal_id), &row);
}

void apply_proposal_moved(const struct change *change, const Tracking__ProposalMoved *moved)
{
        Tracking__ProposalRow *row = tracking_proposal(change->txn, id_of(moved->proposal_id), change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        if (moved->company != NULL)
                row->company = moved->company;
        if (moved->structure != NULL)
                row->structure = moved->structure;
        append_step(change, row, moved->step, change->event->sealed);
        put_step(change, id_of(moved->proposal_id), row);
}

void apply_proposal_corrected(const struct change *change, const Tracking__ProposalCorrected *corrected)
{
        Tracking__ProposalRow *row = tracking_proposal(change->txn, id_of(corrected->proposal_id), change->arena);
        if (row == NULL)
                return; /* the same */
        row->steps[row->n_steps - 1]->replaced = true;
        row->placement_id = NULL;
        append_step(change, row, corrected->step, change->event->sealed);
        put_step(change, id_of(corrected->proposal_id), row);
}

void apply_proposal_company_changed(const struct change *change, const Tracking__ProposalCompanyChanged *changed)
{
        Tracking__ProposalRow *row = tracking_proposal(change->txn, id_of(changed->proposal_id), change->arena);
        if (row == NULL)
                return; /* the same */
        row->company = changed->company;
        tracking_put_proposal(change->txn, id_of(changed->proposal_id), row, change->arena);
}

void proposal_placed(const struct change *change, const Tracking__PlacementOpened *opened)
{
        struct id id = id_of(opened->proposal_id);
        Tracking__ProposalRow *row = tracking_proposal(change->txn, id, change->arena);
        if (row == NULL || opened->proposal_step == NULL)
                return; /* of none; or the same */
        row->placement_id = opened->placement_id;
        append_step(change, row, opened->proposal_step, slice_of(NULL, 0));
        put_step(change, id, row);
}

/* What is to be done by a day could not be done meanwhile: the days move with the clock. */
static void go_on(const struct change *change, struct id id, const Tracking__ProposalRow *row, int64_t paused_ms)
{
        Tracking__ProposalStep *last = row->steps[row->n_steps - 1]->step;
        if (last->expires_at != NULL)
                last->expires_at->ms += paused_ms;
        if (last->act_by != NULL)
                last->act_by->days += (int32_t)(paused_ms / DAY_MS);
        tracking_put_proposal(change->txn, id, row, change->arena);
        silence_wait(change->txn, id, last->expires_at != NULL ? last->expires_at->ms : 0);
}

void proposals_pause(const struct change *change, struct id beneficiary, bool restricted, int64_t restricted_at_ms)
{
        struct proposal_ids ids = proposals_of(change->txn, LIST_PROPOSALS_OF_BENEFICIARY, beneficiary, change->arena);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(change->txn, ids.at[i], change->arena);
                if (row == NULL || !proposal_is_open(row))
                        continue;
                if (restricted)
                        silence_wait(change->txn, ids.at[i], 0);
                else
                        go_on(change, ids.at[i], row, change->event->at_ms - restricted_at_ms);
        }
}

void proposals_forget(const struct change *change, struct id beneficiary)
{
        struct proposal_ids ids = proposals_of(change->txn, LIST_PROPOSALS_OF_BENEFICIARY, beneficiary, change->arena);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(change->txn, ids.at[i], change->arena);
                if (row == NULL)
                        continue; /* the same */
                silence_wait(change->txn, ids.at[i], 0);
                tracking_drop_proposal(change->txn, ids.at[i], row);
        }
}
