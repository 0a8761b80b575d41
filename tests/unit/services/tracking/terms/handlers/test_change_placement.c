#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/terms/terms.h"
#include "tests/unit/services/tracking/scene.h"

/* A CDDI of six months from 10 March on. */
static struct id six_months(struct scene *s)
{
        Tracking__OpenPlacement *opening = scene_opening(s, scene_eligible_person(s));
        opening->ends_on = scene_date(s, 2026, 9, 9);
        return scene_open_placement(s, opening);
}

static Tracking__AmendPlacement *renewal(struct scene *s, struct id placement)
{
        Tracking__AmendPlacement *command = pb_new(&tracking__amend_placement__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->amendment_code = arena_text(&s->f.arena, "RENEWAL");
        command->changed_on = scene_date(s, 2026, 9, 10);
        command->ends_on = scene_date(s, 2027, 3, 9);
        command->weekly_hours = scene_hours(s, 2600);
        command->rome_code = arena_text(&s->f.arena, "F1703");
        command->work_contract = arena_text(&s->f.arena, "CDDI");
        command->seen = VERSION_ANY;
        return command;
}

static Tracking__CorrectPlacement *correction(struct scene *s, struct id placement)
{
        Tracking__CorrectPlacement *command = pb_new(&tracking__correct_placement__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->correction_code = arena_text(&s->f.arena, "TYPING");
        command->starts_on = scene_date(s, 2026, 3, 10);
        command->ends_on = scene_date(s, 2026, 9, 9);
        command->weekly_hours = scene_hours(s, 3500);
        command->rome_code = arena_text(&s->f.arena, "F1703");
        command->work_contract = arena_text(&s->f.arena, "CDDI");
        command->seen = VERSION_ANY;
        return command;
}

static const Types__Refusal *amendment_refused(struct scene *s, const Tracking__AmendPlacement *command,
                                               Types__RefusalCode code)
{
        return fixture_refused(&s->f, s->facilitator, "AmendPlacement", command, code);
}

static const Types__Refusal *correction_refused(struct scene *s, const Tracking__CorrectPlacement *command,
                                                Types__RefusalCode code)
{
        return fixture_refused(&s->f, s->facilitator, "CorrectPlacement", command, code);
}

static void test_a_renewal_keeps_what_was(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_int_equal(view->n_terms, 1);
        Tracking__AmendPlacement *command = renewal(s, placement);
        command->seen = view->version;
        (void)fixture_get(&s->f, s->facilitator, "AmendPlacement", command);

        view = scene_view(s, placement);
        assert_int_equal(view->ends_on->days, day_number(scene_day(2027, 3, 9)));
        assert_int_equal(hours_hundredths(hours_of(view->weekly_hours)), 2600);
        assert_int_equal(view->n_terms, 2);
        assert_int_equal(view->terms[0]->ends_on->days, day_number(scene_day(2026, 9, 9)));
        assert_int_equal(hours_hundredths(hours_of(view->terms[0]->weekly_hours)), 3500);
        assert_null(view->terms[0]->entered_at);
        assert_int_equal(view->terms[1]->changed_on->days, day_number(scene_day(2026, 9, 10)));
        assert_string_equal(view->terms[1]->change_code, "RENEWAL");
        assert_false(view->terms[1]->is_correction);
        assert_non_null(view->terms[1]->entered_at);
        /* Hours of October, in which there was no contract before, can be stated now. */
        scene_submit(s, placement, 10, 4000);

        command->seen = 1; /* who has not read the renewal does not change it */
        command->weekly_hours = scene_hours(s, 2000);
        (void)amendment_refused(s, command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_a_permanent_contract_counts_longer(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        Tracking__AmendPlacement *command = renewal(s, placement);
        command->amendment_code = arena_text(&s->f.arena, "CONTRACT");
        command->work_contract = arena_text(&s->f.arena, "CDI");
        command->ends_on = NULL;
        const Tracking__AmendPlacementReply *reply = fixture_get(&s->f, s->facilitator, "AmendPlacement", command);
        assert_int_equal(reply->eligible_until->days, day_number(scene_day(2029, 1, 31)));
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2029, 1, 31)));
        assert_null(scene_view(s, placement)->ends_on);
}

static void test_another_tutor(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        Tracking__AmendPlacement *command = renewal(s, placement);
        command->amendment_code = arena_text(&s->f.arena, "CONTACTS");
        command->changed_on = scene_date(s, 2026, 6, 1);
        command->ends_on = scene_date(s, 2026, 9, 9);
        command->weekly_hours = scene_hours(s, 3500);
        (void)amendment_refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD); /* nothing changes */
        command->tutor = arena_text(&s->f.arena, "1 85 05 78 006 084 36");
        assert_string_equal(amendment_refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "tutor");
        command->tutor = arena_text(&s->f.arena, "Mme Nouvelle");
        (void)fixture_get(&s->f, s->facilitator, "AmendPlacement", command);
        assert_string_equal(scene_view(s, placement)->tutor, "Mme Nouvelle");
        assert_string_equal(scene_view(s, placement)->referent, "Mme Référente");
        assert_null(memmem(scene_published(s, 0).data, scene_published(s, 0).size, "Nouvelle", 8));
}

