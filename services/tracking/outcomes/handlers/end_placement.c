/* EndPlacement: a placement ends, with its outcome; the prescriber hears of it by the event. The reason is free text on
 * a person: it is sealed. Caller: a facilitator of the placement's territory. Emits PlacementEnded. */
#include "common/base/text.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/wording.h"
#include "tracking/calls.h"

/* Hours of a month after the end would be hours of nobody. */
static bool no_hours_after(const struct work *work, const Tracking__EndPlacement *command,
                           const struct placement *placement, struct refusal *ret)
{
        int32_t last = month_number(placement_last_month(placement, work->today));
        struct id id = id_of(command->placement_id);
        for (int32_t month = month_number(month_of_day(day_of(command->ended_on))) + 1; month <= last; month++) {
                struct statement statement;
                char text[MONTH_WORDING_SIZE];
                if (!tracking_statement(work->txn, month_of_number(month), id, &statement) ||
                    statement_counts(&statement) == 0)
                        continue;
                month_wording(month_of_number(month), text);
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "ended_on",
                              "Des heures sont déclarées en %s, après cette fin : vérifiez la date, ou faites "
                              "ramener ces "
                              "heures à zéro.",
                              text);
        }
        return true;
}

static int seal_reason(struct work *work, struct id beneficiary, char *reason, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        if (text_is_empty(reason)) {
                *ret_sealed = slice_of(NULL, 0);
                return 0;
        }
        content.content_case = TRACKING__SEALED__CONTENT_EXIT_REASON;
        content.exit_reason = reason;
        return work_seal(work, beneficiary, &content, ret_sealed);
}

static void record_end(struct work *work, const Tracking__EndPlacement *command, const struct placement *placement,
                       struct slice sealed)
{
        Tracking__PlacementEnded ended = TRACKING__PLACEMENT_ENDED__INIT;
        ended.placement_id = command->placement_id;
        ended.beneficiary_id = id_to(work->arena, placement->beneficiary);
        ended.obligation_id = id_to(work->arena, placement->obligation);
        ended.prescriber = id_is_zero(placement->prescriber) ? NULL : id_to(work->arena, placement->prescriber);
        ended.ended_on = command->ended_on;
        ended.outcome = command->outcome;
        ended.territory = arena_text(work->arena, placement->territory);
        ended.is_private = placement->is_private;
        work_record_sealed(work, &ended.base, sealed);
}

struct reply handle_end_placement(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__EndPlacement *command = (const Tracking__EndPlacement *)message;
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id_of(command->placement_id), &placement))
                return reply_no_placement(work);
        if (!placement_may_end(&placement, command, &refusal) || !no_hours_after(work, command, &placement, &refusal))
                return reply_refusal(work, &refusal);
        int err = seal_reason(work, placement.beneficiary, command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        record_end(work, command, &placement, sealed);
        return reply_ok(work, pb_new(&tracking__end_placement_reply__descriptor, work->arena));
}
