#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/services/tracking/scene.h"

static Tracking__SuspendEligibility *suspension(struct scene *s, struct id person)
{
        Tracking__SuspendEligibility *command = pb_new(&tracking__suspend_eligibility__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->suspended_from = scene_date(s, 2026, 5, 1);
        command->suspension_code = arena_text(&s->f.arena, "PROOF_DOUBTED");
        command->reason = arena_text(&s->f.arena, "la CAF ne retrouve pas l'attestation");
        return command;
}

static Types__Id *suspended(struct scene *s, const Tracking__SuspendEligibility *command)
{
        return ((const Tracking__SuspendEligibilityReply *)fixture_get(&s->f, s->facilitator, "SuspendEligibility",
                                                                       command))
                ->suspension_id;
}

static Tracking__ResumeEligibility *end(struct scene *s, struct id person, Types__Id *which, struct day on)
{
        Tracking__ResumeEligibility *command = pb_new(&tracking__resume_eligibility__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->suspension_id = which;
        command->resumed_on = day_to(&s->f.arena, on);
        command->reason = arena_text(&s->f.arena, "retrouvée");
        return command;
}

static void test_suspended_and_ended(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        for (int month = 4; month <= 8; month++)
                scene_submit(s, placement, month, 10000);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 6));

        const Tracking__SuspendEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "SuspendEligibility", suspension(s, person));
        assert_int_equal(reply->n_to_check, 4); /* May to August; that of June was vouched for, and stays so */
        assert_int_equal(reply->to_check[1]->month->months, scene_month(s, 2026, 6)->months);
        assert_true(reply->to_check[1]->validated);
        assert_false(reply->to_check[0]->validated);
        const Tracking__EligibilityView *view = scene_eligibility(s, s->facilitator, person);
        assert_int_equal(view->standing, TRACKING__ELIGIBILITY_STANDING__SUSPENDED);
        assert_string_equal(view->reason_code, "PROOF_DOUBTED");
        assert_true(view->remedy[0] != '\0');
        assert_int_equal(view->next_action, TRACKING__ELIGIBILITY_ACTION__CHECK_HOURS);
        assert_int_equal(view->n_to_check, 4);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2026, 4, 30)));
        assert_int_equal(scene_view(s, placement)->months[2]->validated->hundredths, 10000);
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 5),
                              TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));

        (void)fixture_get(&s->f, s->facilitator, "ResumeEligibility",
                          end(s, person, reply->suspension_id, scene_day(2026, 7, 15)));
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 7));
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 5),
                              TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        view = scene_eligibility(s, s->facilitator, person);
        assert_int_equal(view->standing, TRACKING__ELIGIBILITY_STANDING__ELIGIBLE);
        assert_int_equal(view->n_to_check, 2); /* May and June */
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2028, 1, 31)));
        const Tracking__BeneficiaryFile *file = scene_file(s, person);
        assert_string_equal(file->suspensions[0]->act->reason, "la CAF ne retrouve pas l'attestation");
        assert_string_equal(file->suspensions[0]->resumed->reason, "retrouvée");
        assert_int_equal(file->suspensions[0]->suspended_until->days, day_number(scene_day(2026, 7, 14)));
}

/* What a CDI makes count longer goes on behind the suspension; the days between do not count. */
static void test_a_cdi_counts_longer_behind_it(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->work_contract = arena_text(&s->f.arena, "CDI");
        struct id placement = scene_open_placement(s, opening);
        struct day before = day_of(scene_view(s, placement)->eligible_until);
        Tracking__SuspendEligibility *command = suspension(s, person);
        command->suspended_until = scene_date(s, 2026, 6, 30);
        (void)suspended(s, command);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(before));
        scene_submit(s, placement, 6, 10000);
        scene_submit(s, placement, 7, 10000);
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 6),
                              TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 7));
}

