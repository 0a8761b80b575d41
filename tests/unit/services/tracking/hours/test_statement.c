#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/types.h"
#include "services/tracking/hours/statement.h"

static struct day day(int year, int month, int number)
{
        return day_of_civil((struct civil){year, month, number});
}

static struct placement running(void)
{
        return (struct placement){.starts_on = day(2026, 3, 10),
                                  .ends_on = day(2026, 8, 20),
                                  .ended_on = day_of_number(DAY_OPEN_NUMBER),
                                  .weekly_hundredths = 2000};
}

static Types__Month month_of_2026(int number)
{
        Types__Month month = TYPES__MONTH__INIT;
        month.months = month_number(month_of_day(day(2026, number, 1)));
        return month;
}

static bool may_submit(const struct placement *p, const struct statement *before, int number, struct day today,
                       struct refusal *refusal)
{
        Types__Month month = month_of_2026(number);
        return statement_may_submit(p, before, &month, today, refusal);
}

static void submits(const struct placement *p, const struct statement *before, int number)
{
        struct refusal refusal;
        if (!may_submit(p, before, number, day(2026, 7, 30), &refusal))
                fail_msg("refused: %s: %s", refusal.field, refusal.text);
}

static void refuses(const struct placement *p, const struct statement *before, int number, Types__RefusalCode code)
{
        struct refusal refusal;
        assert_false(may_submit(p, before, number, day(2026, 7, 30), &refusal));
        assert_int_equal(refusal.code, code);
}

static void test_months(void **state)
{
        (void)state;
        struct placement p = running();
        refuses(&p, NULL, 2, TYPES__REFUSAL_CODE__INVALID_FIELD); /* before the start */
        submits(&p, NULL, 3);
        submits(&p, NULL, 7);
        refuses(&p, NULL, 8, TYPES__REFUSAL_CODE__INVALID_FIELD); /* not begun */
        struct refusal refusal;
        assert_false(may_submit(&p, NULL, 8, day(2026, 7, 31), &refusal));
        assert_true(may_submit(&p, NULL, 8, day(2026, 8, 1), &refusal));
        assert_false(may_submit(&p, NULL, 9, day(2026, 10, 1), &refusal)); /* after the foreseen end */
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        p.ended = 1;
        p.ended_on = day(2026, 5, 31);
        submits(&p, NULL, 5);
        refuses(&p, NULL, 6, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_validated_is_closed(void **state)
{
        (void)state;
        struct placement p = running();
        struct statement before = {10000, STATEMENT_NOT_VALIDATED};
        submits(&p, &before, 4);
        before.mark = STATEMENT_RETURNED;
        submits(&p, &before, 4);
        before = (struct statement){10000, 0}; /* zero hours validated are validated too */
        refuses(&p, &before, 4, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_validating_and_sending_back(void **state)
{
        (void)state;
        struct statement before = {10000, STATEMENT_NOT_VALIDATED};
        struct refusal refusal;
        assert_true(statement_may_validate(&before, &refusal));
        assert_true(statement_may_return(&before, &refusal));
        before.mark = STATEMENT_RETURNED;
        assert_false(statement_may_validate(&before, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_false(statement_may_return(&before, &refusal));
        before = (struct statement){10000, 9000};
        assert_true(statement_may_validate(&before, &refusal));
        assert_false(statement_may_return(&before, &refusal)); /* it counts: it is corrected */
        assert_false(statement_may_validate(NULL, &refusal));
        assert_false(statement_may_return(NULL, &refusal));
}

static void test_days_in_a_month(void **state)
{
        (void)state;
        struct placement p = running();
        struct day first, last;
        assert_true(placement_days_in(&p, month_of_day(day(2026, 3, 1)), &first, &last));
        assert_int_equal(day_number(first), day_number(day(2026, 3, 10)));
        assert_int_equal(day_number(last), day_number(day(2026, 3, 31)));
        assert_true(placement_days_in(&p, month_of_day(day(2026, 8, 1)), &first, &last));
        assert_int_equal(day_number(last), day_number(day(2026, 8, 20)));
        assert_false(placement_days_in(&p, month_of_day(day(2026, 9, 1)), &first, &last));
        assert_false(placement_days_in(&p, month_of_day(day(2026, 2, 1)), &first, &last));
}

static void test_what_counts(void **state)
{
        (void)state;
        Tracking__TrainingRule training = TRACKING__TRAINING_RULE__INIT;
        Tracking__HoursVersion rules = TRACKING__HOURS_VERSION__INIT;
        rules.training = &training;
        struct statement row = {10000, STATEMENT_NOT_VALIDATED, .training_hundredths = 1400};
        assert_int_equal(statement_counts(&row), 11400);
        assert_int_equal(statement_declared(&row, &rules), 10000); /* a policy that counts no training */
        training.counted_percent = 50;
        assert_int_equal(statement_declared(&row, &rules), 10700);
        training.counted_percent = 100;
        assert_int_equal(statement_declared(&row, &rules), 11400);
        row.validated_hundredths = 0;
        assert_int_equal(statement_counts(&row), 0);
}

static void test_states(void **state)
{
        (void)state;
        struct statement row = {10000, STATEMENT_NOT_VALIDATED};
        assert_int_equal(statement_state(NULL), TRACKING__HOURS_STATE__HOURS_AWAITED);
        assert_int_equal(statement_state(&row), TRACKING__HOURS_STATE__HOURS_STATED);
        row.mark = STATEMENT_RETURNED;
        assert_int_equal(statement_state(&row), TRACKING__HOURS_STATE__HOURS_SENT_BACK);
        row = (struct statement){10000, 10000};
        assert_int_equal(statement_state(&row), TRACKING__HOURS_STATE__HOURS_VOUCHED_FOR);
        row.mark = STATEMENT_TO_CHECK;
        assert_int_equal(statement_state(&row), TRACKING__HOURS_STATE__HOURS_TO_CHECK);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_months),
                cmocka_unit_test(test_validated_is_closed),
                cmocka_unit_test(test_validating_and_sending_back),
                cmocka_unit_test(test_days_in_a_month),
                cmocka_unit_test(test_what_counts),
                cmocka_unit_test(test_states),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
