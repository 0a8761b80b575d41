/* Somebody changed what others had decided on: a notice in the box of each of their accounts. */
#include "tests/unit/services/notifications/changes.h"

static void test_each_account_is_told_and_no_organisation(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        Types__ChangedByAnother change = a_change(f);
        tell_of(f, &change);
        assert_int_equal(outbox(f, NULL), 0); /* no mail */
        assert_int_equal(inbox(f, 1)->n_notices, 0);
        assert_int_equal(recent(f)->n_notices, 0); /* nor in the list of those who oversee */
        assert_int_equal(own(f, of_account(f, FIRST), false)->n_notices, 1);
        assert_int_equal(own(f, of_account(f, SECOND), false)->n_notices, 1);
        assert_int_equal(own(f, of_account(f, CHANGER), false)->n_notices, 0);
        assert_int_equal(own(f, of_account(f, STRANGER), false)->n_notices, 0);
}

static void test_replay_gives_the_same(void **state)
{
        struct fixture *f = *state;
        struct verify_report report;
        struct err_info info;
        Types__ChangedByAnother change = a_change(f);
        for (int i = 0; i < 3; i++)
                tell_of(f, &change);
        mark(f, of_account(f, FIRST), own(f, of_account(f, FIRST), false)->notices[1]->notice_id);
        assert_int_equal(engine_verify(f->engine, NULL, 0, &report, &info), 0);
        assert_int_equal(report.differences, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_each_account_is_told_and_no_organisation, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_replay_gives_the_same, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
