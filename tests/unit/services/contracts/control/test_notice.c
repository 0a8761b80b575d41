/* Delays of a formal notice: from the day that the rule says, and never ending on a day off. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/dated.h"
#include "services/contracts/control/notice.h"

static struct dated dated;
static const Contracts__ControlRulesVersion *rules;

static struct day on(int year, int month, int day)
{
        return day_of_civil((struct civil){year, month, day});
}

static int load(void **state)
{
        struct err_info info = {0};
        (void)state;
        int err = dated_load("deploy/rules", "control", &contracts__control_rules__descriptor, &dated, &info);
        if (err == 0)
                rules = dated_on(&dated, on(2026, 11, 1));
        return err;
}

static int unload(void **state)
{
        (void)state;
        dated_fini(&dated);
        return 0;
}

static void ends_on(struct day served, uint32_t days, struct day expected)
{
        assert_int_equal(day_number(notice_observe_until(rules, served, days)), day_number(expected));
}

static void test_a_delay_ends_on_a_working_day(void **state)
{
        (void)state;
        ends_on(on(2026, 11, 9), 15, on(2026, 11, 24));  /* a Tuesday */
        ends_on(on(2026, 11, 6), 15, on(2026, 11, 23));  /* a Saturday: the Monday after */
        ends_on(on(2026, 11, 7), 15, on(2026, 11, 23));  /* a Sunday */
        ends_on(on(2026, 10, 27), 15, on(2026, 11, 12)); /* 11 November */
        ends_on(on(2026, 12, 10), 15, on(2026, 12, 28)); /* Christmas, a Friday */
}

static void test_without_the_rule_it_ends_where_it_ends(void **state)
{
        (void)state;
        rules->notice->to_working_day = false;
        ends_on(on(2026, 11, 6), 15, on(2026, 11, 21));
        assert_null(notice_to_working_day(rules));
        rules->notice->to_working_day = true;
        assert_string_equal(notice_to_working_day(rules), "to_working_day");
}

static void test_what_the_letter_says(void **state)
{
        (void)state;
        assert_string_equal(notice_counted_from(rules), "counted_from_reception");
        rules->notice->counted_from = CONTRACTS__DELAY_START__FROM_SENDING;
        assert_string_equal(notice_counted_from(rules), "counted_from_sending");
        rules->notice->counted_from = CONTRACTS__DELAY_START__FROM_RECEPTION;
}

static void test_working_days_to_make_good(void **state)
{
        (void)state;
        assert_int_equal(day_number(notice_answer_by(rules, on(2026, 11, 9), 10)), day_number(on(2026, 11, 24)));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_delay_ends_on_a_working_day),
                cmocka_unit_test(test_without_the_rule_it_ends_where_it_ends),
                cmocka_unit_test(test_what_the_letter_says),
                cmocka_unit_test(test_working_days_to_make_good),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
