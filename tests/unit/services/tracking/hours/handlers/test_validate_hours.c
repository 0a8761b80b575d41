#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static const Types__Refusal *refused(struct scene *s, const Wire__Passport *actor,
                                     const Tracking__ValidateHours *command, Types__RefusalCode code)
{
        return fixture_refused(&s->f, actor, "ValidateHours", command, code);
}

static int64_t validated(struct scene *s, const Tracking__ValidateHours *command)
{
        const Tracking__ValidateHoursReply *reply = fixture_get(&s->f, s->facilitator, "ValidateHours", command);
        return reply->hours->hundredths;
}

static void test_as_submitted(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 15167);
        assert_int_equal(validated(s, scene_validation(s, placement, 4)), 15167);

        const Tracking__HoursValidated *event = scene_last_event(s)->hours_validated;
        assert_int_equal(event->hours->hundredths, 15167);
        assert_true(id_equal(id_of(event->obligation_id), s->obligation));
        assert_int_equal(event->modality, TYPES__MODALITY__STAFF_PROVIDED);
        assert_string_equal(event->territory, "31");
        assert_null(event->replaced);
        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_int_equal(view->months[0]->submitted->hundredths, 15167);
        assert_int_equal(view->months[0]->validated->hundredths, 15167);
}

static void test_again_at_another_figure(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 15167);
        Tracking__ValidateHours *command = scene_validation(s, placement, 4);
        command->hours = scene_hours(s, 14000);
        assert_int_equal(validated(s, command), 14000);
        uint64_t position = engine_position(s->f.engine);
        assert_int_equal(validated(s, command), 14000); /* the same figure: nothing happens */
        assert_int_equal(engine_position(s->f.engine), position);

        command->hours = scene_hours(s, 15000);
        assert_int_equal(validated(s, command), 15000);
        assert_int_equal(scene_last_event(s)->hours_validated->replaced->hundredths, 14000);
        assert_int_equal(scene_view(s, placement)->months[0]->submitted->hundredths, 15167);
        assert_int_equal(scene_view(s, placement)->months[0]->validated->hundredths, 15000);
}

static void test_refusals(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)refused(s, s->facilitator, scene_validation(s, scene_name("none"), 4), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)refused(s, s->facilitator, scene_validation(s, placement, 4), TYPES__REFUSAL_CODE__WRONG_STATE);
        scene_submit(s, placement, 4, 15167);
        Tracking__ValidateHours *command = scene_validation(s, placement, 4);
        command->hours = scene_hours(s, 30000);
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours");
        command->month = NULL;
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "month");
}

static void test_scope(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 15167);
        const Wire__Passport *others[] = {s->company_user, s->structure_user, s->prescriber, s->auditor};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)refused(s, others[i], scene_validation(s, placement, 4), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(s, s->stranger, scene_validation(s, placement, 4), TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void not_eligible_from(struct scene *s, struct id person, int month, int day)
{
        Tracking__DecideEligibility *command = scene_decision(s, person);
        command->eligible = false;
        command->reason = arena_text(&s->f.arena, "situation changée");
        command->valid_from = scene_date(s, 2026, month, day);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
}

static void test_hours_after_a_refusal_do_not_count(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        for (int month = 4; month <= 8; month++)
                scene_submit(s, placement, month, 10000);
        not_eligible_from(s, person, 6, 10);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2026, 6, 9)));
        assert_int_equal(validated(s, scene_validation(s, placement, 5)), 10000);
        assert_int_equal(validated(s, scene_validation(s, placement, 6)), 10000); /* some days of June still */
        (void)refused(s, s->facilitator, scene_validation(s, placement, 7), TYPES__REFUSAL_CODE__NOT_ELIGIBLE);

        /* eligible again from August: August counts, July still does not, May has not ceased to */
        Tracking__DecideEligibility *again = scene_decision(s, person);
        again->valid_from = again->decided_on = scene_date(s, 2026, 8, 5);
        again->proof_dated = scene_date(s, 2026, 8, 1);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", again);
        assert_int_equal(validated(s, scene_validation(s, placement, 8)), 10000);
        (void)refused(s, s->facilitator, scene_validation(s, placement, 7), TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        assert_int_equal(validated(s, scene_validation(s, placement, 5)), 10000);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2028, 8, 4)));
}

static void test_a_permanent_contract_is_not_stretched_over_a_refusal(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        not_eligible_from(s, person, 5, 1);
        Tracking__OpenPlacement *command = scene_opening(s, person);
        command->work_contract = arena_text(&s->f.arena, "CDI");
        struct id placement = scene_open_placement(s, command);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2026, 4, 30)));
        scene_submit(s, placement, 5, 100);
        (void)refused(s, s->facilitator, scene_validation(s, placement, 5), TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_as_submitted, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_again_at_another_figure, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_refusals, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_scope, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_hours_after_a_refusal_do_not_count, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_permanent_contract_is_not_stretched_over_a_refusal, scene_open,
                                                scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
