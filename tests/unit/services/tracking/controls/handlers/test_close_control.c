/* A control is closed with its figures once all are judged, or given up with a reason; and opened again. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/controls/sampled.h"

static Tracking__CloseControl *closing(struct scene *s, const struct sampled *sampled)
{
        Tracking__CloseControl *command = pb_new(&tracking__close_control__descriptor, &s->f.arena);
        command->control_id = scene_id(s, sampled->control);
        command->closed_on = scene_date(s, 2026, 8, 3);
        return command;
}

static void test_closed_with_its_figures(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_answered(s);
        Tracking__CloseControl *command = closing(s, &sampled);
        (void)fixture_refused(&s->f, s->facilitator, "CloseControl", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)sampled_judge(s, &sampled, 20, NULL);
        command->closed_on = scene_date(s, 2026, 7, 5);
        (void)fixture_refused(&s->f, s->facilitator, "CloseControl", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        const Tracking__CloseControlReply *reply =
                fixture_get(&s->f, s->facilitator, "CloseControl", closing(s, &sampled));
        assert_int_equal(reply->figures->drawn, 1);
        assert_int_equal(reply->figures->answered, 1);
        assert_int_equal(reply->figures->confirmed, 1);
        (void)fixture_refused(&s->f, s->facilitator, "CloseControl", closing(s, &sampled),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "AskEvidence", sampled_asking(s, &sampled),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_given_up_and_opened_again(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_asked(s);
        Tracking__ReopenControl again = TRACKING__REOPEN_CONTROL__INIT;
        Tracking__CloseControl *command = closing(s, &sampled);
        again.control_id = scene_id(s, sampled.control);
        again.correction = arena_text(&s->f.arena, "le bon trimestre, après tout");
        (void)fixture_refused(&s->f, s->facilitator, "ReopenControl", &again, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->cancellation = arena_text(&s->f.arena, "mauvais trimestre");
        (void)fixture_get(&s->f, s->facilitator, "CloseControl", command);
        assert_int_equal(sampled_due(s, s->structure_user, false)->n_items, 0);
        (void)fixture_get(&s->f, sampled.colleague, "ReopenControl", &again);
        /* who had given it up is told */
        assert_int_equal(scene_last_event(s)->body_case, TRACKING__EVENT__BODY_CHANGED_BY_ANOTHER);
        assert_int_equal(sampled_due(s, s->structure_user, false)->n_items, 1);
        (void)fixture_refused(&s->f, s->stranger, "CloseControl", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->auditor, "CloseControl", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_the_lists(void **state)
{
        struct scene *s = *state;
        struct sampled sampled = sampled_not_proven(s);
        Tracking__ControlsRequest query = TRACKING__CONTROLS_REQUEST__INIT;
        Tracking__ControlEvidence lines = TRACKING__CONTROL_EVIDENCE__INIT;
        query.territory = arena_text(&s->f.arena, "31");
        query.open_only = true;
        const Tracking__ControlsReply *reply = fixture_get(&s->f, s->coordinator, "Controls", &query);
        assert_int_equal(reply->n_controls, 1);
        assert_int_equal(reply->controls[0]->frame_size, 1);
        reply = fixture_get(&s->f, s->stranger, "Controls", &query);
        assert_int_equal(reply->n_controls, 0);
        lines.control_id = scene_id(s, sampled.control);
        const Tracking__EvidenceListReply *items = fixture_get(&s->f, s->auditor, "ControlEvidence", &lines);
        assert_int_equal(items->n_items, 1);
        assert_string_equal(items->items[0]->rejection_label, "les heures ne sont pas celles qui ont été déclarées");
        /* what is of a private contract since is shown to nobody whom it is not for, and counted as set aside */
        scene_private(s, "75");
        items = fixture_get(&s->f, s->facilitator, "ControlEvidence", &lines);
        assert_int_equal(items->n_items, 0);
        assert_int_equal(sampled_figures(s, &sampled)->not_proven, 0);
        assert_int_equal(sampled_figures(s, &sampled)->set_aside, 1);
        (void)fixture_get(&s->f, s->facilitator, "CloseControl", closing(s, &sampled));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_closed_with_its_figures, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_given_up_and_opened_again, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_the_lists, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
