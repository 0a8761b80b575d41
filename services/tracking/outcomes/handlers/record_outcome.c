/* RecordOutcome: what became of the person at the end of a placement, six or twelve months later, or that she could not
 * be reached. That is neither an answer nor that nobody asked. An answer is replaced with a reason alone; the
 * prescriber is told by the event. Caller: a facilitator of the placement's territory. Emits OutcomeRecorded. */
#include "common/base/text.h"
#include "common/codec/dated.h"
#include "services/tracking/outcomes/ending.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

static int seal_correction(struct work *work, const struct outcome_telling *telling, struct slice *ret)
{
        Tracking__ExitNote note = TRACKING__EXIT_NOTE__INIT;
        if (!text_is_empty(telling->command->correction))
                note.corrected = ending_correction(work, "RecordOutcome", telling->command->placement_id,
                                                   telling->command->correction);
        return ending_seal(work, telling->placement->beneficiary, &note, ret);
}

static struct reply record_telling(struct work *work, const struct outcome_telling *telling, struct slice sealed)
{
        const Tracking__RecordOutcome *command = telling->command;
        const struct placement *placement = telling->placement;
        Tracking__OutcomeRecorded recorded = TRACKING__OUTCOME_RECORDED__INIT;
        Tracking__OutcomeAt now = TRACKING__OUTCOME_AT__INIT;
        now.at = command->at;
        now.outcome = command->outcome;
        now.not_reached = command->not_reached;
        recorded.placement_id = command->placement_id;
        recorded.beneficiary_id = id_to(work->arena, placement->beneficiary);
        recorded.obligation_id = id_to(work->arena, placement->obligation);
        recorded.prescriber = id_is_zero(placement->prescriber) ? NULL : id_to(work->arena, placement->prescriber);
        recorded.territory = arena_text(work->arena, placement->territory);
        recorded.is_private = placement->is_private;
        recorded.ended_on = day_to(work->arena, placement->ended_on);
        recorded.now = &now;
        recorded.replaced = ending_outcome(work, id_of(command->placement_id), command->at);
        recorded.attempts = command->attempts;
        recorded.known_on = command->known_on;
        recorded.source_code = command->source_code;
        recorded.goes_on = outcome_goes_on(telling);
        work_record_sealed(work, &recorded.base, sealed);
        Tracking__RecordOutcomeReply *reply = pb_new(&tracking__record_outcome_reply__descriptor, work->arena);
        reply->replaced = recorded.replaced;
        reply->goes_on = recorded.goes_on;
        return reply_ok(work, reply);
}

struct reply handle_record_outcome(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RecordOutcome *command = (const Tracking__RecordOutcome *)message;
        struct id id = id_of(command->placement_id);
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        if (tracking_beneficiary(work->txn, placement.beneficiary, work->arena) == NULL)
                return reply_no_beneficiary(work);
        const struct outcome_telling telling = {
                .command = command,
                .rules = dated_on(&tracking_of(work)->outcomes, work->today),
                .placement = &placement,
                .before = tracking_outcome(work->txn, id, command->at, work->arena),
                .today = work->today,
        };
        if (!outcome_may_be_told(&telling, &refusal) || !continuation_asks_outcome(work, id, "placement_id", &refusal))
                return reply_refusal(work, &refusal);
        int err = seal_correction(work, &telling, &sealed);
        return err != 0 ? reply_sealed(work, err) : record_telling(work, &telling, sealed);
}
