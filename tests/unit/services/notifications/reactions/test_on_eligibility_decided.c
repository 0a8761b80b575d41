#include "tests/unit/services/notifications/fixture.h"

static void test_the_prescriber_is_told(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        (void)subscribe(f, 2, "31", "b@exemple.fr");
        decide_eligibility(f, 1, "31");
        assert_int_equal(inbox(f, 1)->n_notices, 1);
        assert_int_equal(inbox(f, 2)->n_notices, 0);
        assert_int_equal(inbox(f, 1)->notices[0]->kind, KIND(ELIGIBILITY_KNOWN));
        assert_int_equal(inbox(f, 1)->notices[0]->delivery, STATE(QUEUED));
}

static void test_without_a_subscription(void **state)
{
        struct fixture *f = *state;
        decide_eligibility(f, 1, "31");
        assert_int_equal(inbox(f, 1)->n_notices, 1); /* inbox only */
        assert_int_equal(inbox(f, 1)->notices[0]->delivery, STATE(DELIVERY_NONE));
}

static void test_nobody_referred(void **state)
{
        struct fixture *f = *state;
        decide_eligibility(f, 0, "31");
        assert_int_equal(recent(f)->n_notices, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_prescriber_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_a_subscription, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nobody_referred, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
