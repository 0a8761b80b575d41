#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/services/tracking/scene.h"

static Tracking__CorrectEligibility *correction(struct scene *s, struct id person, Types__Id *decision)
{
        Tracking__CorrectEligibility *command = pb_new(&tracking__correct_eligibility__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->decision_id = decision;
        command->correction_code = arena_text(&s->f.arena, "WRONG_PERSON");
        command->reason = arena_text(&s->f.arena, "justificatif d'une homonyme");
        return command;
}

static Types__Id *decided(struct scene *s, Tracking__DecideEligibility *command)
{
        return ((const Tracking__DecideEligibilityReply *)fixture_get(&s->f, s->facilitator, "DecideEligibility",
                                                                      command))
                ->decision_id;
}

/* What counted under it alone is told, and nothing of it goes. */
static void test_the_only_decision_is_struck(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Types__Id *decision = decided(s, scene_decision(s, person));
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        scene_submit(s, placement, 4, 12000);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        scene_submit(s, placement, 5, 11000);
        const Tracking__CorrectEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "CorrectEligibility", correction(s, person, decision));
        assert_null(reply->eligible_until);
        assert_int_equal(reply->n_to_check, 2);
        assert_true(reply->to_check[0]->validated);
        assert_int_equal(reply->to_check[0]->hours->hundredths, 12000);
        const Tracking__EligibilityStruck *told = scene_last_event(s)->eligibility_struck;
        assert_int_equal(told->n_grants, 1);
        assert_true(id_equal(id_of(told->prescriber), s->mission_locale));

        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_int_equal(view->months[0]->validated->hundredths, 12000);
        assert_true(view->eligible_until->days < day_number(scene_day(2026, 3, 10)));
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 5),
                              TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        const Tracking__BeneficiaryFile *file = scene_file(s, person);
        assert_int_equal(file->eligibilities[0]->state, TRACKING__DECISION_STATE__DECISION_STRUCK);
        assert_string_equal(file->eligibilities[0]->undone->reason, "justificatif d'une homonyme");
        (void)fixture_refused(&s->f, s->facilitator, "CorrectEligibility", correction(s, person, decision),
                              TYPES__REFUSAL_CODE__WRONG_STATE);

        /* decided again, as it should have been: everything is covered again */
        (void)decided(s, scene_decision(s, person));
        assert_int_equal(scene_eligibility(s, s->facilitator, person)->n_to_check, 0);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 5));
}

/* A refusal that was wrong: what was cut counts again. */
static void test_a_refusal_is_struck(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        Tracking__DecideEligibility *refusal = scene_decision(s, person);
        refusal->eligible = false;
        refusal->valid_from = scene_date(s, 2026, 6, 1);
        refusal->reason = arena_text(&s->f.arena, "droits clos");
        refusal->refusal_code = arena_text(&s->f.arena, "PROOF_TOO_OLD");
        Types__Id *decision = decided(s, refusal);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2026, 5, 31)));
        const Tracking__EligibilityView *view = scene_eligibility(s, s->facilitator, person);
        assert_int_equal(view->standing, TRACKING__ELIGIBILITY_STANDING__REFUSED);
        assert_string_equal(view->reason_code, "PROOF_TOO_OLD");
        const Tracking__CorrectEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "CorrectEligibility", correction(s, person, decision));
        assert_int_equal(reply->eligible_until->days, day_number(scene_day(2028, 1, 31)));
        assert_int_equal(reply->n_to_check, 0);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2028, 1, 31)));
}

/* Eligible by another of her files: a decision on one takes nothing from what the other covers. */
static void test_two_files_of_one_person(void **state)
{
        struct scene *s = *state;
        struct id one = scene_refer(s), other = scene_refer(s);
        Types__Id *decision = decided(s, scene_decision(s, other));
        Tracking__MergePersons merge = TRACKING__MERGE_PERSONS__INIT;
        merge.beneficiary_id = scene_id(s, one);
        merge.other_id = scene_id(s, other);
        merge.reason = arena_text(&s->f.arena, "même pièce d'identité, vue le 12");
        (void)fixture_get(&s->f, s->facilitator, "MergePersons", &merge);
        struct id placement = scene_open_placement(s, scene_opening(s, one));
        scene_submit(s, placement, 4, 12000);
        Tracking__DecideEligibility *later = scene_decision(s, one);
        later->valid_from = later->decided_on = scene_date(s, 2026, 9, 1);
        later->proof_dated = scene_date(s, 2026, 8, 20);
        (void)decided(s, later);
        assert_int_equal(scene_eligibility(s, s->facilitator, one)->n_to_check, 0);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2028, 8, 31)));
        const Tracking__CorrectEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "CorrectEligibility", correction(s, other, decision));
        assert_int_equal(reply->eligible_until->days, day_number(scene_day(2028, 8, 31)));
        assert_int_equal(reply->n_to_check, 1); /* April, of a placement of the other file */
        assert_int_equal(scene_eligibility(s, s->facilitator, other)->standing,
                         TRACKING__ELIGIBILITY_STANDING__ELIGIBLE);
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4),
                              TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
}

static void test_what_is_refused(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Types__Id *decision = decided(s, scene_decision(s, person));
        Tracking__CorrectEligibility *command = correction(s, person, scene_id(s, person));
        (void)fixture_refused(&s->f, s->facilitator, "CorrectEligibility", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command = correction(s, person, decision);
        command->correction_code = arena_text(&s->f.arena, "PARCE_QUE");
        (void)fixture_refused(&s->f, s->facilitator, "CorrectEligibility", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(&s->f, s->stranger, "CorrectEligibility", correction(s, person, decision),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_only_decision_is_struck, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_refusal_is_struck, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_two_files_of_one_person, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
