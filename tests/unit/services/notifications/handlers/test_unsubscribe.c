#include "tests/unit/services/notifications/fixture.h"

static void test_hears_no_more(void **state)
{
        struct fixture *f = *state;
        Notifications__Unsubscribe command = NOTIFICATIONS__UNSUBSCRIBE__INIT;
        command.subscription_id = subscribe(f, 1, "31", "a@exemple.fr");
        declare_need(f, "31");
        (void)fixture_get(f, prescriber(f, 1), "Unsubscribe", &command);
        declare_need(f, "31");
        assert_int_equal(inbox(f, 1)->n_notices, 1); /* what was posted before stays, and so does its mail */
        assert_int_equal(outbox(f, NULL), 1);
        (void)fixture_refused(f, prescriber(f, 1), "Unsubscribe", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_security(void **state)
{
        struct fixture *f = *state;
        Notifications__Unsubscribe command = NOTIFICATIONS__UNSUBSCRIBE__INIT;
        command.subscription_id = subscribe(f, 1, "31", "a@exemple.fr");
        (void)fixture_refused(f, prescriber(f, 2), "Unsubscribe", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(f, facilitator(f, "31"), "Unsubscribe", &command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_hears_no_more, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_security, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
