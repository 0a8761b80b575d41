#include "tests/unit/services/notifications/fixture.h"

static void mark_read(struct fixture *f, Types__Id *id)
{
        Notifications__MarkNoticeRead command = NOTIFICATIONS__MARK_NOTICE_READ__INIT;
        command.notice_id = id;
        (void)fixture_get(f, prescriber(f, 1), "MarkNoticeRead", &command);
}

static void test_newest_first_in_pages(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        (void)subscribe(f, 2, "31", "");
        for (int i = 0; i < 7; i++) {
                f->world.now_ms_value += 1000;
                declare_need(f, "31");
        }
        for (uint32_t limit = 1; limit <= 8; limit++) {
                Types__Page page = TYPES__PAGE__INIT;
                Notifications__InboxRequest query = NOTIFICATIONS__INBOX_REQUEST__INIT;
                int64_t before_ms = INT64_MAX;
                size_t count = 0;
                page.limit = limit;
                query.page = &page;
                do {
                        const Notifications__InboxReply *reply = fixture_get(f, prescriber(f, 1), "Inbox", &query);
                        assert_true(reply->n_notices <= limit);
                        for (size_t i = 0; i < reply->n_notices; i++, count++) {
                                assert_true(reply->notices[i]->at->ms < before_ms);
                                before_ms = reply->notices[i]->at->ms;
                        }
                        page.after = reply->next;
                } while (page.after.len > 0);
                assert_int_equal(count, 7);
        }
}

static void test_unread_only(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        for (int i = 0; i < 6; i++)
                declare_need(f, "31");
        const Notifications__InboxReply *all = inbox(f, 1);
        for (size_t i = 0; i < 6; i += 2)
                mark_read(f, all->notices[i]->notice_id);

        Types__Page page = TYPES__PAGE__INIT;
        Notifications__InboxRequest query = NOTIFICATIONS__INBOX_REQUEST__INIT;
        size_t count = 0;
        page.limit = 2;
        query.page = &page;
        query.unread_only = true;
        do {
                const Notifications__InboxReply *reply = fixture_get(f, prescriber(f, 1), "Inbox", &query);
                for (size_t i = 0; i < reply->n_notices; i++, count++)
                        assert_false(reply->notices[i]->read);
                page.after = reply->next;
        } while (page.after.len > 0);
        assert_int_equal(count, 3);
}

static void test_security(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        (void)subscribe(f, 1, "09", "");
        declare_need(f, "31");
        declare_need(f, "09");
        Notifications__InboxRequest query = NOTIFICATIONS__INBOX_REQUEST__INIT;
        query.organisation_id = id_to(&f->arena, organisation(1));
        (void)fixture_refused(f, prescriber(f, 2), "Inbox", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);

        const Notifications__InboxReply *reply = fixture_get(f, facilitator(f, "09 65"), "Inbox", &query);
        assert_int_equal(reply->n_notices, 1);
        assert_string_equal(reply->notices[0]->territory, "09");
        reply = fixture_get(f, facilitator(f, "*"), "Inbox", &query);
        assert_int_equal(reply->n_notices, 2);

        query.organisation_id = NULL; /* the facilitator has no inbox of her own */
        (void)fixture_refused(f, facilitator(f, "*"), "Inbox", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_bad_after(void **state)
{
        struct fixture *f = *state;
        uint8_t bytes[30] = {0};
        Types__Page page = TYPES__PAGE__INIT;
        Notifications__InboxRequest query = NOTIFICATIONS__INBOX_REQUEST__INIT;
        page.after = (ProtobufCBinaryData){sizeof(bytes), bytes};
        query.page = &page;
        (void)fixture_refused(f, prescriber(f, 1), "Inbox", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);

        /* Security: a place in another's inbox opens nothing. */
        (void)subscribe(f, 2, "31", "");
        declare_need(f, "31");
        declare_need(f, "31");
        page.after = inbox(f, 2)->notices[0]->notice_id->value;
        (void)fixture_refused(f, prescriber(f, 1), "Inbox", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_newest_first_in_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_unread_only, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_security, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_bad_after, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