/* The paper of a placement comes late: that of before a suspension counts as long as if it had come in time. */
static void test_a_cdi_that_is_entered_behind_it(void **state)
{
        struct scene *s = *state;
        struct day until[2];
        for (size_t late = 0; late < 2; late++) {
                struct id person = scene_eligible_person(s), placement;
                Tracking__OpenPlacement *opening = scene_opening(s, person);
                Tracking__SuspendEligibility *command = suspension(s, person);
                opening->work_contract = arena_text(&s->f.arena, "CDI");
                command->suspended_until = scene_date(s, 2026, 6, 30);
                if (late == 0)
                        placement = scene_open_placement(s, opening);
                (void)suspended(s, command);
                if (late == 1)
                        placement = scene_open_placement(s, opening);
                until[late] = day_of(scene_view(s, placement)->eligible_until);
        }
        assert_int_equal(day_number(until[0]), day_number(scene_day(2029, 1, 31)));
        assert_int_equal(day_number(until[1]), day_number(until[0]));
}

/* The days are told to watchers; a company learns the last one alone. */
static void test_a_month_that_is_covered_in_part(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        Tracking__SuspendEligibility *command = suspension(s, person);
        command->suspended_from = scene_date(s, 2026, 4, 8);
        command->suspended_until = scene_date(s, 2026, 4, 28);
        (void)suspended(s, command);
        scene_submit(s, placement, 4, 12000);
        Tracking__MonthSheet query = TRACKING__MONTH_SHEET__INIT;
        query.month = scene_month(s, 2026, 4);
        const Tracking__MonthSheetReply *sheet = fixture_get(&s->f, s->facilitator, "MonthSheet", &query);
        assert_string_equal(sheet->lines[0]->eligible_days,
                            "éligible du 1er avril 2026 au 7 avril 2026 et du 29 avril 2026 au 30 avril 2026");
        assert_string_equal(sheet->lines[0]->warnings[0]->code, "PARTLY_ELIGIBLE");
        assert_non_null(strstr(sheet->lines[0]->warnings[0]->text, "du 29 avril 2026"));
        sheet = fixture_get(&s->f, s->company_user, "MonthSheet", &query);
        assert_string_equal(sheet->lines[0]->eligible_days, "");
        assert_int_equal(sheet->lines[0]->n_warnings, 0);

        Tracking__ValidateHours *validation = scene_validation(s, placement, 4);
        const Types__Refusal *refusal =
                fixture_refused(&s->f, s->facilitator, "ValidateHours", validation, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "reason");
        validation->reason = arena_text(&s->f.arena, "heures des jours éligibles, relues");
        validation->hours = scene_hours(s, 4900); /* what seven working days hold */
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", validation);
}

/* From its first day on: it never held. */
static void test_taken_back(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->work_contract = arena_text(&s->f.arena, "CDI");
        struct id placement = scene_open_placement(s, opening);
        struct day before = day_of(scene_view(s, placement)->eligible_until); /* a CDI counts longer */
        Types__Id *which = suspended(s, suspension(s, person));
        (void)fixture_get(&s->f, s->facilitator, "ResumeEligibility", end(s, person, which, scene_day(2026, 5, 1)));
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(before));
        assert_int_equal(scene_eligibility(s, s->facilitator, person)->n_suspensions, 0);
        (void)fixture_refused(&s->f, s->facilitator, "ResumeEligibility", end(s, person, which, scene_day(2026, 5, 1)),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_what_is_refused(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__SuspendEligibility *command = suspension(s, person);
        command->suspended_until = scene_date(s, 2026, 4, 30);
        (void)fixture_refused(&s->f, s->facilitator, "SuspendEligibility", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->suspended_until = scene_date(s, 2026, 5, 31);
        Types__Id *which = suspended(s, command);
        (void)fixture_refused(&s->f, s->facilitator, "SuspendEligibility", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "ResumeEligibility", end(s, person, which, scene_day(2026, 6, 2)),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "ResumeEligibility",
                              end(s, person, scene_id(s, person), scene_day(2026, 5, 2)),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "SuspendEligibility", suspension(s, scene_refer(s)),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->prescriber, "SuspendEligibility", suspension(s, person),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_suspended_and_ended, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_cdi_counts_longer_behind_it, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_cdi_that_is_entered_behind_it, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_month_that_is_covered_in_part, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_taken_back, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
