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
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
        command->reason = arena_text(&s->f.arena, "une absence non déduite");
        assert_int_equal(validated(s, command), 14000);
        uint64_t position = engine_position(s->f.engine);
        assert_int_equal(validated(s, command), 14000); /* the same figure: nothing happens */
        assert_int_equal(engine_position(s->f.engine), position);

        command->hours = scene_hours(s, 15000);
        command->reason = NULL;
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
        command->reason = arena_text(&s->f.arena, "bulletin rectificatif");
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

static void test_a_blocked_figure_is_refused_whatever_the_reason(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 15167);
        Tracking__ValidateHours *command = scene_validation(s, placement, 4);
        command->hours = scene_hours(s, 30000);
        command->reason = arena_text(&s->f.arena, "c'est bien ce qui est écrit");
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "hours");
}

/* Why is sealed with the person's key: it is in no row and no event, and goes with her. */
static void test_a_warning_is_accepted_with_a_reason(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), placement = scene_open_placement(s, scene_opening(s, person));
        scene_submit(s, placement, 4, 19000);
        Tracking__ValidateHours *command = scene_validation(s, placement, 4);
        (void)refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->reason = arena_text(&s->f.arena, "travail du samedi 18, attesté");
        const Tracking__ValidateHoursReply *reply = fixture_get(&s->f, s->facilitator, "ValidateHours", command);
        assert_int_equal(reply->n_warnings, 1);
        assert_string_equal(reply->warnings[0]->code, "OVER_CONTRACT");
        const Tracking__HoursValidated *event = scene_last_event(s)->hours_validated;
        assert_int_equal(event->n_accepted, 1);
        assert_string_equal(event->accepted[0], "OVER_CONTRACT");
        assert_true(event->explained);
        assert_string_equal(event->rules_version, "controle-heures-2026-3");
        struct slice bytes = scene_published(s, 0);
        assert_null(memmem(bytes.data, bytes.size, "samedi", strlen("samedi")));
}

static void test_training_counts_by_the_policy(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__SubmitHours *submission = scene_submission(s, placement, 4, 12000);
        submission->training = scene_hours(s, 1400);
        (void)fixture_get(&s->f, s->structure_user, "SubmitHours", submission);
        assert_int_equal(validated(s, scene_validation(s, placement, 4)), 13400);
        assert_int_equal(scene_last_event(s)->hours_validated->declared->hundredths, 13400);
        const Tracking__MonthView *month = scene_view(s, placement)->months[0];
        assert_int_equal(month->submitted->hundredths, 12000);
        assert_int_equal(month->training->hundredths, 1400);
        assert_int_equal(month->state, TRACKING__HOURS_STATE__HOURS_VOUCHED_FOR);
}

/* ---- many at once */

static Tracking__ValidateMonth *many(struct scene *s, size_t count)
{
        Tracking__ValidateMonth *command = pb_new(&tracking__validate_month__descriptor, &s->f.arena);
        command->territory = arena_text(&s->f.arena, "31");
        command->month = scene_month(s, 2026, 4);
        command->decisions = arena_alloc(&s->f.arena, count * sizeof(*command->decisions));
        return command;
}

static Tracking__MonthDecision *add(struct scene *s, Tracking__ValidateMonth *command, struct id placement)
{
        Tracking__MonthDecision *decision = pb_new(&tracking__month_decision__descriptor, &s->f.arena);
        decision->placement_id = scene_id(s, placement);
        decision->version = engine_position(s->f.engine);
        command->decisions[command->n_decisions++] = decision;
        return decision;
}

static void test_a_bad_line_stops_no_other(void **state)
{
        struct scene *s = *state;
        enum { LINES = 6 };
        struct id placements[LINES];
        for (size_t i = 0; i < LINES; i++)
                placements[i] = scene_placement(s);
        for (size_t i = 0; i < LINES - 1; i++)
                scene_submit(s, placements[i], 4, 10000 + (int64_t)i);
        Tracking__ValidateMonth *command = many(s, LINES + 1);
        (void)add(s, command, placements[0]);
        add(s, command, placements[1])->hours = scene_hours(s, 9000); /* without a reason */
        add(s, command, placements[2])->version = 1;                  /* another has changed it since */
        (void)add(s, command, scene_name("nobody's"));
        Tracking__MonthDecision *other = add(s, command, placements[3]);
        other->hours = scene_hours(s, 9500);
        other->reason = arena_text(&s->f.arena, "absence du 3");
        (void)add(s, command, placements[LINES - 1]); /* nothing is stated */
        (void)add(s, command, placements[0]);         /* said twice */
        const Tracking__ValidateMonthReply *reply = fixture_get(&s->f, s->facilitator, "ValidateMonth", command);
        assert_int_equal(reply->n_verdicts, LINES + 1);
        assert_int_equal(reply->validated, 2);
        assert_int_equal(reply->refused, 5);
        assert_int_equal(reply->verdicts[0]->hours->hundredths, 10000);
        assert_string_equal(reply->verdicts[1]->refusal->field, "reason");
        assert_string_equal(reply->verdicts[2]->refusal->field, "version");
        assert_int_equal(reply->verdicts[3]->refusal->code, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_int_equal(reply->verdicts[4]->hours->hundredths, 9500);
        assert_int_equal(reply->verdicts[5]->refusal->code, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(reply->verdicts[6]->refusal->field, "version");
        assert_int_equal(scene_view(s, placements[3])->months[0]->validated->hundredths, 9500);
        assert_null(scene_view(s, placements[1])->months[0]->validated);
}

static void test_many_of_others(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 10000);
        Tracking__ValidateMonth *command = many(s, 1);
        (void)add(s, command, placement);
        (void)fixture_refused(&s->f, s->stranger, "ValidateMonth", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->company_user, "ValidateMonth", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->territory = arena_text(&s->f.arena, "81");
        Wire__Passport *of_81 = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "81");
        const Tracking__ValidateMonthReply *reply = fixture_get(&s->f, of_81, "ValidateMonth", command);
        assert_int_equal(reply->verdicts[0]->refusal->code, TYPES__REFUSAL_CODE__NOT_FOUND);
        command->territory = arena_text(&s->f.arena, "75");
        (void)fixture_refused(&s->f, s->stranger, "ValidateMonth", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
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
        Tracking__ValidateHours *june =
                scene_validation(s, placement, 6); /* some days of it still, but too many hours */
        assert_string_equal(refused(s, s->facilitator, june, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
        june->reason = arena_text(&s->f.arena, "chantier fini plus tôt, tout est fait au 9");
        assert_int_equal(validated(s, june), 10000);
        assert_string_equal(scene_last_event(s)->hours_validated->accepted[0], "PARTLY_ELIGIBLE");
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
                cmocka_unit_test_setup_teardown(test_a_blocked_figure_is_refused_whatever_the_reason, scene_open,
                                                scene_close),
                cmocka_unit_test_setup_teardown(test_a_warning_is_accepted_with_a_reason, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_training_counts_by_the_policy, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_bad_line_stops_no_other, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_many_of_others, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_scope, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_hours_after_a_refusal_do_not_count, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_permanent_contract_is_not_stretched_over_a_refusal, scene_open,
                                                scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
