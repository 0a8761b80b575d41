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

static Types__Month month;
static Types__Hours hours;

static Tracking__SubmitHours submission(int number, int64_t hundredths)
{
        Tracking__SubmitHours command = TRACKING__SUBMIT_HOURS__INIT;
        month = (Types__Month)TYPES__MONTH__INIT;
        hours = (Types__Hours)TYPES__HOURS__INIT;
        month.months = month_number(month_of_day(day(2026, number, 1)));
        hours.hundredths = hundredths;
        command.month = &month;
        command.hours = &hours;
        return command;
}

static void submits(const struct placement *p, const struct statement *before, int number, int64_t hundredths)
{
        struct refusal refusal;
        Tracking__SubmitHours command = submission(number, hundredths);
        if (!statement_may_submit(p, before, &command, day(2026, 7, 30), &refusal))
                fail_msg("refused: %s: %s", refusal.field, refusal.text);
}

static void refuses(const struct placement *p, const struct statement *before, const Tracking__SubmitHours *command,
                    Types__RefusalCode code)
{
        struct refusal refusal;
        assert_false(statement_may_submit(p, before, command, day(2026, 7, 30), &refusal));
        assert_int_equal(refusal.code, code);
}

static void test_months(void **state)
{
        (void)state;
        struct placement p = running();
        Tracking__SubmitHours command = submission(2, 100);
        refuses(&p, NULL, &command, TYPES__REFUSAL_CODE__INVALID_FIELD); /* before the start */
        submits(&p, NULL, 3, 100);
        submits(&p, NULL, 7, 100);
        command = submission(8, 100); /* not begun */
        refuses(&p, NULL, &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        struct refusal refusal;
        assert_false(statement_may_submit(&p, NULL, &command, day(2026, 7, 31), &refusal));
        assert_true(statement_may_submit(&p, NULL, &command, day(2026, 8, 1), &refusal));
        command = submission(9, 100); /* after the foreseen end */
        assert_false(statement_may_submit(&p, NULL, &command, day(2026, 10, 1), &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        p.ended = 1;
        p.ended_on = day(2026, 5, 31);
        submits(&p, NULL, 5, 100);
        command = submission(6, 100);
        refuses(&p, NULL, &command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_hours(void **state)
{
        (void)state;
        struct placement p = running(); /* 20 h a week: 150 h a month at most */
        submits(&p, NULL, 4, 0);
        submits(&p, NULL, 4, 15000);
        Tracking__SubmitHours command = submission(4, 15001);
        refuses(&p, NULL, &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_validated_is_closed(void **state)
{
        (void)state;
        struct placement p = running();
        struct statement before = {10000, STATEMENT_NOT_VALIDATED};
        submits(&p, &before, 4, 9000);
        before.validated_hundredths = 0; /* zero hours validated are validated too */
        Tracking__SubmitHours command = submission(4, 9000);
        refuses(&p, &before, &command, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_validating(void **state)
{
        (void)state;
        struct placement p = running();
        struct statement before = {10000, STATEMENT_NOT_VALIDATED};
        struct refusal refusal;
        struct hours figure;
        Tracking__ValidateHours command = TRACKING__VALIDATE_HOURS__INIT;
        (void)submission(4, 9000);
        command.month = &month;
        assert_true(statement_may_validate(&p, &before, &command, &figure, &refusal));
        assert_int_equal(hours_hundredths(figure), 10000);
        command.hours = &hours;
        assert_true(statement_may_validate(&p, &before, &command, &figure, &refusal));
        assert_int_equal(hours_hundredths(figure), 9000);
        hours.hundredths = 15001;
        assert_false(statement_may_validate(&p, &before, &command, &figure, &refusal));
        assert_string_equal(refusal.field, "hours");
        assert_false(statement_may_validate(&p, NULL, &command, &figure, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
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
        struct statement row = {10000, STATEMENT_NOT_VALIDATED};
        assert_int_equal(statement_counts(&row), 10000);
        row.validated_hundredths = 0;
        assert_int_equal(statement_counts(&row), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_months),
                cmocka_unit_test(test_hours),
                cmocka_unit_test(test_validated_is_closed),
                cmocka_unit_test(test_validating),
                cmocka_unit_test(test_days_in_a_month),
                cmocka_unit_test(test_what_counts),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
