#include "common/codec/types.h"
#include "common/store/stored.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"

/* A row of a list told by which reference its sender knows the placement. */
static void learn_reference(const struct change *change, struct id placement)
{
        const Tracking__HoursSource *source;
        if (change->event->sealed.size == 0)
                return;
        source = pb_decode(&tracking__hours_source__descriptor, change->event->sealed, change->arena);
        require_stored(source != NULL);
        hours_reference_put(change->txn, id_of(source->sender), pb_slice(source->reference), placement);
}

/* The row, changed by this event; `before` is what the row said. */
static void put_changed(const struct change *change, const Types__Month *month, const Types__Id *placement,
                        struct statement row, const struct statement *before)
{
        row.version = change->event->number;
        tracking_put_statement(change->txn, month_of(month), id_of(placement), row);
        if (before != NULL)
                hours_put_event_before(change->txn, change->event->number, before->version);
}

/* What is validated is never submitted again, so of the row before only its place in the history is of interest. */
void apply_hours_submitted(const struct change *change, const Tracking__HoursSubmitted *submitted)
{
        struct statement before,
                row = {
                        .submitted_hundredths = (uint32_t)submitted->hours->hundredths,
                        .validated_hundredths = STATEMENT_NOT_VALIDATED,
                        .stated = change->event->number,
                        .training_hundredths = (uint32_t)hours_hundredths(hours_of(submitted->training)),
                        .mark = submitted->stays_returned ? STATEMENT_RETURNED : STATEMENT_UNMARKED,
                };
        bool is_known = tracking_statement_row(change->txn, month_of(submitted->month), id_of(submitted->placement_id),
                                               &before);
        put_changed(change, submitted->month, submitted->placement_id, row, is_known ? &before : NULL);
        learn_reference(change, id_of(submitted->placement_id));
}

void apply_hours_taken_back(const struct change *change, const Tracking__HoursTakenBack *taken_back)
{
        struct statement before, row = {.validated_hundredths = STATEMENT_NOT_VALIDATED, .mark = STATEMENT_TAKEN_BACK};
        if (tracking_statement_row(change->txn, month_of(taken_back->month), id_of(taken_back->placement_id), &before))
                put_changed(change, taken_back->month, taken_back->placement_id, row, &before);
}

/* The words beside it are sealed with the person's key. */
static void note_words(const struct change *change, const Types__Id *placement_id)
{
        struct placement placement;
        if (change->event->sealed.size > 0 && tracking_placement(change->txn, id_of(placement_id), &placement))
                tracking_note_sealed(change->txn, placement.beneficiary, change->event->number);
}

void apply_hours_validated(const struct change *change, const Tracking__HoursValidated *validated)
{
        struct statement row;
        if (!tracking_statement(change->txn, month_of(validated->month), id_of(validated->placement_id), &row))
                return; /* the transaction has failed; its commit will tell */
        const struct statement before = row;
        row.validated_hundredths = (uint32_t)validated->hours->hundredths;
        row.mark = STATEMENT_UNMARKED;
        put_changed(change, validated->month, validated->placement_id, row, &before);
        note_words(change, validated->placement_id);
}

void apply_hours_returned(const struct change *change, const Tracking__HoursReturned *returned)
{
        struct statement row;
        if (!tracking_statement(change->txn, month_of(returned->month), id_of(returned->placement_id), &row))
                return; /* the transaction has failed; its commit will tell */
        const struct statement before = row;
        row.mark = STATEMENT_RETURNED;
        put_changed(change, returned->month, returned->placement_id, row, &before);
        note_words(change, returned->placement_id);
}

void apply_hours_set_to_check(const struct change *change, const Tracking__HoursSetToCheck *body)
{
        struct statement row;
        if (!tracking_statement(change->txn, month_of(body->month), id_of(body->placement_id), &row))
                return; /* the transaction has failed; its commit will tell */
        const struct statement before = row;
        row.mark = STATEMENT_TO_CHECK;
        put_changed(change, body->month, body->placement_id, row, &before);
}

/* What each has of it comes by the events behind. */
void apply_hours_split(const struct change *change, const Tracking__HoursSplit *split)
{
        Tracking__HoursSplitRow row = TRACKING__HOURS_SPLIT_ROW__INIT;
        row.hours = split->hours;
        row.parts = split->parts;
        row.n_parts = split->n_parts;
        for (size_t i = 0; i < split->n_parts; i++)
                tracking_put_hours_split(change->txn, month_of(split->month), id_of(split->parts[i]->placement_id),
                                         &row, change->arena);
}
