#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/unit/services/tracking/scene.h"

/* Others than facilitators learn until when, or that it waits, or not: never why. */
static void test_others_are_not_told_why(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        assert_int_equal(scene_eligibility(s, s->facilitator, person)->standing,
                         TRACKING__ELIGIBILITY_STANDING__NOT_DECIDED);
        assert_int_equal(scene_eligibility(s, s->prescriber, person)->standing,
                         TRACKING__ELIGIBILITY_STANDING__WAITING);
        Tracking__DecideEligibility *refusal = scene_decision(s, person);
        refusal->eligible = false;
        refusal->reason = arena_text(&s->f.arena, "droits clos");
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", refusal);
        const Tracking__EligibilityView *all = scene_eligibility(s, s->facilitator, person);
        assert_int_equal(all->standing, TRACKING__ELIGIBILITY_STANDING__REFUSED);
        assert_string_equal(all->reason_code, "OTHER");
        assert_int_equal(all->n_decisions, 1);
        const Wire__Passport *others[] = {s->prescriber, s->auditor, s->coordinator};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
                const Tracking__EligibilityView *view = scene_eligibility(s, others[i], person);
                assert_int_equal(view->standing, TRACKING__ELIGIBILITY_STANDING__NOT_ELIGIBLE);
                assert_string_equal(view->reason_code, "");
                assert_string_equal(view->remedy, "");
                assert_int_equal(view->n_decisions, 0);
        }
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
        assert_int_equal(scene_eligibility(s, s->prescriber, person)->standing,
                         TRACKING__ELIGIBILITY_STANDING__ELIGIBLE);
        assert_int_equal(scene_eligibility(s, s->prescriber, person)->eligible_until->days,
                         day_number(scene_day(2028, 1, 31)));
        Tracking__EligibilityById query = TRACKING__ELIGIBILITY_BY_ID__INIT;
        query.beneficiary_id = scene_id(s, person);
        (void)fixture_refused(&s->f, s->stranger, "EligibilityById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->company_user, "EligibilityById", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        s->prescriber->organisation = scene_id(s, s->company);
        (void)fixture_refused(&s->f, s->prescriber, "EligibilityById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* A restricted file is kept, and nothing else: its reasons stay sealed. */
static void test_a_restricted_file(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__RestrictPerson restrict_it = TRACKING__RESTRICT_PERSON__INIT;
        restrict_it.beneficiary_id = scene_id(s, person);
        restrict_it.restriction_code = arena_text(&s->f.arena, "ACCURACY_CONTESTED");
        (void)fixture_get(&s->f, s->facilitator, "RestrictPerson", &restrict_it);
        assert_int_equal(scene_eligibility(s, s->facilitator, person)->n_decisions, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_others_are_not_told_why, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_restricted_file, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
