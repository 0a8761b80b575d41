#include "common/codec/types.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"

#define AT_EXIT TRACKING__OUTCOME_MOMENT__AT_EXIT

static void note_contact(const struct change *change, struct id beneficiary)
{
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, beneficiary, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        tracking_note_contact(change->txn, beneficiary, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, beneficiary, person, change->arena);
}

/* ---- whom is still to be asked what became of her */

static void forget_due(const struct change *change, struct id id, struct day ended_on)
{
        for (size_t i = 0; i < OUTCOME_MOMENTS; i++) {
                Tracking__OutcomeMoment at = outcome_moments[i];
                tracking_set_outcome_due(change->txn, (struct outcome_due){outcome_day(ended_on, at), id, at}, false);
        }
}

static void note_due(const struct change *change, struct id id, struct day ended_on)
{
        const Tracking__OutcomeRow *exit = tracking_outcome(change->txn, id, AT_EXIT, change->arena);
        for (size_t i = 0; i < OUTCOME_MOMENTS; i++) {
                Tracking__OutcomeMoment at = outcome_moments[i];
                const Tracking__OutcomeRow *row = tracking_outcome(change->txn, id, at, change->arena);
                tracking_set_outcome_due(change->txn, (struct outcome_due){outcome_day(ended_on, at), id, at},
                                         outcome_is_due(row, exit, at));
        }
}

/* ---- ends */

/* Where it is erased meanwhile, and the log is replayed, the part that was sealed is no more. */
static void keep_note(const struct change *change, struct id beneficiary, struct id placement, bool is_correction)
{
        struct slice sealed = change->event->sealed;
        if (sealed.size == 0)
                return;
        tracking_put_placement_exit(change->txn, placement, sealed);
        if (is_correction)
                tracking_put_corrected_act(change->txn, beneficiary, change->event->number, sealed);
        tracking_note_sealed(change->txn, beneficiary, change->event->number);
}

static void put_exit(const struct change *change, struct id id, const Tracking__OutcomeAt *now)
{
        Tracking__OutcomeRow fresh = TRACKING__OUTCOME_ROW__INIT;
        Tracking__OutcomeRow *row = tracking_outcome(change->txn, id, AT_EXIT, change->arena);
        bool is_same = row != NULL && row->outcome == now->outcome && row->not_reached == now->not_reached;
        if (!is_same) {
                row = &fresh;
                row->outcome = now->outcome;
        }
        row->version = change->event->number;
        tracking_put_outcome(change->txn, id, AT_EXIT, row, change->arena);
}

void apply_placement_ended(const struct change *change, const Tracking__PlacementEnded *ended)
{
        struct id id = id_of(ended->placement_id);
        Tracking__OutcomeAt now = TRACKING__OUTCOME_AT__INIT;
        struct placement row;
        if (!tracking_placement(change->txn, id, &row))
                return; /* the transaction has failed; its commit will tell */
        row.ended = 1;
        row.ended_on = day_of(ended->ended_on);
        row.outcome = (uint8_t)ended->outcome;
        tracking_put_placement(change->txn, id, &row);
        note_contact(change, row.beneficiary);
        now.outcome = ended->outcome;
        put_exit(change, id, &now);
        heard_stop(change->txn, id);
        note_due(change, id, row.ended_on);
        keep_note(change, row.beneficiary, id, false);
}

void apply_placement_end_corrected(const struct change *change, const Tracking__PlacementEndCorrected *corrected)
{
        struct id id = id_of(corrected->placement_id);
        struct placement row;
        if (!tracking_placement(change->txn, id, &row))
                return; /* the transaction has failed; its commit will tell */
        forget_due(change, id, row.ended_on);
        row.ended_on = day_of(corrected->ended_on);
        row.outcome = (uint8_t)corrected->now->outcome;
        tracking_put_placement(change->txn, id, &row);
        note_contact(change, row.beneficiary);
        put_exit(change, id, corrected->now);
        note_due(change, id, row.ended_on);
        keep_note(change, row.beneficiary, id, true);
}

void apply_placement_reopened(const struct change *change, const Tracking__PlacementReopened *reopened)
{
        struct id id = id_of(reopened->placement_id);
        struct placement row;
        if (!tracking_placement(change->txn, id, &row))
                return; /* the transaction has failed; its commit will tell */
        forget_due(change, id, row.ended_on);
        for (size_t i = 0; i < OUTCOME_MOMENTS; i++)
                tracking_drop_outcome(change->txn, id, outcome_moments[i]);
        row.ended = 0;
        row.ended_on = day_of_number(DAY_OPEN_NUMBER);
        row.outcome = TRACKING__OUTCOME__OUTCOME_UNKNOWN;
        tracking_put_placement(change->txn, id, &row);
        note_contact(change, row.beneficiary);
        heard_go_on(change->txn, id);
        keep_note(change, row.beneficiary, id, true);
        tracking_drop_placement_exit(change->txn, id);
}

/* ---- outcomes */

void apply_outcome_recorded(const struct change *change, const Tracking__OutcomeRecorded *recorded)
{
        struct id id = id_of(recorded->placement_id);
        struct slice sealed = change->event->sealed;
        Tracking__OutcomeRow outcome = TRACKING__OUTCOME_ROW__INIT;
        struct placement row;
        if (!tracking_placement(change->txn, id, &row))
                return; /* the transaction has failed; its commit will tell */
        outcome.outcome = recorded->now->outcome;
        outcome.not_reached = recorded->now->not_reached;
        outcome.attempts = recorded->attempts;
        outcome.known_on = recorded->known_on;
        outcome.source_code = recorded->source_code;
        outcome.goes_on = recorded->goes_on;
        outcome.version = change->event->number;
        tracking_put_outcome(change->txn, id, recorded->now->at, &outcome, change->arena);
        if (recorded->now->at == AT_EXIT) {
                row.outcome = (uint8_t)outcome.outcome;
                tracking_put_placement(change->txn, id, &row);
        }
        note_due(change, id, row.ended_on);
        if (!outcome.not_reached)
                note_contact(change, row.beneficiary);
        if (sealed.size == 0)
                return;
        tracking_put_corrected_act(change->txn, row.beneficiary, change->event->number, sealed);
        tracking_note_sealed(change->txn, row.beneficiary, change->event->number);
}
