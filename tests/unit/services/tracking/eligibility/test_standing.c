#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/types.h"
#include "services/tracking/eligibility/standing.h"

#define STANDING(X) TRACKING__ELIGIBILITY_STANDING__##X
#define ACTION(X)   TRACKING__ELIGIBILITY_ACTION__##X

enum { TODAY = 20744, DUE = 60 };

static Types__Day from, until, suspended;
static Tracking__DecisionRow decision, waiting;
static Tracking__SuspensionRow suspension;
static Tracking__DecisionRow *decisions[2] = {&decision, &waiting};
static Tracking__SuspensionRow *suspensions[1] = {&suspension};
static Tracking__EligibilityRow row;

/* Eligible from..until; no more. */
static int setup(void **state)
{
        (void)state;
        from = until = suspended = (Types__Day)TYPES__DAY__INIT;
        decision = waiting = (Tracking__DecisionRow)TRACKING__DECISION_ROW__INIT;
        suspension = (Tracking__SuspensionRow)TRACKING__SUSPENSION_ROW__INIT;
        row = (Tracking__EligibilityRow)TRACKING__ELIGIBILITY_ROW__INIT;
        from.days = TODAY - 100;
        until.days = TODAY + 600;
        decision.state = TRACKING__DECISION_STATE__DECISION_STANDS;
        decision.eligible = true;
        decision.valid_from = &from;
        decision.valid_until = &until;
        waiting.state = TRACKING__DECISION_STATE__DECISION_TO_CONFIRM;
        suspended.days = TODAY - 5;
        suspension.suspended_from = &suspended;
        row.decisions = decisions;
        row.n_decisions = 1;
        row.suspensions = suspensions;
        return 0;
}

static struct next_step is(Tracking__EligibilityStanding expected)
{
        struct standing standing = standing_of(&row, day_of_number(TODAY));
        assert_int_equal(standing.standing, expected);
        return standing_next(&standing, day_of_number(TODAY), DUE, false);
}

static void test_by_its_days(void **state)
{
        (void)state;
        assert_int_equal(is(STANDING(ELIGIBLE)).action, ACTION(ELIGIBILITY_ACTION_UNKNOWN));
        until.days = TODAY + DUE;
        struct next_step step = is(STANDING(ELIGIBLE));
        assert_int_equal(step.action, ACTION(RENEW));
        assert_int_equal(day_number(step.before), TODAY + DUE);
        until.days = TODAY - 1;
        assert_int_equal(is(STANDING(LAPSED)).action, ACTION(RENEW));
        until.days = TODAY - DUE - 1;
        assert_int_equal(is(STANDING(LAPSED)).action, ACTION(ELIGIBILITY_ACTION_UNKNOWN));
        from.days = TODAY + 1;
        until.days = TODAY + 600;
        (void)is(STANDING(ELIGIBLE_LATER));
        row.n_decisions = 0;
        assert_int_equal(is(STANDING(NOT_DECIDED)).action, ACTION(DECIDE));
}

static void test_by_what_was_decided(void **state)
{
        (void)state;
        row.n_decisions = 2;
        assert_int_equal(is(STANDING(ELIGIBLE)).action, ACTION(CONFIRM));
        until.days = TODAY - 1;
        (void)is(STANDING(WAITING));
        row.n_decisions = 1;
        decision.eligible = false;
        (void)is(STANDING(REFUSED));
        assert_true(standing_may_have_to_check(&row));
        decision.state = TRACKING__DECISION_STATE__DECISION_STRUCK;
        (void)is(STANDING(NOT_DECIDED));
        assert_true(standing_may_have_to_check(&row));
}

static void test_while_it_is_suspended(void **state)
{
        (void)state;
        assert_false(standing_may_have_to_check(&row));
        row.n_suspensions = 1;
        struct next_step step = is(STANDING(SUSPENDED));
        assert_int_equal(step.action, ACTION(END_SUSPENSION));
        assert_false(step.has_day);
        suspension.suspended_until = &suspended;
        (void)is(STANDING(ELIGIBLE)); /* over */
        suspension.suspended_until = NULL;
        suspension.taken_back = true;
        (void)is(STANDING(ELIGIBLE));
}

static void test_others_are_told_less(void **state)
{
        (void)state;
        assert_int_equal(standing_for_others(STANDING(ELIGIBLE)), STANDING(ELIGIBLE));
        assert_int_equal(standing_for_others(STANDING(NOT_DECIDED)), STANDING(WAITING));
        assert_int_equal(standing_for_others(STANDING(REFUSED)), STANDING(NOT_ELIGIBLE));
        assert_int_equal(standing_for_others(STANDING(SUSPENDED)), STANDING(NOT_ELIGIBLE));
        assert_int_equal(standing_for_others(STANDING(LAPSED)), STANDING(NOT_ELIGIBLE));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup(test_by_its_days, setup),
                cmocka_unit_test_setup(test_by_what_was_decided, setup),
                cmocka_unit_test_setup(test_while_it_is_suspended, setup),
                cmocka_unit_test_setup(test_others_are_told_less, setup),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
