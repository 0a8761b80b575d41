/* NewNotices: each line once and in order, however it is cut; the same eyes as the questions of the boxes. */
#include "tests/unit/services/notifications/changes.h"

#define BOX(name) NOTIFICATIONS__NOTICE_BOX__BOX_##name

static const Notifications__NewNoticesReply *news(struct fixture *f, const Wire__Passport *actor, uint64_t after)
{
        Notifications__NewNoticesRequest query = NOTIFICATIONS__NEW_NOTICES_REQUEST__INIT;
        query.after = after;
        return fixture_get(f, actor, "NewNotices", &query);
}

static void test_each_box_in_the_order_of_events(void **state)
{
        struct fixture *f = *state;
        Types__ChangedByAnother change = a_change(f);
        (void)subscribe(f, 1, "31", "");
        uint64_t before = engine_position(f->engine);
        declare_need(f, "31");
        tell_of(f, &change);
        const Notifications__NewNoticesReply *reply = news(f, of_account(f, FIRST), before);
        assert_int_equal(reply->n_notices, 2);
        assert_int_equal(reply->notices[0]->box, BOX(RECENT));
        assert_int_equal(reply->notices[1]->box, BOX(OWN));
        assert_true(reply->notices[0]->position < reply->notices[1]->position);
        assert_int_equal(reply->upto, engine_position(f->engine));
        assert_int_equal(news(f, of_account(f, FIRST), reply->notices[0]->position)->n_notices, 1);
        assert_int_equal(news(f, of_account(f, FIRST), reply->upto)->n_notices, 0);

        reply = news(f, prescriber(f, 1), before);
        assert_int_equal(reply->n_notices, 1);
        assert_int_equal(reply->notices[0]->box, BOX(INBOX));
        assert_string_equal(reply->notices[0]->notice->title, inbox(f, 1)->notices[0]->title);
        assert_int_equal(news(f, prescriber(f, 2), before)->n_notices, 0);
        assert_int_equal(news(f, facilitator(f, "09"), before)->n_notices, 0);
}

/* As RecentNotices: what became private meanwhile is for its readers. */
static void test_private_since(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        uint64_t before = engine_position(f->engine);
        declare_need(f, "31");
        Wire__Passport *auditor = fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*");
        assert_int_equal(news(f, auditor, before)->n_notices, 1);
        struct txn *txn = txn_begin_write(engine_store(f->engine), NULL);
        txn_allow(txn, TABLE_COPY);
        Notifications__PrivateContract row = NOTIFICATIONS__PRIVATE_CONTRACT__INIT;
        store_put_need(txn, organisation(200), organisation(CONTRACT));
        store_put_private_contract(txn, organisation(CONTRACT), &row, &f->arena);
        assert_int_equal(txn_commit(txn, NULL), 0);
        assert_int_equal(news(f, auditor, before)->n_notices, 0);
        assert_int_equal(news(f, facilitator(f, "31"), before)->n_notices, 1);
}

/* However many were missed: pages follow each other without a hole, up to the bound; then it is said. */
static void test_missed_ones_come_in_parts(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        uint64_t before = engine_position(f->engine), at = before, last = 0;
        size_t told = 0, parts = 0;
        for (int i = 0; i < 250; i++)
                declare_need(f, "31");
        do {
                const Notifications__NewNoticesReply *reply = news(f, prescriber(f, 1), at);
                assert_false(reply->has_gap);
                for (size_t i = 0; i < reply->n_notices; i++) {
                        assert_true(reply->notices[i]->position > last);
                        last = reply->notices[i]->position;
                }
                assert_true(reply->upto > at);
                told += reply->n_notices;
                at = reply->upto;
                parts++;
        } while (at < engine_position(f->engine));
        assert_int_equal(told, 250);
        assert_int_equal(parts, 3);
        for (int i = 0; i < 600; i++)
                declare_need(f, "31");
        const Notifications__NewNoticesReply *reply = news(f, prescriber(f, 1), before);
        assert_true(reply->has_gap);
        assert_int_equal(reply->n_notices, 0);
        assert_int_equal(reply->upto, engine_position(f->engine));
}

static void test_a_position_of_another_log(void **state)
{
        struct fixture *f = *state;
        assert_true(news(f, prescriber(f, 1), engine_position(f->engine) + 1)->has_gap);
        assert_true(news(f, prescriber(f, 1), UINT64_MAX)->has_gap);
        Notifications__NewNoticesRequest query = NOTIFICATIONS__NEW_NOTICES_REQUEST__INIT;
        (void)subscribe(f, 1, "31", "");
        declare_need(f, "31");
        query.position_only = true;
        const Notifications__NewNoticesReply *reply = fixture_get(f, prescriber(f, 1), "NewNotices", &query);
        assert_int_equal(reply->n_notices, 0);
        assert_int_equal(reply->upto, engine_position(f->engine));
}

static void test_boxes_that_are_not_the_actor_s(void **state)
{
        struct fixture *f = *state;
        Notifications__NewNoticesRequest query = NOTIFICATIONS__NEW_NOTICES_REQUEST__INIT;
        Notifications__NoticeBox box = BOX(RECENT);
        query.boxes = &box;
        query.n_boxes = 1;
        (void)fixture_refused(f, prescriber(f, 1), "NewNotices", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        box = BOX(INBOX);
        (void)fixture_refused(f, facilitator(f, "31"), "NewNotices", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_get(f, prescriber(f, 1), "NewNotices", &query);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_each_box_in_the_order_of_events, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_private_since, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_missed_ones_come_in_parts, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_position_of_another_log, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_boxes_that_are_not_the_actor_s, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
