/* One work contract serves two clauses: its month is stated once, split, and corrected as one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

struct pair {
        struct id person, first, second;
};

/* Of one person, at the same structure, on the two obligations of the scene. */
static struct pair placed_twice(struct scene *s)
{
        struct pair pair = {.person = scene_eligible_person(s)};
        Tracking__OpenPlacement *opening = scene_opening(s, pair.person);
        pair.first = scene_open_placement(s, opening);
        opening->obligation_id = scene_id(s, s->unpriced);
        s->f.world.now_ms_value += 1000;
        pair.second = scene_open_placement(s, opening);
        return pair;
}

static Tracking__SplitHours *splitting(struct scene *s, const struct pair *pair, int64_t hundredths, uint32_t first)
{
        Tracking__SplitHours *command = pb_new(&tracking__split_hours__descriptor, &s->f.arena);
        command->territory = arena_text(&s->f.arena, "31");
        command->month = scene_month(s, 2026, 4);
        command->hours = scene_hours(s, hundredths);
        command->parts = arena_alloc(&s->f.arena, 2 * sizeof(*command->parts));
        for (size_t i = 0; i < 2; i++) {
                Tracking__HoursPart *part = pb_new(&tracking__hours_part__descriptor, &s->f.arena);
                part->placement_id = scene_id(s, i == 0 ? pair->first : pair->second);
                part->share = share_to(&s->f.arena, share_of_millionths(i == 0 ? first : 1000000 - first));
                command->parts[command->n_parts++] = part;
        }
        return command;
}

static const Tracking__MonthView *april(struct scene *s, struct id placement)
{
        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_int_equal(view->n_months, 1);
        return view->months[0];
}

static void test_split_and_validated(void **state)
{
        struct scene *s = *state;
        struct pair pair = placed_twice(s);
        const Tracking__SplitHoursReply *reply =
                fixture_get(&s->f, s->structure_user, "SplitHours", splitting(s, &pair, 12001, 600000));
        assert_int_equal(reply->parts[0]->hours->hundredths, 7201);
        assert_int_equal(reply->parts[1]->hours->hundredths, 4800);
        assert_int_equal(april(s, pair.second)->submitted->hundredths, 4800);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, pair.first, 4));
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, pair.second, 4));

        /* corrected as one, with the reason; a company asks for it */
        Tracking__SplitHours *command = splitting(s, &pair, 10000, 250000);
        (void)fixture_refused(&s->f, s->structure_user, "SplitHours", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "SplitHours", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->reason = arena_text(&s->f.arena, "le second lot en a pris davantage");
        reply = fixture_get(&s->f, s->facilitator, "SplitHours", command);
        assert_true(reply->parts[0]->validated);
        assert_int_equal(april(s, pair.first)->validated->hundredths, 2500);
        assert_int_equal(april(s, pair.second)->validated->hundredths, 7500);
}

/* No part goes above what it has, by whatever way: the sum would be more than was worked. */
static void test_no_part_above_its_own(void **state)
{
        struct scene *s = *state;
        struct pair pair = placed_twice(s);
        (void)fixture_get(&s->f, s->structure_user, "SplitHours", splitting(s, &pair, 12000, 500000));
        assert_string_equal(fixture_refused(&s->f, s->structure_user, "SubmitHours",
                                            scene_submission(s, pair.first, 4, 6001), TYPES__REFUSAL_CODE__WRONG_STATE)
                                    ->field,
                            "hours");
        Tracking__ValidateHours *more = scene_validation(s, pair.first, 4);
        more->hours = scene_hours(s, 6100);
        more->reason = arena_text(&s->f.arena, "une heure de plus");
        (void)fixture_refused(&s->f, s->facilitator, "ValidateHours", more, TYPES__REFUSAL_CODE__WRONG_STATE);
        more->hours = scene_hours(s, 5900); /* less is nobody's harm */
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", more);
        scene_submit(s, pair.first, 5, 9000); /* another month is not split */

        Tracking__HoursHistory query = TRACKING__HOURS_HISTORY__INIT;
        query.placement_id = scene_id(s, pair.second);
        query.month = scene_month(s, 2026, 4);
        const Tracking__HoursHistoryReply *history = fixture_get(&s->f, s->facilitator, "HoursHistory", &query);
        assert_int_equal(history->split->hours->hundredths, 12000);
        assert_int_equal(history->split->n_parts, 2);
}

static void refused(struct scene *s, const Tracking__SplitHours *command, Types__RefusalCode code, const char *field)
{
        uint64_t before = engine_position(s->f.engine);
        assert_string_equal(fixture_refused(&s->f, s->structure_user, "SplitHours", command, code)->field, field);
        assert_int_equal(engine_position(s->f.engine), before); /* all of it, or nothing */
}

static void test_refusals(void **state)
{
        struct scene *s = *state;
        struct pair pair = placed_twice(s), other = pair;
        Tracking__SplitHours *command = splitting(s, &pair, 12000, 600000);
        command->parts[1]->share = share_to(&s->f.arena, share_of_millionths(300000));
        refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD, "parts");
        other.second = pair.first;
        refused(s, splitting(s, &other, 12000, 500000), TYPES__REFUSAL_CODE__INVALID_FIELD, "parts.placementId");
        s->f.world.now_ms_value += 1000;
        other.second = scene_placement(s); /* somebody else */
        refused(s, splitting(s, &other, 12000, 500000), TYPES__REFUSAL_CODE__INVALID_FIELD, "parts.placementId");
        other.second = scene_name("none");
        refused(s, splitting(s, &other, 12000, 500000), TYPES__REFUSAL_CODE__NOT_FOUND, "parts.placementId");
        (void)fixture_refused(&s->f, s->stranger, "SplitHours", splitting(s, &pair, 12000, 500000),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        /* each part would pass by itself, what was worked in all does not */
        (void)fixture_refused(&s->f, s->structure_user, "SplitHours", splitting(s, &pair, 40000, 500000),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_get(&s->f, s->structure_user, "SplitHours", splitting(s, &pair, 12000, 500000));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_split_and_validated, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_no_part_above_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_refusals, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
