/* The instants of a wait, in their order. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notifications/deadlines/instants.h"

#define STEP(NAME) NOTIFICATIONS__WAIT_STEP__WAIT_##NAME

static Types__Instant at[4];

/* Zero: never. */
static Notifications__Wait wait_at(int64_t shows, int64_t tells, int64_t late, int64_t drops)
{
        Notifications__Wait wait = NOTIFICATIONS__WAIT__INIT;
        const int64_t all[] = {shows, tells, late, drops};
        Types__Instant **into[] = {&wait.shows_at, &wait.tells_at, &wait.late_at, &wait.drops_at};
        for (size_t i = 0; i < 4; i++) {
                at[i] = (Types__Instant)TYPES__INSTANT__INIT;
                at[i].ms = all[i];
                if (all[i] != 0)
                        *into[i] = &at[i];
        }
        return wait;
}

static void test_one_after_the_other(void **state)
{
        Notifications__Wait wait = wait_at(10, 20, 30, 40);
        int64_t next = 0;
        (void)state;
        assert_true(instants_next(&wait, STEP(HIDDEN), &next));
        assert_int_equal(next, 10);
        assert_true(instants_next(&wait, STEP(TOLD), &next));
        assert_int_equal(next, 30);
        assert_false(instants_next(&wait, STEP(DROPPED), &next));
        wait = wait_at(10, 0, 30, 0);
        assert_true(instants_next(&wait, STEP(SHOWN), &next));
        assert_int_equal(next, 30);
        assert_false(instants_next(&wait, STEP(LATE), &next));
}

static void test_a_jump_reaches_the_last(void **state)
{
        Notifications__Wait wait = wait_at(10, 20, 30, 40);
        (void)state;
        assert_int_equal(instants_reached(&wait, STEP(HIDDEN), 9), STEP(HIDDEN));
        assert_int_equal(instants_reached(&wait, STEP(HIDDEN), 10), STEP(SHOWN));
        assert_int_equal(instants_reached(&wait, STEP(HIDDEN), 35), STEP(LATE));
        assert_int_equal(instants_reached(&wait, STEP(LATE), 5), STEP(LATE)); /* never back */
        assert_int_equal(instants_reached(&wait, STEP(SHOWN), 99), STEP(DROPPED));
}

/* What is left to the job that tells at once stands one step before it. */
static void test_a_cause_that_is_known_late(void **state)
{
        Notifications__Wait wait = wait_at(10, 20, 30, 0);
        (void)state;
        assert_int_equal(instants_begin(&wait, 25, 20), STEP(SHOWN));
        assert_int_equal(instants_begin(&wait, 25, 21), STEP(TOLD)); /* too long ago */
        assert_int_equal(instants_begin(&wait, 35, 30), STEP(TOLD));
        assert_int_equal(instants_begin(&wait, 35, INT64_MAX), STEP(LATE)); /* not at once */
        assert_int_equal(instants_begin(&wait, 5, 0), STEP(HIDDEN));
}

static void test_equal(void **state)
{
        Notifications__Wait wait = wait_at(10, 20, 30, 0), other = wait;
        Types__Instant moved = TYPES__INSTANT__INIT;
        (void)state;
        assert_true(instants_equal(&wait, &other));
        moved.ms = 31;
        other.late_at = &moved;
        assert_false(instants_equal(&wait, &other));
        other.late_at = NULL;
        assert_false(instants_equal(&wait, &other));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_one_after_the_other),
                cmocka_unit_test(test_a_jump_reaches_the_last),
                cmocka_unit_test(test_a_cause_that_is_known_late),
                cmocka_unit_test(test_equal),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
