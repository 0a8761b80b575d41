/* What the results of deliveries do to the rows, in whatever order they come. */
#include "tests/unit/services/notifications/fixture.h"

struct result {
        struct id notice;
        bool given_up;
        int64_t retry_at_ms; /* 0: it succeeded */
};

static void record_result(struct work *work, void *argument)
{
        const struct result *result = argument;
        Notifications__DeliverySucceeded succeeded = NOTIFICATIONS__DELIVERY_SUCCEEDED__INIT;
        Notifications__DeliveryFailed failed = NOTIFICATIONS__DELIVERY_FAILED__INIT;
        if (result->given_up || result->retry_at_ms != 0) {
                failed.notice_id = id_to(work->arena, result->notice);
                failed.reason = (char *)"Couldn't connect to server";
                failed.attempt = 1;
                failed.given_up = result->given_up;
                failed.retry_at = result->given_up ? NULL : instant_to(work->arena, result->retry_at_ms);
                work_record(work, &failed.base);
        } else {
                succeeded.notice_id = id_to(work->arena, result->notice);
                work_record(work, &succeeded.base);
        }
}

static struct id one_queued(struct fixture *f)
{
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        declare_need(f, "31");
        assert_int_equal(outbox(f, NULL), 1);
        return id_of(inbox(f, 1)->notices[0]->notice_id);
}

static void test_retried_then_sent(void **state)
{
        struct fixture *f = *state;
        int64_t due_ms = 0;
        struct result result = {.notice = one_queued(f), .retry_at_ms = FIXTURE_NOW_MS + 30000};
        assert_int_equal(write_internal(f, record_result, &result), 0);
        assert_int_equal(outbox(f, &due_ms), 1);
        assert_int_equal(due_ms, FIXTURE_NOW_MS + 30000);
        assert_int_equal(inbox(f, 1)->notices[0]->delivery, STATE(QUEUED));
        assert_int_equal(recent(f)->notices[0]->delivery, STATE(QUEUED));

        result.retry_at_ms = 0;
        assert_int_equal(write_internal(f, record_result, &result), 0);
        assert_int_equal(outbox(f, NULL), 0);
        assert_int_equal(inbox(f, 1)->notices[0]->delivery, STATE(SENT));
        assert_int_equal(recent(f)->notices[0]->delivery, STATE(SENT));

        result.given_up = true; /* too late: it was sent */
        assert_int_equal(write_internal(f, record_result, &result), 0);
        assert_int_equal(inbox(f, 1)->notices[0]->delivery, STATE(SENT));
        assert_int_equal(recent(f)->notices[0]->delivery, STATE(SENT));
}

static void test_given_up(void **state)
{
        struct fixture *f = *state;
        struct result result = {.notice = one_queued(f), .given_up = true};
        assert_int_equal(write_internal(f, record_result, &result), 0);
        assert_int_equal(outbox(f, NULL), 0);
        assert_int_equal(inbox(f, 1)->notices[0]->delivery, STATE(FAILED));
        assert_int_equal(recent(f)->notices[0]->delivery, STATE(FAILED));
}

static void test_an_unknown_notice_changes_nothing(void **state)
{
        struct fixture *f = *state;
        struct result result = {.notice = {{9}}};
        (void)one_queued(f);
        assert_int_equal(write_internal(f, record_result, &result), 0);
        assert_int_equal(outbox(f, NULL), 1);
        assert_int_equal(recent(f)->notices[0]->delivery, STATE(QUEUED));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_retried_then_sent, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_given_up, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_unknown_notice_changes_nothing, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
