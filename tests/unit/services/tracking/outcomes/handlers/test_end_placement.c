#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/store/eventlog.h"
#include "tests/unit/services/tracking/scene.h"

static const Types__Refusal *refused(struct scene *s, const Tracking__EndPlacement *command, Types__RefusalCode code)
{
        return fixture_refused(&s->f, s->facilitator, "EndPlacement", command, code);
}

static void test_ends_once(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        const Tracking__PlacementEnded *event = scene_last_event(s)->placement_ended;
        assert_true(id_equal(id_of(event->placement_id), placement));
        assert_true(id_equal(id_of(event->prescriber), s->mission_locale));
        assert_true(id_equal(id_of(event->obligation_id), s->obligation));
        assert_int_equal(event->outcome, TRACKING__OUTCOME__DURABLE_JOB);
        assert_string_equal(event->territory, "31");

        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_true(view->ended);
        assert_int_equal(view->ended_on->days, day_number(scene_day(2026, 9, 30)));
        assert_int_equal(view->outcome, TRACKING__OUTCOME__DURABLE_JOB);
        (void)refused(s, scene_end(s, placement), TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_without_a_reason_nothing_is_sealed(void **state)
{
        struct scene *s = *state;
        Tracking__EndPlacement *command = scene_end(s, scene_placement(s));
        command->reason = arena_text(&s->f.arena, "");
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", command);
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        assert_non_null(txn);
        struct log_entry entry;
        assert_true(log_get(txn, log_read_head(txn).number, &entry));
        assert_int_equal(entry.sealed.size, 0);
        txn_end_read(txn);
}

static void test_refusals(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        (void)refused(s, scene_end(s, scene_name("none")), TYPES__REFUSAL_CODE__NOT_FOUND);
        Tracking__EndPlacement *command = scene_end(s, placement);
        command->end_code = arena_text(&s->f.arena, "NO_SUCH_CODE");
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "endCode");
        command = scene_end(s, placement);
        command->ended_on = scene_date(s, 2026, 3, 9);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "endedOn");
        command->ended_on = scene_date(s, 2026, 10, 20);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "endedOn");
        command->ended_on = NULL;
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "endedOn");
}

static void test_not_before_its_last_hours(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 8, 10000);
        Tracking__EndPlacement *command = scene_end(s, placement);
        command->ended_on = scene_date(s, 2026, 7, 31);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "endedOn");
        scene_submit(s, placement, 8, 0);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", command);
}

static void test_scope(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        const Wire__Passport *others[] = {s->stranger, s->company_user, s->structure_user, s->prescriber, s->auditor};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(&s->f, others[i], "EndPlacement", scene_end(s, placement),
                                      i == 0 ? TYPES__REFUSAL_CODE__NOT_FOUND : TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_ends_once, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_without_a_reason_nothing_is_sealed, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_refusals, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_not_before_its_last_hours, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_scope, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
