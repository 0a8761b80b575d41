/* An end that was wrong: told again, or taken back. Whoever follows PlacementEnded follows these: the figures move by
 * the difference, the prescriber is told. */
#include "common/codec/types.h"
#include "services/tracking/outcomes/ending.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/wording.h"
#include "tracking/calls.h"

#define AT_EXIT     TRACKING__OUTCOME_MOMENT__AT_EXIT
#define WRONG_STATE TYPES__REFUSAL_CODE__WRONG_STATE

static bool has_ended(const struct placement *placement, struct refusal *ret)
{
        return placement->ended || refuse(ret, WRONG_STATE, "placement_id",
                                          "Ce parcours n'est pas terminé : il n'y a pas de fin à corriger.");
}

static Types__Id *prescriber_of(struct work *work, const struct placement *placement)
{
        return id_is_zero(placement->prescriber) ? NULL : id_to(work->arena, placement->prescriber);
}

/* What it was until now, whether anybody told it or not. */
static Tracking__OutcomeAt *outcome_until_now(struct work *work, struct id id)
{
        Tracking__OutcomeAt *was = ending_outcome(work, id, AT_EXIT);
        if (was == NULL) {
                was = pb_new(&tracking__outcome_at__descriptor, work->arena);
                was->at = AT_EXIT;
        }
        return was;
}

/* ---- told again */

static bool day_may_be(const struct work *work, const Tracking__CorrectEnd *command, const struct placement *placement,
                       struct refusal *ret)
{
        Tracking__EndPlacement end = TRACKING__END_PLACEMENT__INIT;
        struct placement open = *placement;
        open.ended = 0;
        end.ended_on = command->ended_on;
        end.reason = command->reason;
        return placement_may_end(&open, &end, ret) &&
               ending_has_no_hours_after(work, id_of(command->placement_id), placement, day_of(command->ended_on),
                                         ret) &&
               ending_is_continued_soundly(work,
                                           &(struct ending){id_of(command->placement_id), placement,
                                                            day_of(command->ended_on), command->outcome},
                                           ret);
}

static int seal_correction(struct work *work, const Tracking__CorrectEnd *command, struct id beneficiary,
                           struct slice *ret)
{
        Tracking__ExitNote note = TRACKING__EXIT_NOTE__INIT;
        note.end_code = command->end_code;
        note.reason = command->reason;
        note.corrected = ending_correction(work, "CorrectEnd", command->placement_id, command->correction);
        return ending_seal(work, beneficiary, &note, ret);
}

static void record_correction(struct work *work, const Tracking__CorrectEnd *command, const struct placement *placement,
                              struct slice sealed)
{
        struct id id = id_of(command->placement_id);
        Tracking__PlacementEndCorrected corrected = TRACKING__PLACEMENT_END_CORRECTED__INIT;
        Tracking__OutcomeAt now = TRACKING__OUTCOME_AT__INIT;
        corrected.placement_id = command->placement_id;
        corrected.beneficiary_id = id_to(work->arena, placement->beneficiary);
        corrected.obligation_id = id_to(work->arena, placement->obligation);
        corrected.prescriber = prescriber_of(work, placement);
        corrected.territory = arena_text(work->arena, placement->territory);
        corrected.is_private = placement->is_private;
        corrected.is_continued = continuation_goes_on(work->txn, id);
        corrected.ended_on = command->ended_on;
        corrected.was_ended_on = day_to(work->arena, placement->ended_on);
        corrected.was = outcome_until_now(work, id);
        now.at = AT_EXIT;
        now.outcome = command->outcome;
        now.not_reached = command->outcome == TRACKING__OUTCOME__OUTCOME_UNKNOWN && corrected.was->not_reached;
        corrected.now = &now;
        corrected.later = ending_later(work, id, &corrected.n_later);
        work_record_sealed(work, &corrected.base, sealed);
}

/* CorrectEnd: an end is told again: the day, the outcome, why. Caller: a facilitator of the placement's territory.
 * Emits PlacementEndCorrected, and HoursSetToCheck as EndPlacement does. */
