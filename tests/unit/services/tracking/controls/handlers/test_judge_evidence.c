/* Evidence is judged at two stages, by somebody who has not vouched for the person; what follows is decided. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/controls/sampled.h"

static void test_accepted_at_once(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_answered(s);
        (void)fixture_refused(&s->f, sampled.colleague, "JudgeEvidence", sampled_judging(s, &sampled, 14, NULL),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        Tracking__JudgeEvidence *command = sampled_judging(s, &sampled, 20, "HOURS_DIFFER");
        command->accepted = true;
        (void)fixture_refused(&s->f, sampled.colleague, "JudgeEvidence", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_int_equal(sampled_judge(s, &sampled, 20, NULL), EVIDENCE(CONFIRMED));
        const Tracking__ControlFigures *figures = sampled_figures(s, &sampled);
        assert_int_equal(figures->accepted_first, 1);
        assert_int_equal(figures->confirmed, 1);
        assert_int_equal(figures->disputed, 0);
        assert_int_equal(figures->not_proven_share->millionths, 0);
}

/* Hours count until a facilitator decides anew; nothing else changes by itself. */
static void test_not_proven(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_not_proven(s);
        const Tracking__Event *event = scene_last_event(s);
        /* the account that had validated the month is told; before that stands what happened */
        assert_int_equal(event->body_case, TRACKING__EVENT__BODY_CHANGED_BY_ANOTHER);
        assert_non_null(strstr(event->changed_by_another->after, "un contrôle"));
        event = fixture_event(&s->f, engine_position(s->f.engine) - 1);
        assert_int_equal(event->body_case, TRACKING__EVENT__BODY_HOURS_SET_TO_CHECK);
        assert_int_equal(event->hours_set_to_check->cause, TRACKING__CHECK_CAUSE__CHECK_EVIDENCE);
        assert_int_equal(event->hours_set_to_check->hours->hundredths, 12000);
        assert_int_equal(scene_eligibility(s, s->facilitator, sampled.person)->standing,
                         TRACKING__ELIGIBILITY_STANDING__ELIGIBLE);
        const Tracking__ControlFigures *figures = sampled_figures(s, &sampled);
        assert_int_equal(figures->not_proven, 1);
        assert_int_equal(figures->disputed, 1);
        assert_int_equal(figures->not_proven_share->millionths, 1000000);
        Tracking__ValidateHours *lower = scene_validation(s, sampled.placement, 4);
        lower->hours = scene_hours(s, 8000);
        lower->reason = arena_text(&s->f.arena, "les feuilles n'en montrent que 80");
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", lower);
}

