/* EndPlacement: a placement ends; the prescriber hears of it by the event. Its outcome may be told then or later
 * (RecordOutcome). Why it ended, the code and the words, is sealed: it is told to nobody. Caller: a facilitator of the
 * placement's territory. Emits PlacementEnded, and HoursSetToCheck where its last month no longer holds what was
 * validated. */
#include "services/tracking/outcomes/ending.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

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
        ended.is_continued = continuation_goes_on(work->txn, id_of(command->placement_id));
        work_record_sealed(work, &ended.base, sealed);
}

struct reply handle_end_placement(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__EndPlacement *command = (const Tracking__EndPlacement *)message;
        struct id id = id_of(command->placement_id);
        Tracking__ExitNote note = TRACKING__EXIT_NOTE__INIT;
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        if (!placement_may_end(&placement, command, &refusal) ||
            !ending_has_no_hours_after(work, id, &placement, day_of(command->ended_on), &refusal) ||
            !ending_is_continued_soundly(
                    work, &(struct ending){id, &placement, day_of(command->ended_on), command->outcome}, &refusal))
                return reply_refusal(work, &refusal);
        note.end_code = command->end_code;
        note.reason = command->reason;
        int err = ending_seal(work, placement.beneficiary, &note, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        record_end(work, command, &placement, sealed);
        ending_set_to_check(work, id, &placement, day_of(command->ended_on));
        return reply_ok(work, pb_new(&tracking__end_placement_reply__descriptor, work->arena));
}
