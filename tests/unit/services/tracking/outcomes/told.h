/* told.h: ends and outcomes as tests of the room tell them: a placement that ended on 2025-09-30, so that on the day of
 * the scene, 2026-10-18, all three moments have come. Include after scene.h. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_OUTCOMES_TOLD_H
#define TESTS_UNIT_SERVICES_TRACKING_OUTCOMES_TOLD_H

#include "tests/unit/services/tracking/scene.h"

#define TOLD_CORRECTION "l'employeur s'était trompé de mois"

/* `outcome` unknown: nobody has asked yet. */
static inline struct id told_ended(struct scene *s, struct id *ret_person, Tracking__Outcome outcome)
{
        *ret_person = scene_refer(s);
        Tracking__DecideEligibility *decision = scene_decision(s, *ret_person);
        decision->proof_dated = scene_date(s, 2025, 1, 20);
        decision->valid_from = decision->decided_on = scene_date(s, 2025, 2, 1);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", decision);
        Tracking__OpenPlacement *opening = scene_opening(s, *ret_person);
        opening->starts_on = scene_date(s, 2025, 3, 10);
        struct id placement = scene_open_placement(s, opening);
        Tracking__EndPlacement *end = scene_end(s, placement);
        end->ended_on = scene_date(s, 2025, 9, 30);
        end->outcome = outcome;
        end->end_code = arena_text(&s->f.arena, "END_OF_CONTRACT");
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", end);
        return placement;
}

/* What stands at a moment; NULL: nothing. */
static inline const Tracking__OutcomeView *told_at(struct scene *s, struct id placement, Tracking__OutcomeMoment at)
{
        const Tracking__PlacementView *view = scene_view(s, placement);
        for (size_t i = 0; i < view->n_outcomes; i++)
                if (view->outcomes[i]->at == at)
                        return view->outcomes[i];
        return NULL;
}

static inline uint64_t told_version(struct scene *s, struct id placement, Tracking__OutcomeMoment at)
{
        const Tracking__OutcomeView *view = told_at(s, placement, at);
        return view == NULL ? 0 : view->version;
}

static inline Tracking__RecordOutcome *told_outcome(struct scene *s, struct id placement, Tracking__OutcomeMoment at,
                                                    Tracking__Outcome outcome)
{
        Tracking__RecordOutcome *command = pb_new(&tracking__record_outcome__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->at = at;
        command->outcome = outcome;
        command->known_on = scene_date(s, 2026, 10, 15);
        command->source_code = arena_text(&s->f.arena, "PERSON");
        command->seen = told_version(s, placement, at);
        return command;
}

static inline Tracking__RecordOutcome *told_not_reached(struct scene *s, struct id placement,
                                                        Tracking__OutcomeMoment at, uint32_t attempts)
{
        Tracking__RecordOutcome *command = told_outcome(s, placement, at, TRACKING__OUTCOME__OUTCOME_UNKNOWN);
        command->not_reached = true;
        command->attempts = attempts;
        return command;
}

static inline Tracking__CorrectEnd *told_correction(struct scene *s, struct id placement)
{
        Tracking__CorrectEnd *command = pb_new(&tracking__correct_end__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->ended_on = scene_date(s, 2025, 8, 31);
        command->outcome = TRACKING__OUTCOME__TRANSITION_JOB;
        command->end_code = arena_text(&s->f.arena, "HIRED_ELSEWHERE");
        command->reason = arena_text(&s->f.arena, "embauche chez Discrets et fils");
        command->correction = arena_text(&s->f.arena, TOLD_CORRECTION);
        command->seen = told_version(s, placement, TRACKING__OUTCOME_MOMENT__AT_EXIT);
        return command;
}

static inline Tracking__ReopenPlacement *told_reopening(struct scene *s, struct id placement)
{
        Tracking__ReopenPlacement *command = pb_new(&tracking__reopen_placement__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->correction = arena_text(&s->f.arena, TOLD_CORRECTION);
        command->seen = told_version(s, placement, TRACKING__OUTCOME_MOMENT__AT_EXIT);
        return command;
}

static inline const Tracking__OutcomesDueReply *told_due(struct scene *s, const Wire__Passport *actor)
{
        Tracking__OutcomesDue query = TRACKING__OUTCOMES_DUE__INIT;
        return fixture_get(&s->f, actor, "OutcomesDue", &query);
}

#endif
