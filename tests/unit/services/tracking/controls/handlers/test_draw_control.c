/* A sample is drawn by a seed: the frame that it comes from, how many, what is left out of it, and drawn again. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/draw.h"
#include "tests/unit/services/tracking/controls/sampled.h"

static const Tracking__ControlFrameReply *frame_of(struct scene *s, const Types__Id *control)
{
        Tracking__ControlFrame query = TRACKING__CONTROL_FRAME__INIT;
        query.control_id = (Types__Id *)(uintptr_t)control;
        return fixture_get(&s->f, s->auditor, "ControlFrame", &query);
}

static void refused(struct scene *s, const Tracking__DrawControl *command, const char *field)
{
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "DrawControl", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                field);
}

static void place(struct scene *s, int count)
{
        for (int i = 0; i < count; i++) {
                s->f.world.now_ms_value += 1000;
                (void)scene_placement(s);
        }
}

static void test_anybody_draws_the_same(void **state)
{
        struct scene *s = *state;
        place(s, 9);
        Tracking__DrawControl *command = sampled_drawing(s);
        command->count = 4;
        const Tracking__DrawControlReply *reply = sampled_draw(s, command);
        assert_int_equal(reply->frame_size, 9);
        assert_int_equal(reply->drawn, 4);
        assert_int_equal(strlen(reply->seed), 16);
        const Tracking__ControlFrameReply *frame = frame_of(s, reply->control_id);
        struct id ids[9];
        size_t count = 4;
        assert_int_equal(frame->n_frame, ARRAY_SIZE(ids));
        assert_int_equal(frame->n_drawn, count);
        for (size_t i = 0; i < ARRAY_SIZE(ids); i++)
                ids[i] = id_of(frame->frame[i]);
        const struct id *again = draw_ids(frame->seed, ids, ARRAY_SIZE(ids), &count, &s->f.arena);
        for (size_t i = 0; i < count; i++)
                assert_true(id_equal(again[i], id_of(frame->drawn[i])));

        /* a seed from elsewhere draws the same of the same, whoever draws */
        command->seed = arena_text(&s->f.arena, reply->seed);
        refused(s, command, "seedSource"); /* nobody may have chosen it */
        command->seed_source = arena_text(&s->f.arena, "Loto du 4 juillet");
        const Tracking__ControlFrameReply *twin = frame_of(s, sampled_draw(s, command)->control_id);
        for (size_t i = 0; i < count; i++)
                assert_true(id_equal(id_of(twin->drawn[i]), id_of(frame->drawn[i])));
}

static void test_share_and_bounds(void **state)
{
        struct scene *s = *state;
        Tracking__DrawControl *command = sampled_drawing(s);
        (void)fixture_refused(&s->f, s->facilitator, "DrawControl", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        place(s, 5);
        assert_int_equal(sampled_draw(s, command)->drawn, 2); /* 30 % of five */
        command->share = share_to(&s->f.arena, share_of_millionths(600000));
        assert_int_equal(sampled_draw(s, command)->drawn, 3);
        command->count = 2;
        refused(s, command, "count");
        command->share = NULL;
        command->count = 200;
        assert_int_equal(sampled_draw(s, command)->drawn, 5);
        command->until = scene_date(s, 2025, 12, 31);
        refused(s, command, "until");
        command = sampled_drawing(s);
        command->evidence_codes[0] = arena_text(&s->f.arena, "SOMETHING");
        refused(s, command, "evidenceCodes[0]");
        command = sampled_drawing(s);
        command->territory = arena_text(&s->f.arena, "75");
        (void)fixture_refused(&s->f, s->stranger, "DrawControl", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->territory = arena_text(&s->f.arena, "31");
        (void)fixture_refused(&s->f, s->stranger, "DrawControl", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_who_is_left_out(void **state)
{
        struct scene *s = *state;
        Tracking__RestrictPerson restriction = TRACKING__RESTRICT_PERSON__INIT;
        struct id person = scene_eligible_person(s);
        (void)scene_open_placement(s, scene_opening(s, person));
        place(s, 2);
        restriction.beneficiary_id = scene_id(s, person);
        restriction.restriction_code = arena_text(&s->f.arena, "ACCURACY_CONTESTED");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restriction);
        Tracking__DrawControl *command = sampled_drawing(s);
        command->count = 9;
        assert_int_equal(sampled_draw(s, command)->frame_size, 2);
        command->modality = TYPES__MODALITY__DIRECT_HIRE;
        (void)fixture_refused(&s->f, s->facilitator, "DrawControl", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->modality = TYPES__MODALITY__STAFF_PROVIDED;
        command->employer = scene_id(s, s->structure);
        assert_int_equal(sampled_draw(s, command)->frame_size, 2);
        command->employer = scene_id(s, s->other_company);
        (void)fixture_refused(&s->f, s->facilitator, "DrawControl", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->employer = NULL;
        command->until = command->from = scene_date(s, 2026, 3, 9); /* before all of them begin */
        (void)fixture_refused(&s->f, s->facilitator, "DrawControl", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        scene_private(s, "31");
        command = sampled_drawing(s);
        (void)fixture_refused(&s->f, s->facilitator, "DrawControl", command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_anybody_draws_the_same, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_share_and_bounds, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_who_is_left_out, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