static void test_silence(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_asked(s);
        Tracking__JudgeEvidence *command = sampled_judging(s, &sampled, 30, "NO_ANSWER");
        assert_string_equal(
                fixture_refused(&s->f, sampled.colleague, "JudgeEvidence", command, TYPES__REFUSAL_CODE__WRONG_STATE)
                        ->field,
                "judgedOn");
        command->judged_on = scene_date(s, 2026, 8, 19); /* six weeks and a day */
        command->rejection_code = arena_text(&s->f.arena, "INCOMPLETE");
        (void)fixture_refused(&s->f, sampled.colleague, "JudgeEvidence", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->rejection_code = arena_text(&s->f.arena, "NO_ANSWER");
        (void)fixture_get(&s->f, sampled.colleague, "JudgeEvidence", command);
        command->judged_on = scene_date(s, 2026, 9, 30);
        (void)fixture_refused(&s->f, sampled.colleague, "JudgeEvidence", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->judged_on = scene_date(s, 2026, 10, 1); /* and again */
        const Tracking__EvidenceReply *reply = fixture_get(&s->f, sampled.colleague, "JudgeEvidence", command);
        assert_int_equal(reply->state, EVIDENCE(NOT_PROVEN));
        assert_int_equal(reply->months_to_check, 1);
}

/* Who decided her eligibility judges not alone (decision 0054). */
static void test_a_second_pair_of_eyes(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_answered(s);
        const Tracking__EvidenceReply *reply =
                fixture_get(&s->f, s->facilitator, "JudgeEvidence", sampled_judging(s, &sampled, 20, NULL));
        assert_int_equal(reply->state, EVIDENCE(TO_CONFIRM));
        assert_int_equal(sampled_figures(s, &sampled)->confirmed, 0);
        (void)fixture_refused(&s->f, s->facilitator, "JudgeEvidence", sampled_judging(s, &sampled, 21, NULL),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_int_equal(sampled_judge(s, &sampled, 21, "UNREADABLE"), EVIDENCE(DISPUTED));
}

static Tracking__SettleEvidence *settling(struct scene *s, const struct sampled *sampled, const char *code)
{
        Tracking__SettleEvidence *command = pb_new(&tracking__settle_evidence__descriptor, &s->f.arena);
        command->control_id = scene_id(s, sampled->control);
        command->placement_id = scene_id(s, sampled->placement);
        command->settled_on = scene_date(s, 2026, 7, 30);
        command->effect_code = arena_text(&s->f.arena, code);
        return command;
}

static void test_what_follows(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_not_proven(s);
        Tracking__SuspendEligibility suspension = TRACKING__SUSPEND_ELIGIBILITY__INIT;
        (void)fixture_refused(&s->f, s->facilitator, "SettleEvidence", settling(s, &sampled, "KEPT"),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(&s->f, s->facilitator, "SettleEvidence", settling(s, &sampled, "ELIGIBILITY_SUSPENDED"),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        suspension.beneficiary_id = scene_id(s, sampled.person);
        suspension.suspended_from = scene_date(s, 2026, 7, 29);
        suspension.suspension_code = arena_text(&s->f.arena, "PROOF_DOUBTED");
        suspension.reason = arena_text(&s->f.arena, "les feuilles ne sont pas les siennes");
        (void)fixture_get(&s->f, s->facilitator, "SuspendEligibility", &suspension);
        const Tracking__EvidenceReply *reply =
                fixture_get(&s->f, s->facilitator, "SettleEvidence", settling(s, &sampled, "ELIGIBILITY_SUSPENDED"));
        assert_int_equal(reply->state, EVIDENCE(SETTLED));
        assert_null(reply->act_by);
}

static void test_a_wrong_step_is_taken_back(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_answered(s);
        Tracking__TakeBackEvidence command = TRACKING__TAKE_BACK_EVIDENCE__INIT;
        (void)sampled_judge(s, &sampled, 20, "HOURS_DIFFER");
        command.control_id = scene_id(s, sampled.control);
        command.placement_id = scene_id(s, sampled.placement);
        (void)fixture_refused(&s->f, s->facilitator, "TakeBackEvidence", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command.correction = arena_text(&s->f.arena, "c'était un autre dossier");
        const Tracking__EvidenceReply *reply = fixture_get(&s->f, s->facilitator, "TakeBackEvidence", &command);
        assert_int_equal(reply->state, EVIDENCE(ANSWERED));
        const Tracking__Event *event = scene_last_event(s); /* who had judged is told */
        assert_int_equal(event->body_case, TRACKING__EVENT__BODY_CHANGED_BY_ANOTHER);
        assert_string_equal(event->changed_by_another->before, "non recevable, phase contradictoire");
        const Tracking__EvidenceView *view = sampled_view(s, s->facilitator, &sampled);
        assert_true(view->steps[3]->taken_back);
        assert_string_equal(view->steps[3]->correction, "c'était un autre dossier");
        assert_int_equal(sampled_figures(s, &sampled)->disputed, 0);
        assert_int_equal(sampled_judge(s, &sampled, 20, NULL), EVIDENCE(CONFIRMED));
        for (int i = 0; i < 3; i++)
                (void)fixture_get(&s->f, s->facilitator, "TakeBackEvidence", &command);
        (void)fixture_refused(&s->f, s->facilitator, "TakeBackEvidence", &command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_not_while_restricted(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_answered(s);
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        restriction.beneficiary_id = scene_id(s, sampled.person);
        restriction.restriction_code = arena_text(&s->f.arena, "ACCURACY_CONTESTED");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        (void)fixture_refused(&s->f, sampled.colleague, "JudgeEvidence", sampled_judging(s, &sampled, 20, NULL),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(sampled_due(s, s->facilitator, false)->n_items, 0);
        assert_int_equal(sampled_view(s, s->facilitator, &sampled)->n_steps, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_accepted_at_once, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_not_proven, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_silence, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_second_pair_of_eyes, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_follows, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_wrong_step_is_taken_back, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_not_while_restricted, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
