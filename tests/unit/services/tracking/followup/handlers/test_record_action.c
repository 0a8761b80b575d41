/* Adjustments and actions before the job: asked, under way, done, given up; each with its day and its hours. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/followup/noted.h"

static Tracking__RecordAction *asking(struct scene *s, struct id person, const char *kind)
{
        Tracking__RecordAction *command = pb_new(&tracking__record_action__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->kind_code = arena_text(&s->f.arena, kind);
        command->asked_on = scene_date(s, 2026, 8, 3);
        command->text = arena_text(&s->f.arena, "permis B, à l'auto-école du quartier");
        return command;
}

static struct id asked(struct scene *s, struct id person, const char *kind)
{
        const Tracking__RecordActionReply *reply =
                fixture_get(&s->f, s->facilitator, "RecordAction", asking(s, person, kind));
        return id_of(reply->action_id);
}

static const Tracking__ActionLine *line_of(struct scene *s, struct id person, struct id action)
{
        const Tracking__FollowUpReply *list = noted_list(s, person);
        for (size_t i = 0; i < list->n_actions; i++)
                if (id_equal(id_of(list->actions[i]->action_id), action))
                        return list->actions[i];
        return NULL;
}

static Tracking__MoveAction *moving(struct scene *s, struct id person, struct id action, Tracking__ActionState to)
{
        Tracking__MoveAction *command = pb_new(&tracking__move_action__descriptor, &s->f.arena);
        const Tracking__ActionLine *line = line_of(s, person, action);
        command->beneficiary_id = scene_id(s, person);
        command->action_id = scene_id(s, action);
        command->state = to;
        command->happened_on = scene_date(s, 2026, 9, (int)to); /* one day after the other */
        command->seen = line == NULL ? 0 : line->version;
        return command;
}

#define UNDER_WAY TRACKING__ACTION_STATE__ACTION_UNDER_WAY
#define IS_DONE   TRACKING__ACTION_STATE__ACTION_DONE
#define GIVEN_UP  TRACKING__ACTION_STATE__ACTION_GIVEN_UP

static void test_asked_under_way_done(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), action = asked(s, person, "PREPARATORY");
        assert_true(line_of(s, person, action)->is_preparation);
        assert_string_equal(line_of(s, person, action)->kind_label, "action préparatoire à l'emploi");
        (void)fixture_get(&s->f, s->facilitator, "MoveAction", moving(s, person, action, UNDER_WAY));
        Tracking__MoveAction *command = moving(s, person, action, IS_DONE);
        command->hours = scene_hours(s, 7000);
        (void)fixture_get(&s->f, s->facilitator, "MoveAction", command);
        const Tracking__ActionLine *line = line_of(s, person, action);
        assert_int_equal(line->state, IS_DONE);
        assert_int_equal(line->asked_on->days, day_number(scene_day(2026, 8, 3)));
        assert_int_equal(line->began_on->days, day_number(scene_day(2026, 9, 2)));
        assert_int_equal(line->ended_on->days, day_number(scene_day(2026, 9, 3)));
        assert_int_equal(line->hours->hundredths, 7000);
        assert_string_equal(line->text, "");
        assert_string_equal(noted_texts(s, person)->actions[0]->text, "permis B, à l'auto-école du quartier");
}

static void test_given_up_with_a_reason(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), action = asked(s, person, "MOBILITY");
        Tracking__MoveAction *command = moving(s, person, action, GIVEN_UP);
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "MoveAction", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "givingUpCode");
        command->giving_up_code = arena_text(&s->f.arena, "NO_PLACE");
        (void)fixture_get(&s->f, s->facilitator, "MoveAction", command);
        assert_string_equal(line_of(s, person, action)->giving_up_code, "NO_PLACE");

        /* and it goes on after all: that is a correction, with its reason */
        command = moving(s, person, action, UNDER_WAY);
        (void)fixture_refused(&s->f, s->facilitator, "MoveAction", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->correction = arena_text(&s->f.arena, "une place s'est libérée");
        (void)fixture_get(&s->f, s->facilitator, "MoveAction", command);
        assert_true(scene_last_event(s)->action_moved->is_correction);
        const Tracking__ActionLine *line = line_of(s, person, action);
        assert_int_equal(line->state, UNDER_WAY);
        assert_null(line->ended_on);
        assert_string_equal(line->giving_up_code, "");
        const Tracking__FollowUpNotes *texts = noted_texts(s, person);
        assert_string_equal(texts->actions[0]->notes[1]->correction, "une place s'est libérée");
        assert_string_equal(texts->actions[0]->text, "permis B, à l'auto-école du quartier");
}

static void test_refusals(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), action = asked(s, person, "TRAINING");
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        Tracking__RecordAction *command = asking(s, person, "LANGUAGE");
        command->placement_id = scene_id(s, placement);
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "RecordAction", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "placementId");
        command = asking(s, person, "TRAINING");
        command->text = arena_text(&s->f.arena, "à cause de sa maladie");
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "RecordAction", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "text");
        Tracking__MoveAction *move = moving(s, person, action, UNDER_WAY);
        move->happened_on = scene_date(s, 2026, 8, 2);
        (void)fixture_refused(&s->f, s->facilitator, "MoveAction", move, TYPES__REFUSAL_CODE__INVALID_FIELD);
        move = moving(s, person, action, TRACKING__ACTION_STATE__ACTION_ASKED);
        (void)fixture_refused(&s->f, s->facilitator, "MoveAction", move, TYPES__REFUSAL_CODE__WRONG_STATE);
        move = moving(s, person, scene_name("none"), UNDER_WAY);
        (void)fixture_refused(&s->f, s->facilitator, "MoveAction", move, TYPES__REFUSAL_CODE__NOT_FOUND);
        move = moving(s, person, action, UNDER_WAY);
        (void)fixture_refused(&s->f, s->stranger, "MoveAction", move, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->structure_user, "MoveAction", move, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(&s->f, s->facilitator, "MoveAction", move);
        move->seen = 1;
        (void)fixture_refused(&s->f, s->facilitator, "MoveAction", move, TYPES__REFUSAL_CODE__WRONG_STATE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_asked_under_way_done),
                TEST(test_given_up_with_a_reason),
                TEST(test_refusals),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