struct reply handle_correct_end(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CorrectEnd *command = (const Tracking__CorrectEnd *)message;
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id_of(command->placement_id), &placement))
                return reply_no_placement(work);
        if (!has_ended(&placement, &refusal) || !correction_is_sound(command->correction, &refusal) ||
            !day_may_be(work, command, &placement, &refusal))
                return reply_refusal(work, &refusal);
        int err = seal_correction(work, command, placement.beneficiary, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        record_correction(work, command, &placement, sealed);
        ending_set_to_check(work, id_of(command->placement_id), &placement, day_of(command->ended_on));
        Tracking__CorrectEndReply *reply = pb_new(&tracking__correct_end_reply__descriptor, work->arena);
        reply->replaced = day_to(work->arena, placement.ended_on);
        return reply_ok(work, reply);
}

/* ---- taken back */

/* Another one of hers on the same obligation, at the same time, since this one was thought to be over. */
static bool nothing_is_in_its_place(const struct work *work, struct id own, const struct placement *placement,
                                    struct refusal *ret)
{
        struct walk walk;
        struct id id, found = {0};
        struct placement other;
        char text[ID_TEXT_SIZE];
        const Types__Day *ends = day_unless_open(work->arena, placement->ends_on);
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(placement->beneficiary), slice_of(NULL, 0),
                        &walk);
        while (id_is_zero(found) && walk_next(&walk, &id))
                if (!id_equal(id, own) && tracking_placement(work->txn, id, &other) &&
                    placement_overlaps(&other, placement->obligation, placement->starts_on, ends))
                        found = id;
        walk_end(&walk);
        if (id_is_zero(found))
                return true;
        id_format(found, text);
        return refuse(ret, WRONG_STATE, "placement_id",
                      "Un autre parcours de cette personne est ouvert sur la même obligation (%s) : terminez-le, ou "
                      "laissez celui-ci terminé.",
                      text);
}

static bool is_not_continued(const struct work *work, struct id id, struct refusal *ret)
{
        return !continuation_goes_on(work->txn, id) ||
               refuse(ret, WRONG_STATE, "placement_id",
                      "Un autre parcours continue celui-ci : retirez d'abord le lien (guichetctl placement unlink), ou "
                      "laissez-le terminé.");
}

static void record_reopening(struct work *work, const Tracking__ReopenPlacement *command,
                             const struct placement *placement, struct slice sealed)
{
        struct id id = id_of(command->placement_id);
        Tracking__PlacementReopened reopened = TRACKING__PLACEMENT_REOPENED__INIT;
        reopened.placement_id = command->placement_id;
        reopened.beneficiary_id = id_to(work->arena, placement->beneficiary);
        reopened.obligation_id = id_to(work->arena, placement->obligation);
        reopened.prescriber = prescriber_of(work, placement);
        reopened.territory = arena_text(work->arena, placement->territory);
        reopened.is_private = placement->is_private;
        reopened.was_ended_on = day_to(work->arena, placement->ended_on);
        reopened.was = outcome_until_now(work, id);
        reopened.later = ending_later(work, id, &reopened.n_later);
        work_record_sealed(work, &reopened.base, sealed);
}

/* ReopenPlacement: an end is taken back: the placement goes on. Caller: a facilitator of the placement's territory.
 * Emits PlacementReopened. */
struct reply handle_reopen_placement(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ReopenPlacement *command = (const Tracking__ReopenPlacement *)message;
        struct id id = id_of(command->placement_id);
        Tracking__ExitNote note = TRACKING__EXIT_NOTE__INIT;
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        if (!has_ended(&placement, &refusal) || !correction_is_sound(command->correction, &refusal) ||
            !nothing_is_in_its_place(work, id, &placement, &refusal) || !is_not_continued(work, id, &refusal))
                return reply_refusal(work, &refusal);
        note.corrected = ending_correction(work, "ReopenPlacement", command->placement_id, command->correction);
        int err = ending_seal(work, placement.beneficiary, &note, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        record_reopening(work, command, &placement, sealed);
        return reply_ok(work, pb_new(&tracking__reopen_placement_reply__descriptor, work->arena));
}
