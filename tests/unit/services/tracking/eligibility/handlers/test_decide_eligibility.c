#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static const Types__Refusal *refused(struct scene *s, const Wire__Passport *actor,
                                     const Tracking__DecideEligibility *command, Types__RefusalCode code)
{
        return fixture_refused(&s->f, actor, "DecideEligibility", command, code);
}

static void test_eligible_for_two_years(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        const Tracking__DecideEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
        assert_int_equal(reply->valid_until->days, day_number(scene_day(2028, 1, 31)));

        const Tracking__EligibilityDecided *decided = scene_last_event(s)->eligibility_decided;
        assert_true(decided->eligible);
        assert_int_equal(decided->valid_from->days, day_number(scene_day(2026, 2, 1)));
        assert_int_equal(decided->valid_until->days, day_number(scene_day(2028, 1, 31)));
        assert_true(id_equal(id_of(decided->prescriber), s->mission_locale));
        assert_string_equal(decided->territory, "31");
}

static void test_without_a_first_day_it_is_today(void **state)
{
        struct scene *s = *state;
        Tracking__DecideEligibility *command = scene_decision(s, scene_refer(s));
        command->valid_from = NULL;
        command->proof_dated = scene_date(s, 2026, 10, 1);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        assert_int_equal(scene_last_event(s)->eligibility_decided->valid_from->days,
                         day_number(scene_day(2026, 10, 18)));
}

static void test_not_eligible(void **state)
{
        struct scene *s = *state;
        Tracking__DecideEligibility *command = scene_decision(s, scene_refer(s));
        command->eligible = false;
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
        command->reason = arena_text(&s->f.arena, "dossier incomplet");
        const Tracking__DecideEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        assert_null(reply->valid_until);
        assert_false(scene_last_event(s)->eligibility_decided->eligible);
        assert_null(scene_last_event(s)->eligibility_decided->valid_until);
}

static void test_rules_refuse(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__DecideEligibility *command = scene_decision(s, person);
        command->public_code = arena_text(&s->f.arena, "B_NULLE_PART");
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "publicCode");
        command = scene_decision(s, person);
        command->proof_dated = scene_date(s, 2025, 10, 31);
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "proofDated");
        command = scene_decision(s, person); /* born in 1990 */
        command->public_code = arena_text(&s->f.arena, "B_JEUNE");
        command->proof_code = arena_text(&s->f.arena, "COURRIER_MISSION_LOCALE");
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__NOT_ELIGIBLE)->field,
                            "publicCode");
        command = scene_decision(s, person);
        command->valid_from = scene_date(s, 2036, 2, 1);
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "validFrom");
        command = scene_decision(s, person);
        command->reason = arena_text(&s->f.arena, "NIR 1 85 05 78 006 084 36");
        assert_string_equal(refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
}

static void test_scope(void **state)
{
        struct scene *s = *state;
        Tracking__DecideEligibility *command = scene_decision(s, scene_refer(s));
        (void)refused(s, s->stranger, command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)refused(s, s->prescriber, command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(s, s->structure_user, command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(s, s->facilitator, scene_decision(s, scene_name("nobody")), TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_decisions_are_bounded(void **state)
{
        struct scene *s = *state;
        Tracking__DecideEligibility *command = scene_decision(s, scene_refer(s));
        for (int i = 0; i < 64; i++)
                (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", command);
        (void)refused(s, s->facilitator, command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_eligible_for_two_years, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_without_a_first_day_it_is_today, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_not_eligible, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_rules_refuse, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_scope, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_decisions_are_bounded, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
