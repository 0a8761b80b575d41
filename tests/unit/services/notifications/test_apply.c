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

static size_t parked_count(struct fixture *f)
{
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        size_t count = (size_t)txn_count(txn, T_PARKED);
        txn_end_read(txn);
        return count;
}

/* Parked with its reason; its posting counts it again once it is played again. */
static void test_parked_and_played_again(void **state)
{
        struct fixture *f = *state;
        int64_t due_ms = 0;
        struct result result = {.notice = one_queued(f), .given_up = true};
        assert_int_equal(write_internal(f, record_result, &result), 0);
        assert_int_equal(parked_count(f), 1);

        Notifications__ReplayMails command = NOTIFICATIONS__REPLAY_MAILS__INIT;
        f->world.now_ms_value += 5000;
        (void)fixture_get(f, fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"), "ReplayMails", &command);
        assert_int_equal(parked_count(f), 0);
        assert_int_equal(outbox(f, &due_ms), 1);
        assert_int_equal(due_ms, FIXTURE_NOW_MS + 5000);
        assert_int_equal(inbox(f, 1)->notices[0]->delivery, STATE(QUEUED));
        assert_int_equal(recent(f)->notices[0]->delivery, STATE(QUEUED));
        result.given_up = false;
        assert_int_equal(write_internal(f, record_result, &result), 0);
        assert_int_equal(recent(f)->notices[0]->delivery, STATE(SENT));
}

/* Whoever wants a code asks for another: its mail is not parked. */
static void test_a_code_is_not_parked(void **state)
{
        struct fixture *f = *state;
        Notifications__Subscribe command = subscribing(f, "31", "a@exemple.fr");
        const Notifications__SubscribeReply *reply = fixture_get(f, prescriber(f, 1), "Subscribe", &command);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Notifications__SubscriptionRow *row =
                store_find_subscription(txn, id_of(reply->subscription_id), &f->arena);
        txn_end_read(txn);
        struct result result = {.notice = id_of(row->awaiting_id), .given_up = true};
        assert_int_equal(outbox(f, NULL), 1);
        assert_int_equal(write_internal(f, record_result, &result), 0);
        assert_int_equal(outbox(f, NULL), 0);
        assert_int_equal(parked_count(f), 0);
}

static int setup_before(void **state)
{
        static struct table_spec tables[NOTIFICATIONS_TABLE_COUNT];
        static struct service_spec before;
        memcpy(tables, notifications_tables, sizeof(tables));
        tables[T_DUE - RUNTIME_TABLES].name = "outbox";
        tables[T_DUE_BY_NAME - RUNTIME_TABLES].name = "not there yet";
        tables[T_PARKED - RUNTIME_TABLES].name = "nor this";
        before = notifications_spec;
        before.store_version = 4;
        before.tables = tables;
        return fixture_open(state, &before, &config_with_mail);
}

/* As the program before left it: an outbox whose instants stood in the rows of notices too, and nothing parked. Made of
 * the log: what waited waits, what was given up is parked. */
static void test_a_store_of_the_version_before(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        (void)subscribe(f, 2, "31", "b@exemple.fr");
        declare_need(f, "31");
        struct result given_up = {.notice = id_of(inbox(f, 1)->notices[0]->notice_id), .given_up = true};
        struct result retried = {.notice = id_of(inbox(f, 2)->notices[0]->notice_id),
                                 .retry_at_ms = FIXTURE_NOW_MS + 30000};
        assert_int_equal(write_internal(f, record_result, &given_up), 0);
        assert_int_equal(write_internal(f, record_result, &retried), 0);

        int64_t due_ms = 0;
        f->spec = &notifications_spec;
        fixture_reopen(f);
        assert_int_equal(outbox(f, &due_ms), 1);
        assert_int_equal(due_ms, FIXTURE_NOW_MS + 30000);
        assert_int_equal(parked_count(f), 1);
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
                cmocka_unit_test_setup_teardown(test_parked_and_played_again, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_code_is_not_parked, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_store_of_the_version_before, setup_before, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_unknown_notice_changes_nothing, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
