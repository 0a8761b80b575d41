#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/types.h"
#include "services/tracking/outcomes/outcome.h"

#define AT_EXIT   TRACKING__OUTCOME_MOMENT__AT_EXIT
#define AT_SIX    TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS
#define AT_TWELVE TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS

static struct day date(int year, int month, int day)
{
        return day_of_civil((struct civil){year, month, day});
}

/* A month's end has no 31st everywhere. */
static void test_days(void **state)
{
        (void)state;
        assert_int_equal(day_number(outcome_day(date(2025, 8, 31), AT_EXIT)), day_number(date(2025, 8, 31)));
        assert_int_equal(day_number(outcome_day(date(2025, 8, 31), AT_SIX)), day_number(date(2026, 2, 28)));
        assert_int_equal(day_number(outcome_day(date(2024, 2, 29), AT_TWELVE)), day_number(date(2025, 2, 28)));
}

static void test_what_is_due(void **state)
{
        (void)state;
        Tracking__OutcomeRow row = TRACKING__OUTCOME_ROW__INIT, exit = TRACKING__OUTCOME_ROW__INIT;
        assert_true(outcome_is_due(NULL, &exit, AT_SIX));
        assert_true(outcome_is_due(&row, &row, AT_EXIT));
        row.not_reached = true;
        assert_false(outcome_is_due(&row, &exit, AT_SIX));
        row.goes_on = true;
        assert_true(outcome_is_due(&row, &exit, AT_SIX));
        row.outcome = TRACKING__OUTCOME__OTHER_EXIT;
        assert_false(outcome_is_due(&row, &exit, AT_SIX));
        exit.outcome = TRACKING__OUTCOME__WITHDRAWN; /* nothing more is asked of her */
        assert_false(outcome_is_due(NULL, &exit, AT_TWELVE));
}

/* Tried until the rules say that it is enough, and no longer than they ask at all. */
static void test_how_long_it_goes_on(void **state)
{
        (void)state;
        Tracking__RecordOutcome command = TRACKING__RECORD_OUTCOME__INIT;
        Tracking__OutcomeMomentRule rule = TRACKING__OUTCOME_MOMENT_RULE__INIT, *moments[] = {&rule};
        Tracking__OutcomesVersion rules = TRACKING__OUTCOMES_VERSION__INIT;
        struct placement placement = {.ended = 1, .ended_on = date(2025, 9, 30)};
        struct outcome_telling telling = {&command, &rules, &placement, NULL, date(2026, 4, 1)};
        rule.at = command.at = AT_SIX;
        rule.asked_until_days = 10;
        rules.moments = moments;
        rules.n_moments = 1;
        rules.attempts_enough = 3;
        command.not_reached = true;
        command.attempts = 2;
        assert_true(outcome_goes_on(&telling));
        command.attempts = 3;
        assert_false(outcome_goes_on(&telling));
        command.attempts = 1;
        telling.today = date(2026, 4, 9);
        assert_true(outcome_goes_on(&telling));
        telling.today = date(2026, 4, 10);
        assert_false(outcome_goes_on(&telling));
        command.not_reached = false;
        telling.today = date(2026, 4, 1);
        assert_false(outcome_goes_on(&telling));
}

/* A moment that the rules have none for is asked with no tolerance, and nothing aborts. */
static void test_rules_without_the_moment(void **state)
{
        (void)state;
        Tracking__OutcomesVersion rules = TRACKING__OUTCOMES_VERSION__INIT;
        assert_int_equal(outcome_rule(&rules, AT_TWELVE)->early_days, 0);
}

static void test_corrections(void **state)
{
        (void)state;
        struct refusal refusal;
        assert_true(correction_is_sound("une faute de frappe", &refusal));
        assert_false(correction_is_sound("  ", &refusal));
        assert_string_equal(refusal.field, "correction");
        assert_false(correction_is_sound("voir 290053155512345", &refusal));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_days),
                cmocka_unit_test(test_what_is_due),
                cmocka_unit_test(test_how_long_it_goes_on),
                cmocka_unit_test(test_rules_without_the_moment),
                cmocka_unit_test(test_corrections),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
