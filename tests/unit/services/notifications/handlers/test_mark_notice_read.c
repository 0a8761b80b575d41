#include "tests/unit/services/notifications/fixture.h"

static void test_read_once(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        declare_need(f, "31");
        declare_need(f, "31");
        Notifications__MarkNoticeRead command = NOTIFICATIONS__MARK_NOTICE_READ__INIT;
        command.notice_id = inbox(f, 1)->notices[0]->notice_id;
        (void)fixture_get(f, prescriber(f, 1), "MarkNoticeRead", &command);
        assert_true(inbox(f, 1)->notices[0]->read);
        assert_false(inbox(f, 1)->notices[1]->read);

        uint64_t before = engine_position(f->engine);
        (void)fixture_get(f, prescriber(f, 1), "MarkNoticeRead", &command);
        assert_int_equal(engine_position(f->engine), before);
}

static void test_security(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        declare_need(f, "31");
        Notifications__MarkNoticeRead command = NOTIFICATIONS__MARK_NOTICE_READ__INIT;
        command.notice_id = inbox(f, 1)->notices[0]->notice_id;
        const char *others =
                fixture_refused(f, prescriber(f, 2), "MarkNoticeRead", &command, TYPES__REFUSAL_CODE__NOT_FOUND)->text;
        command.notice_id = id_to(&f->arena, organisation(99));
        assert_string_equal(
                fixture_refused(f, prescriber(f, 2), "MarkNoticeRead", &command, TYPES__REFUSAL_CODE__NOT_FOUND)->text,
                others); /* nothing tells whether it is in another's box */
        (void)fixture_refused(f, facilitator(f, "*"), "MarkNoticeRead", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_read_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_security, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
