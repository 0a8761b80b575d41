#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/rules/following.h"

static struct day date(int month, int day)
{
        return day_of_civil((struct civil){2026, month, day});
}

/* Closer in the first phase, which the last contact is in or not. */
static void test_how_long_a_silence(void **state)
{
        (void)state;
        Tracking__SilenceRule rule = TRACKING__SILENCE_RULE__INIT;
        rule.first_days = 60;
        rule.first_silence_days = 21;
        rule.silence_days = 45;
        assert_int_equal(day_number(following_act_by(&rule, date(3, 1), date(3, 1))), day_number(date(3, 22)));
        assert_int_equal(day_number(following_act_by(&rule, date(3, 1), date(4, 29))), day_number(date(5, 20)));
        assert_int_equal(day_number(following_act_by(&rule, date(3, 1), date(4, 30))), day_number(date(6, 14)));
        rule.silence_days = 0; /* asks for nothing then */
        assert_int_equal(day_number(following_act_by(&rule, date(3, 1), date(4, 30))), INT32_MAX);
}

static void test_rules_that_ask_for_nothing(void **state)
{
        (void)state;
        Tracking__FollowUpVersion rules = TRACKING__FOLLOW_UP_VERSION__INIT;
        assert_int_equal(following_shortest(&rules), INT32_MAX);
        const Tracking__SilenceRule *none = following_rule(&rules, TYPES__MODALITY__DIRECT_HIRE);
        assert_int_equal(day_number(following_act_by(none, date(3, 1), date(3, 1))), INT32_MAX);
        assert_null(following_contact_kind(&rules, "CALL"));
        assert_null(following_contact_result(&rules, "MET"));
        assert_null(following_action_kind(&rules, "TRAINING"));
}

static void test_visits(void **state)
{
        (void)state;
        struct arena arena = {0};
        uint32_t days[] = {15, 90};
        size_t count;
        Tracking__SilenceRule rule = TRACKING__SILENCE_RULE__INIT;
        Types__Day starts = TYPES__DAY__INIT, ends = TYPES__DAY__INIT;
        rule.visit_days = days;
        rule.n_visit_days = 2;
        starts.days = day_number(date(3, 1));
        ends.days = starts.days + 90;
        assert_int_equal(following_visits(&rule, &starts, NULL, &arena, &count)[1]->days, starts.days + 90);
        assert_int_equal(count, 2);
        (void)following_visits(&rule, &starts, &ends, &arena, &count);
        assert_int_equal(count, 2);
        ends.days--;
        (void)following_visits(&rule, &starts, &ends, &arena, &count);
        assert_int_equal(count, 1);

        Tracking__FollowUpVersion rules = TRACKING__FOLLOW_UP_VERSION__INIT;
        rules.visit_grace_days = 15;
        assert_int_equal(following_visit_state(&rules, date(3, 16), false, date(3, 15)),
                         TRACKING__VISIT_STATE__VISIT_PLANNED);
        assert_int_equal(following_visit_state(&rules, date(3, 16), false, date(3, 31)),
                         TRACKING__VISIT_STATE__VISIT_DUE);
        assert_int_equal(following_visit_state(&rules, date(3, 16), false, date(4, 1)),
                         TRACKING__VISIT_STATE__VISIT_MISSED);
        assert_int_equal(following_visit_state(&rules, date(3, 16), true, date(4, 1)),
                         TRACKING__VISIT_STATE__VISIT_DONE);
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_how_long_a_silence),
                cmocka_unit_test(test_rules_that_ask_for_nothing),
                cmocka_unit_test(test_visits),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
