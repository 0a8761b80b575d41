#include <stdio.h>
#include <string.h>

#include "common/codec/types.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/grants.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"

static int32_t earlier(struct day a, int32_t b)
{
        return day_number(a) < b ? day_number(a) : b;
}

/* ---- placements */

/* An event of before they told of grants: a renewal without a gap lengthens what was granted; a refusal shortens it. */
static void refresh_placement(struct placement *placement, const Tracking__EligibilityDecided *decided)
{
        int32_t from = decided->valid_from->days;
        if (!decided->eligible) {
                placement->granted_until = day_of_number(earlier(placement->granted_until, from - 1));
                placement->eligible_until = day_of_number(earlier(placement->eligible_until, from - 1));
                return;
        }
        struct day until = day_of(decided->valid_until);
        int32_t granted = day_number(placement->granted_until);
        if (from <= granted + 1 && day_number(until) > granted)
                placement->granted_until = until;
        if (day_number(until) > day_number(placement->eligible_until))
                placement->eligible_until = until;
}

/* What an event says of the placements, and what follows from the periods. */
struct outcome_of {
        const Tracking__EligibilityDecided *old; /* NULL: it tells of grants */
        Tracking__PlacementGrant **grants;
        size_t count;
        const struct period *periods;
        size_t period_count;
};

static const Tracking__PlacementGrant *grant_for(const struct outcome_of *outcome, struct id id)
{
        for (size_t i = 0; i < outcome->count; i++)
                if (id_equal(id_of(outcome->grants[i]->placement_id), id))
                        return outcome->grants[i];
        return NULL;
}

static void refresh_file(struct txn *txn, struct id file, const struct outcome_of *outcome)
{
        struct walk walk;
        struct id id;
        struct placement placement;
        placements_walk(txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(file), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                if (!tracking_placement(txn, id, &placement))
                        continue;
                if (outcome->old != NULL)
                        refresh_placement(&placement, outcome->old);
                else
                        grants_refresh(&placement, grant_for(outcome, id), outcome->periods, outcome->period_count);
                tracking_put_placement(txn, id, &placement);
        }
        walk_end(&walk);
}

/* Of all of her files: she is eligible by whichever. */
static void refresh_placements(struct txn *txn, struct id beneficiary, const struct outcome_of *outcome)
{
        struct files files = identity_files(txn, beneficiary);
        for (size_t i = 0; i < files.count; i++)
                if (outcome->old == NULL || id_equal(files.at[i], beneficiary))
                        refresh_file(txn, files.at[i], outcome);
}

/* ---- the person */

static void append_sealed(Tracking__BeneficiaryRow *person, struct slice sealed, struct arena *arena)
{
        person->sealed_eligibilities = pb_append(person->sealed_eligibilities, &person->n_sealed_eligibilities,
                                                 sizeof(*person->sealed_eligibilities), arena);
        person->sealed_eligibilities[person->n_sealed_eligibilities - 1] = pb_bytes(sealed);
}

/* The row of decisions has changed: so have her periods, and her placements. */
static void put_all(const struct change *change, struct id id, Tracking__BeneficiaryRow *person,
                    const Tracking__EligibilityRow *row, struct outcome_of *outcome)
{
        struct period periods[PERSON_PERIODS_MAX];
        size_t count = eligibility_periods(row, periods);
        periods_put(person, periods, count, change->arena);
        person->version = change->event->number;
        tracking_note_sealed(change->txn, id, change->event->number);
        tracking_put_beneficiary(change->txn, id, person, change->arena);
        tracking_put_eligibility(change->txn, id, row, change->arena);
        outcome->periods = periods;
        outcome->period_count = identity_periods(change->txn, id, periods, change->arena);
        refresh_placements(change->txn, id, outcome);
}

/* Of an event of before decisions had ids. */
static Types__Id *old_id(const struct change *change)
{
        char name[64];
        int size = snprintf(name, sizeof(name), "decision/%llu", (unsigned long long)change->event->number);
        return id_to(change->arena, id_derived(change->event->at_ms, slice_of((const uint8_t *)name, (size_t)size)));
}

static Types__Id *account_of(const struct change *change)
{
        return id_is_zero(change->event->account) ? NULL : id_to(change->arena, change->event->account);
}

void apply_eligibility_decided(const struct change *change, const Tracking__EligibilityDecided *decided)
{
        struct id id = id_of(decided->beneficiary_id);
        bool is_old = decided->decision_id == NULL;
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, id, change->arena);
        Tracking__EligibilityRow *row = tracking_eligibility(change->txn, id, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */

        append_sealed(person, change->event->sealed, change->arena);
        Tracking__DecisionRow *decision = pb_new(&tracking__decision_row__descriptor, change->arena);
        decision->decision_id = is_old ? old_id(change) : decided->decision_id;
        decision->state = TRACKING__DECISION_STATE__DECISION_STANDS;
        const Tracking__DecisionRow *proposal = eligibility_decision(row, id_of(decision->decision_id));
        decision->decided_by = proposal != NULL ? proposal->decided_by : account_of(change);
        decision->decided_on = decided->decided_on;
        decision->place = (uint32_t)person->n_sealed_eligibilities;
        decision->eligible = decided->eligible;
        decision->valid_from = decided->valid_from;
        decision->valid_until = decided->valid_until;
        decision->is_extension = decided->is_extension;
        eligibility_take(row, decision, change->arena);
        tracking_note_contact(change->txn, id, person, change->event->at_ms);
        struct outcome_of outcome = {
                .old = is_old ? decided : NULL, .grants = decided->grants, .count = decided->n_grants};
        put_all(change, id, person, row, &outcome);
}

