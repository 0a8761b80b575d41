#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/services/tracking/scene.h"

static Tracking__ExtendEligibility *extension(struct scene *s, struct id person)
{
        Tracking__ExtendEligibility *command = pb_new(&tracking__extend_eligibility__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->months = 6;
        command->reason = arena_text(&s->f.arena, "parcours qualifiant en cours");
        return command;
}

static void test_lengthened(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s); /* to 2028-01-31 */
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        const Tracking__ExtendEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "ExtendEligibility", extension(s, person));
        assert_int_equal(reply->valid_until->days, day_number(scene_day(2028, 7, 31)));
        assert_false(reply->to_confirm);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2028, 7, 31)));
        const Tracking__BeneficiaryFile *file = scene_file(s, person);
        assert_int_equal(file->n_eligibilities, 2);
        assert_string_equal(file->eligibilities[1]->public_code, "B_RSA");
        assert_true(id_equal(id_of(file->eligibilities[1]->extends), id_of(file->eligibilities[0]->decision_id)));
}

static void test_bounds(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__ExtendEligibility *command = extension(s, person);
        command->months = 13;
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "ExtendEligibility", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "months");
        for (int i = 0; i < 3; i++)
                (void)fixture_get(&s->f, s->facilitator, "ExtendEligibility", extension(s, person));
        (void)fixture_refused(&s->f, s->facilitator, "ExtendEligibility", extension(s, person),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        command = extension(s, scene_refer(s)); /* nothing to lengthen */
        (void)fixture_refused(&s->f, s->facilitator, "ExtendEligibility", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command = extension(s, person);
        command->reason = (char *)(uintptr_t) "";
        (void)fixture_refused(&s->f, s->facilitator, "ExtendEligibility", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_of_ones_own_referral_it_waits(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer_own(s);
        (void)fixture_get(&s->f, scene_colleague(s), "DecideEligibility", scene_decision(s, person));
        const Tracking__ExtendEligibilityReply *reply =
                fixture_get(&s->f, s->facilitator, "ExtendEligibility", extension(s, person));
        assert_true(reply->to_confirm);
        assert_int_equal(scene_eligibility(s, s->facilitator, person)->eligible_until->days,
                         day_number(scene_day(2028, 1, 31)));
        Tracking__ConfirmEligibility confirm = TRACKING__CONFIRM_ELIGIBILITY__INIT;
        confirm.beneficiary_id = scene_id(s, person);
        confirm.decision_id = reply->decision_id;
        confirm.confirmed = true;
        (void)fixture_get(&s->f, scene_colleague(s), "ConfirmEligibility", &confirm);
        assert_int_equal(scene_eligibility(s, s->facilitator, person)->eligible_until->days,
                         day_number(scene_day(2028, 7, 31)));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_lengthened, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_bounds, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_of_ones_own_referral_it_waits, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