static void test_an_amendment_follows(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        Tracking__AmendPlacement *command = renewal(s, placement);
        command->changed_on = scene_date(s, 2026, 9, 11); /* a day between */
        assert_string_equal(amendment_refused(s, command, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "changedOn");
        command->changed_on = scene_date(s, 2026, 3, 9); /* before it begins */
        assert_string_equal(amendment_refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "changedOn");
        command->changed_on = scene_date(s, 2026, 9, 10);
        command->ends_on = scene_date(s, 2026, 9, 1);
        assert_string_equal(amendment_refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "endsOn");
        command->ends_on = scene_date(s, 2027, 3, 9);
        (void)fixture_get(&s->f, s->facilitator, "AmendPlacement", command);
        command->changed_on = scene_date(s, 2026, 9, 9); /* behind the one before */
        command->weekly_hours = scene_hours(s, 3000);
        assert_string_equal(amendment_refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "changedOn");

        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        command->changed_on = scene_date(s, 2026, 9, 20);
        assert_string_equal(amendment_refused(s, command, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "placementId");
}

static void test_no_hours_are_left_outside(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        scene_submit(s, placement, 3, 4000);
        scene_submit(s, placement, 9, 4000);
        Tracking__AmendPlacement *command = renewal(s, placement);
        command->changed_on = scene_date(s, 2026, 8, 1);
        command->ends_on = scene_date(s, 2026, 8, 31);
        assert_string_equal(amendment_refused(s, command, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "endsOn");
        Tracking__CorrectPlacement *right = correction(s, placement);
        right->starts_on = scene_date(s, 2026, 4, 1);
        assert_string_equal(correction_refused(s, right, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "startsOn");
        (void)fixture_get(&s->f, s->company_user, "SubmitHours", scene_submission(s, placement, 3, 0));
        (void)fixture_get(&s->f, s->facilitator, "CorrectPlacement", right);
        assert_int_equal(scene_view(s, placement)->starts_on->days, day_number(scene_day(2026, 4, 1)));
}

static void test_what_was_entered_wrongly(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        Tracking__CorrectPlacement *command = correction(s, placement);
        (void)correction_refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD); /* nothing changes */
        command->starts_on = scene_date(s, 2026, 1, 31);                          /* not eligible yet */
        assert_string_equal(correction_refused(s, command, TYPES__REFUSAL_CODE__NOT_ELIGIBLE)->field, "startsOn");
        command->starts_on = scene_date(s, 2026, 2, 2);
        (void)fixture_get(&s->f, s->facilitator, "CorrectPlacement", command);
        const Tracking__PlacementChanged *changed = scene_last_event(s)->placement_changed;
        assert_int_equal(changed->started_on->days, day_number(scene_day(2026, 3, 10)));
        assert_true(id_equal(id_of(changed->prescriber), s->mission_locale));
        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_int_equal(view->n_terms, 2);
        assert_true(view->terms[1]->is_correction);
        assert_int_equal(view->terms[1]->changed_on->days, day_number(scene_day(2026, 2, 2)));

        /* Ended: what was entered wrongly can still be set right, up to the day of the end. */
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        command->starts_on = scene_date(s, 2026, 10, 1);
        command->ends_on = NULL;
        assert_string_equal(correction_refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "startsOn");
        command->starts_on = scene_date(s, 2026, 2, 3);
        (void)fixture_get(&s->f, s->facilitator, "CorrectPlacement", command);
        assert_true(scene_view(s, placement)->ended);
}

/* The first day of an amendment stays where it is when its terms are set right. */
static void test_an_amendment_entered_wrongly(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        (void)fixture_get(&s->f, s->facilitator, "AmendPlacement", renewal(s, placement));
        Tracking__CorrectPlacement *command = correction(s, placement);
        command->ends_on = scene_date(s, 2027, 6, 9);
        command->starts_on = scene_date(s, 2026, 9, 11); /* later than the amendment */
        assert_string_equal(correction_refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "startsOn");
        command->starts_on = scene_date(s, 2026, 3, 10);
        (void)fixture_get(&s->f, s->facilitator, "CorrectPlacement", command);
        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_int_equal(view->n_terms, 3);
        assert_int_equal(view->terms[2]->changed_on->days, day_number(scene_day(2026, 9, 10)));
        assert_int_equal(view->ends_on->days, day_number(scene_day(2027, 6, 9)));
}

static void test_no_two_at_once(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->ends_on = scene_date(s, 2026, 9, 9);
        struct id first = scene_open_placement(s, opening);
        opening->starts_on = scene_date(s, 2026, 11, 1);
        opening->ends_on = NULL;
        (void)scene_open_placement(s, opening);
        Tracking__AmendPlacement *command = renewal(s, first);
        (void)amendment_refused(s, command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        command->ends_on = scene_date(s, 2026, 10, 31);
        (void)fixture_get(&s->f, s->facilitator, "AmendPlacement", command);
}

static void test_who_may(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        (void)fixture_refused(&s->f, s->company_user, "AmendPlacement", renewal(s, placement),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->stranger, "AmendPlacement", renewal(s, placement),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->stranger, "CorrectPlacement", correction(s, placement),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        Tracking__AmendPlacement *command = renewal(s, placement);
        command->amendment_code = arena_text(&s->f.arena, "WHIM");
        assert_string_equal(amendment_refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "amendmentCode");
}

static void test_changes_are_bounded(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        Tracking__AmendPlacement *command = renewal(s, placement);
        for (int i = 1; i < TERMS_MAX; i++) {
                command->weekly_hours = scene_hours(s, 2000 + i);
                (void)fixture_get(&s->f, s->facilitator, "AmendPlacement", command);
        }
        command->weekly_hours = scene_hours(s, 2000);
        (void)amendment_refused(s, command, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(scene_view(s, placement)->n_terms, TERMS_MAX);
}

static size_t planned_days(struct scene *s, struct id placement, int32_t ret[8])
{
        Tracking__FollowUp query = TRACKING__FOLLOW_UP__INIT;
        query.beneficiary_id = scene_view(s, placement)->beneficiary_id;
        const Tracking__FollowUpReply *reply = fixture_get(&s->f, s->facilitator, "FollowUp", &query);
        for (size_t i = 0; i < reply->n_visits && i < 8; i++)
                ret[i] = reply->visits[i]->planned_on->days;
        return reply->n_visits;
}

static void test_visits_are_planned_anew(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        int32_t was[8], is[8];
        size_t count = planned_days(s, placement, was);
        Tracking__CorrectPlacement *command = correction(s, placement);
        assert_true(count > 0);
        command->starts_on = scene_date(s, 2026, 3, 20); /* ten days later */
        (void)fixture_get(&s->f, s->facilitator, "CorrectPlacement", command);
        assert_int_equal(planned_days(s, placement, is), count);
        for (size_t i = 0; i < count; i++)
                assert_int_equal(is[i], was[i] + 10);
        command->ends_on = scene_date(s, 2026, 3, 21); /* before the first of them */
        (void)fixture_get(&s->f, s->facilitator, "CorrectPlacement", command);
        assert_int_equal(planned_days(s, placement, is), 0);
}

static bool is_to_check(struct scene *s, struct id placement, int month)
{
        const Tracking__PlacementView *view = scene_view(s, placement);
        for (size_t i = 0; i < view->n_months; i++)
                if (view->months[i]->month->months == month_number(month_of_day(scene_day(2026, month, 1))))
                        return view->months[i]->state == TRACKING__HOURS_STATE__HOURS_TO_CHECK;
        return false;
}

static uint64_t version_shown(struct scene *s, struct id placement)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = scene_id(s, placement);
        return ((const Tracking__PlacementView *)fixture_get(&s->f, s->facilitator, "PlacementById", &query))->version;
}

/* What was vouched for in a month whose days are fewer now is to be checked; it counts meanwhile. Who corrects has read
 * the placement, and need not have read those hours, which somebody vouched for later. */
static void test_hours_that_the_days_do_not_hold(void **state)
{
        struct scene *s = *state;
        struct id placement = six_months(s);
        for (int month = 3; month <= 6; month++) {
                scene_submit(s, placement, month, 10000);
                (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, month));
        }
        Tracking__CorrectPlacement *command = correction(s, placement);
        command->starts_on = scene_date(s, 2026, 3, 28);
        command->ends_on = scene_date(s, 2026, 6, 3);
        command->seen = version_shown(s, placement);
        (void)fixture_get(&s->f, s->facilitator, "CorrectPlacement", command);
        assert_true(is_to_check(s, placement, 3));
        assert_false(is_to_check(s, placement, 4));
        assert_false(is_to_check(s, placement, 5));
        assert_true(is_to_check(s, placement, 6));
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 6),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        Tracking__ValidateHours *lower = scene_validation(s, placement, 6);
        lower->hours = scene_hours(s, 2000);
        lower->reason = arena_text(&s->f.arena, "fin le 3, d'après le contrat");
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", lower);
        assert_false(is_to_check(s, placement, 6));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_visits_are_planned_anew, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_hours_that_the_days_do_not_hold, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_renewal_keeps_what_was, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_permanent_contract_counts_longer, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_another_tutor, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_an_amendment_follows, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_no_hours_are_left_outside, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_was_entered_wrongly, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_an_amendment_entered_wrongly, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_no_two_at_once, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_may, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_changes_are_bounded, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