void apply_eligibility_proposed(const struct change *change, const Tracking__EligibilityProposed *proposed)
{
        struct id id = id_of(proposed->beneficiary_id);
        Tracking__EligibilityRow *row = tracking_eligibility(change->txn, id, change->arena);
        Tracking__DecisionRow *decision = pb_new(&tracking__decision_row__descriptor, change->arena);
        decision->decision_id = proposed->decision_id;
        decision->state = TRACKING__DECISION_STATE__DECISION_TO_CONFIRM;
        decision->decided_by = account_of(change);
        decision->decided_on = proposed->decided_on;
        decision->sealed = pb_bytes(change->event->sealed);
        eligibility_take(row, decision, change->arena);
        tracking_put_eligibility(change->txn, id, row, change->arena);
        tracking_note_sealed(change->txn, id, change->event->number);
}

void apply_eligibility_turned_down(const struct change *change, const Tracking__EligibilityTurnedDown *turned_down)
{
        struct id id = id_of(turned_down->beneficiary_id);
        Tracking__EligibilityRow *row = tracking_eligibility(change->txn, id, change->arena);
        Tracking__DecisionRow *decision = eligibility_decision(row, id_of(turned_down->decision_id));
        if (decision == NULL)
                return; /* the transaction has failed; its commit will tell */
        decision->state = TRACKING__DECISION_STATE__DECISION_TURNED_DOWN;
        decision->sealed_act = pb_bytes(change->event->sealed);
        tracking_put_eligibility(change->txn, id, row, change->arena);
        tracking_note_sealed(change->txn, id, change->event->number);
}

void apply_eligibility_struck(const struct change *change, const Tracking__EligibilityStruck *struck)
{
        struct id id = id_of(struck->beneficiary_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, id, change->arena);
        Tracking__EligibilityRow *row = tracking_eligibility(change->txn, id, change->arena);
        Tracking__DecisionRow *decision = eligibility_decision(row, id_of(struck->decision_id));
        if (person == NULL || decision == NULL)
                return; /* the transaction has failed; its commit will tell */
        decision->state = TRACKING__DECISION_STATE__DECISION_STRUCK;
        decision->sealed_act = pb_bytes(change->event->sealed);
        struct outcome_of outcome = {.grants = struck->grants, .count = struck->n_grants};
        put_all(change, id, person, row, &outcome);
}

void apply_eligibility_suspended(const struct change *change, const Tracking__EligibilitySuspended *suspended)
{
        struct id id = id_of(suspended->beneficiary_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, id, change->arena);
        Tracking__EligibilityRow *row = tracking_eligibility(change->txn, id, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        Tracking__SuspensionRow *suspension = pb_new(&tracking__suspension_row__descriptor, change->arena);
        suspension->suspension_id = suspended->suspension_id;
        suspension->suspended_from = suspended->suspended_from;
        suspension->suspended_until = suspended->suspended_until;
        suspension->sealed_act = pb_bytes(change->event->sealed);
        row->suspensions = pb_append(row->suspensions, &row->n_suspensions, sizeof(suspension), change->arena);
        row->suspensions[row->n_suspensions - 1] = suspension;
        struct outcome_of outcome = {.grants = suspended->grants, .count = suspended->n_grants};
        put_all(change, id, person, row, &outcome);
}

void apply_eligibility_resumed(const struct change *change, const Tracking__EligibilityResumed *resumed)
{
        struct id id = id_of(resumed->beneficiary_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, id, change->arena);
        Tracking__EligibilityRow *row = tracking_eligibility(change->txn, id, change->arena);
        Tracking__SuspensionRow *suspension = eligibility_suspension(row, id_of(resumed->suspension_id));
        if (person == NULL || suspension == NULL)
                return; /* the transaction has failed; its commit will tell */
        suspension_end(suspension, day_of(resumed->resumed_on), change->arena);
        suspension->sealed_resumed = pb_bytes(change->event->sealed);
        struct outcome_of outcome = {.grants = resumed->grants, .count = resumed->n_grants};
        put_all(change, id, person, row, &outcome);
}

/* ---- proofs */

void apply_proof_seen(const struct change *change, const Tracking__ProofSeen *seen)
{
        struct id id = id_of(seen->beneficiary_id);
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, id, change->arena);
        Tracking__EligibilityRow *row = tracking_eligibility(change->txn, id, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        Tracking__ProofRow *proof = pb_new(&tracking__proof_row__descriptor, change->arena);
        proof->proof_id = seen->proof_id;
        proof->sealed = pb_bytes(change->event->sealed);
        row->proofs = pb_append(row->proofs, &row->n_proofs, sizeof(proof), change->arena);
        row->proofs[row->n_proofs - 1] = proof;
        tracking_put_eligibility(change->txn, id, row, change->arena);
        tracking_note_sealed(change->txn, id, change->event->number);
        tracking_note_contact(change->txn, id, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, id, person, change->arena);
}

void apply_proof_withdrawn(const struct change *change, const Tracking__ProofWithdrawn *withdrawn)
{
        struct id id = id_of(withdrawn->beneficiary_id);
        Tracking__EligibilityRow *row = tracking_eligibility(change->txn, id, change->arena);
        Tracking__ProofRow *proof = eligibility_proof(row, id_of(withdrawn->proof_id));
        if (proof == NULL)
                return; /* the transaction has failed; its commit will tell */
        proof->withdrawn = true;
        proof->sealed_act = pb_bytes(change->event->sealed);
        tracking_put_eligibility(change->txn, id, row, change->arena);
        tracking_note_sealed(change->txn, id, change->event->number);
}
