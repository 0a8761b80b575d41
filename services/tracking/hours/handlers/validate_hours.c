/* ValidateHours: the facilitator vouches for a month's hours; from then on they count in the obligation's ledger.
 * A month may be validated again at another figure: the event then tells the one it replaces.
 * Caller: a facilitator of the placement's territory. Emits HoursValidated, unless nothing changes. */
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/coverage.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

/* On some day of the month on which the placement ran. */
static bool is_covered(const struct work *work, const struct placement *placement, struct month month,
                       struct refusal *ret)
{
        struct period periods[PERSON_PERIODS_MAX];
        struct day first, last;
        if (!placement_days_in(placement, month, &first, &last))
                first = last = month_first_day(month);
        else if (day_number(first) <= day_number(placement->granted_until))
                return true; /* no row is read */
        size_t count = identity_periods(work->txn, placement->beneficiary, periods, work->arena);
        if (placement_days_in(placement, month, &first, &last) &&
            placement_is_covered(placement, periods, count, first, last))
                return true;
        coverage_refuse(placement, periods, count, first, ret);
        return false;
}

struct validation {
        const Tracking__ValidateHours *command;
        const struct placement *placement;
        const struct statement *before;
        struct hours hours;
};

static struct reply record_validation(struct work *work, const struct validation *v)
{
        Types__Hours *hours = hours_to(work->arena, v->hours);
        bool again = v->before->validated_hundredths != STATEMENT_NOT_VALIDATED;
        Tracking__ValidateHoursReply *reply = pb_new(&tracking__validate_hours_reply__descriptor, work->arena);
        reply->hours = hours;
        if (again && v->before->validated_hundredths == hours_hundredths(v->hours))
                return reply_ok(work, reply);

        Tracking__HoursValidated validated = TRACKING__HOURS_VALIDATED__INIT;
        validated.placement_id = v->command->placement_id;
        validated.month = v->command->month;
        validated.hours = hours;
        validated.obligation_id = id_to(work->arena, v->placement->obligation);
        validated.beneficiary_id = id_to(work->arena, v->placement->beneficiary);
        validated.modality = (Types__Modality)v->placement->modality;
        validated.territory = arena_text(work->arena, v->placement->territory);
        validated.is_private = v->placement->is_private;
        if (again)
                validated.replaced = hours_to(work->arena, hours_of_hundredths(v->before->validated_hundredths));
        work_record(work, &validated.base);
        return reply_ok(work, reply);
}

struct reply handle_validate_hours(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ValidateHours *command = (const Tracking__ValidateHours *)message;
        struct id id = id_of(command->placement_id);
        struct placement placement;
        struct statement before;
        struct refusal refusal;
        struct hours hours;

        if (!tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        bool known = command->month != NULL && tracking_statement(work->txn, month_of(command->month), id, &before);
        if (!statement_may_validate(&placement, known ? &before : NULL, command, &hours, &refusal))
                return reply_refusal(work, &refusal);
        if (!is_covered(work, &placement, month_of(command->month), &refusal))
                return reply_refusal(work, &refusal);
        const struct validation validation = {command, &placement, &before, hours};
        return record_validation(work, &validation);
}
