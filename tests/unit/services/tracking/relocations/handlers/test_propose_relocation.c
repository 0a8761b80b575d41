#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/relocations/moves.h"

static void test_proposed(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), relocation = move_proposed(s, person);
        const Tracking__RelocationProposed *told = scene_last_event(s)->relocation_proposed;
        assert_true(id_equal(id_of(told->relocation_id), relocation));
        assert_string_equal(told->from_territory, "31");
        assert_string_equal(told->to_territory, "81");
        assert_int_equal(told->answer_by->days, day_number(scene_day(2026, 11, 2)));
        assert_int_equal(move_persons(s, "81")->n_beneficiaries, 0); /* nobody has said yes */
}

static void test_once_and_elsewhere(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__ProposeRelocation *command = move_proposal(s, person);
        command->territory = arena_text(&s->f.arena, "31");
        const Types__Refusal *refusal = fixture_refused(&s->f, s->facilitator, "ProposeRelocation", command,
                                                        TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "territory");
        (void)move_proposed(s, person);
        (void)fixture_refused(&s->f, s->facilitator, "ProposeRelocation", move_proposal(s, person),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

static void test_days_are_told_and_past(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__ProposeRelocation *command = move_proposal(s, person);
        command->moved_on = scene_date(s, 2026, 12, 1);
        (void)fixture_refused(&s->f, s->facilitator, "ProposeRelocation", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = move_proposal(s, person);
        command->moved_on = NULL;
        (void)fixture_refused(&s->f, s->facilitator, "ProposeRelocation", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = move_proposal(s, person);
        command->agreed_on = NULL;
        (void)fixture_refused(&s->f, s->facilitator, "ProposeRelocation", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_whose_file_it_is(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        (void)fixture_refused(&s->f, move_of(s, "81"), "ProposeRelocation", move_proposal(s, person),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->prescriber, "ProposeRelocation", move_proposal(s, person),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Tracking__RestrictPerson restricting = TRACKING__RESTRICT_PERSON__INIT;
        restricting.beneficiary_id = scene_id(s, person);
        restricting.restriction_code = arena_text(&s->f.arena, "UNLAWFUL");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restricting);
        (void)fixture_refused(&s->f, s->facilitator, "ProposeRelocation", move_proposal(s, person),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_proposed),
                TEST(test_once_and_elsewhere),
                TEST(test_days_are_told_and_past),
                TEST(test_whose_file_it_is),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
