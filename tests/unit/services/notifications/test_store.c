/* The walks of the store: inboxes and postings backwards from any place, the outbox by time. */
#include "tests/unit/services/notifications/fixture.h"

static void test_inbox_walk(void **state)
{
        struct fixture *f = *state;
        for (uint8_t n = 1; n <= 3; n++)
                (void)subscribe(f, n, "31", "");
        for (int i = 0; i < 5; i++)
                declare_need(f, "31");

        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Notifications__NoticeRow *row;
        struct inbox_walk walk;
        struct id ids[5];
        uint64_t newer = UINT64_MAX;
        size_t count = 0;
        assert_true(store_inbox_begin(txn, organisation(2), slice_of(NULL, 0), &f->arena, &walk));
        while ((row = store_inbox_next(&walk, &f->arena)) != NULL) {
                assert_true(count < 5);
                assert_true(row->posting < newer); /* newest first */
                assert_true(id_equal(id_of(row->organisation_id), organisation(2)));
                newer = row->posting;
                ids[count++] = walk.notice;
        }
        assert_int_equal(count, 5);

        for (size_t from = 0; from < 5; from++) {
                count = 0;
                assert_true(store_inbox_begin(txn, organisation(2), id_slice(&ids[from]), &f->arena, &walk));
                while (store_inbox_next(&walk, &f->arena) != NULL)
                        count++;
                assert_int_equal(count, 4 - from);
                /* a place of another's inbox is none of this one */
                assert_false(store_inbox_begin(txn, organisation(1), id_slice(&ids[from]), &f->arena, &walk));
        }
        assert_true(store_inbox_begin(txn, organisation(9), slice_of(NULL, 0), &f->arena, &walk));
        assert_null(store_inbox_next(&walk, &f->arena));
        txn_end_read(txn);
}

static void test_outbox_in_order_of_time(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        static const int64_t at_ms[] = {FIXTURE_NOW_MS + 5000, FIXTURE_NOW_MS + 1000, FIXTURE_NOW_MS + 3000};
        for (size_t i = 0; i < ARRAY_SIZE(at_ms); i++) {
                f->world.now_ms_value = at_ms[i]; /* a clock that jumps */
                declare_need(f, "31");
        }
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct walk walk;
        struct id notice;
        due_walk(txn, &notifications_due, JOB_MAIL, &walk);
        int64_t before_ms = 0;
        size_t count = 0;
        for (; walk_next(&walk, &notice); count++) {
                assert_true(due_walk_at_ms(&walk) > before_ms);
                before_ms = due_walk_at_ms(&walk);
                assert_non_null(store_find_notice(txn, notice, &f->arena));
        }
        scan_end(&walk.scan);
        txn_end_read(txn);
        assert_int_equal(count, ARRAY_SIZE(at_ms));
        assert_int_equal(before_ms, FIXTURE_NOW_MS + 5000);
}

static void test_subscriptions_of_an_organisation(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        (void)subscribe(f, 1, "09", "b@exemple.fr");
        (void)subscribe(f, 2, "09", "c@exemple.fr");
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct subscriptions list = store_subscriptions_of(txn, organisation(1), &f->arena);
        assert_int_equal(list.count, 2);
        assert_string_equal(list.rows[0]->territory, "09");
        assert_int_equal(store_subscriptions_in(txn, "09", &f->arena).count, 2);
        assert_int_equal(store_subscriptions_in(txn, "0", &f->arena).count, 0);
        assert_null(store_find_subscription_of(txn, organisation(2), "31", &f->arena));
        txn_end_read(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_inbox_walk, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_outbox_in_order_of_time, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_subscriptions_of_an_organisation, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
