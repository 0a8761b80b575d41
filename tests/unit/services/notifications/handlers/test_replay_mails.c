/* ReplayMails: one or all of what was given up, a thousand at once. */
#include "tests/unit/services/notifications/parked.h"

static int setup_in_memory(void **state)
{
        return fixture_open_in_memory(state, &notifications_spec, &config_with_mail);
}

static const Notifications__ReplayMailsReply *replay(struct fixture *f, const struct id *notice)
{
        Notifications__ReplayMails command = NOTIFICATIONS__REPLAY_MAILS__INIT;
        command.notice_id = notice == NULL ? NULL : id_to(&f->arena, *notice);
        return fixture_get(f, operator_of(f), "ReplayMails", &command);
}

static void test_one_then_all(void **state)
{
        struct fixture *f = *state;
        for (uint8_t n = 1; n <= 3; n++)
                (void)subscribe(f, n, "31", "a@exemple.fr");
        declare_need(f, "31");
        uint64_t before = engine_position(f->engine);
        assert_int_equal(replay(f, NULL)->replayed, 0); /* nothing was given up: nothing is recorded */
        assert_int_equal(engine_position(f->engine), before);

        for (uint8_t n = 1; n <= 3; n++)
                give_up(f, notice_of(f, n), "no");
        assert_int_equal(outbox(f, NULL), 0);
        struct id second = notice_of(f, 2);
        const Notifications__ReplayMailsReply *reply = replay(f, &second);
        assert_int_equal(reply->replayed, 1);
        assert_int_equal(reply->left, 2);
        assert_int_equal(inbox(f, 2)->notices[0]->delivery, STATE(QUEUED));
        assert_int_equal(inbox(f, 1)->notices[0]->delivery, STATE(FAILED));
        reply = replay(f, NULL);
        assert_int_equal(reply->replayed, 2);
        assert_int_equal(reply->left, 0);
        assert_int_equal(outbox(f, NULL), 3);
}

/* What one event can name, and the rest at the next request. */
static void test_a_thousand_at_once(void **state)
{
        enum { SUBSCRIBERS = 101, NEEDS = 10 };
        struct fixture *f = *state;
        for (uint8_t n = 1; n <= SUBSCRIBERS; n++)
                (void)subscribe(f, n, "31", "a@exemple.fr");
        for (int i = 0; i < NEEDS; i++)
                declare_need(f, "31");
        for (uint8_t n = 1; n <= SUBSCRIBERS; n++) {
                const Notifications__InboxReply *reply = inbox(f, n);
                for (size_t i = 0; i < reply->n_notices; i++)
                        give_up(f, id_of(reply->notices[i]->notice_id), "no");
        }
        const Notifications__ReplayMailsReply *reply = replay(f, NULL);
        assert_int_equal(reply->replayed, 1000);
        assert_int_equal(reply->left, 10);
        reply = replay(f, NULL);
        assert_int_equal(reply->replayed, 10);
        assert_int_equal(reply->left, 0);
}

static void test_refused(void **state)
{
        struct fixture *f = *state;
        Notifications__ReplayMails command = NOTIFICATIONS__REPLAY_MAILS__INIT;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        declare_need(f, "31");
        command.notice_id = id_to(&f->arena, notice_of(f, 1)); /* it waits: nobody gave it up */
        const Types__Refusal *refusal =
                fixture_refused(f, operator_of(f), "ReplayMails", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(refusal->field, "noticeId");
        (void)fixture_refused(f, facilitator(f, "*"), "ReplayMails", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, prescriber(f, 1), "ReplayMails", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_one_then_all, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_thousand_at_once, setup_in_memory, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
