#include "common/codec/types.h"
#include "common/store/stored.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
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

/* What is validated is never submitted again, so the row before is of no interest. */
void apply_hours_submitted(const struct change *change, const Tracking__HoursSubmitted *submitted)
{
        struct statement row = {
                .submitted_hundredths = (uint32_t)submitted->hours->hundredths,
                .validated_hundredths = STATEMENT_NOT_VALIDATED,
                .version = change->event->number,
        };
        tracking_put_statement(change->txn, month_of(submitted->month), id_of(submitted->placement_id), row);
        learn_reference(change, id_of(submitted->placement_id));
}

void apply_hours_taken_back(const struct change *change, const Tracking__HoursTakenBack *taken_back)
{
        tracking_delete_statement(change->txn, month_of(taken_back->month), id_of(taken_back->placement_id));
}

void apply_hours_validated(const struct change *change, const Tracking__HoursValidated *validated)
{
        struct month month = month_of(validated->month);
        struct id placement = id_of(validated->placement_id);
        struct statement row;
        if (!tracking_statement(change->txn, month, placement, &row))
                return; /* the transaction has failed; its commit will tell */
        row.validated_hundredths = (uint32_t)validated->hours->hundredths;
        row.version = change->event->number;
        tracking_put_statement(change->txn, month, placement, row);
}
