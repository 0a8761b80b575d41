/* OwnNotices: the box of the account that acts, page after page, for nobody else's eyes, and not without bound. */
#include "tests/unit/services/notifications/changes.h"

static void test_newest_first_and_read_once(void **state)
{
        struct fixture *f = *state;
        Types__ChangedByAnother change = a_change(f);
        tell_of(f, &change);
        change.after = arena_text(&f->arena, "Clause posée sur le lot 1 : 5 h.");
        tell_of(f, &change);
        const Notifications__InboxReply *reply = own(f, of_account(f, FIRST), false);
        assert_int_equal(reply->n_notices, 2);
        assert_string_equal(reply->notices[0]->after, "Clause posée sur le lot 1 : 5 h.");
        assert_int_equal(reply->notices[0]->kind, KIND(DECISION_CHANGED));
        mark(f, of_account(f, FIRST), reply->notices[0]->notice_id);
        uint64_t position = engine_position(f->engine);
        mark(f, of_account(f, FIRST), reply->notices[0]->notice_id); /* once is enough */
        assert_int_equal(engine_position(f->engine), position);
        assert_true(own(f, of_account(f, FIRST), false)->notices[0]->read);
        assert_int_equal(own(f, of_account(f, FIRST), true)->n_notices, 1);
        assert_int_equal(own(f, of_account(f, SECOND), true)->n_notices, 2); /* hers are hers */
}

/* Whatever the role: no one marks another's, and learns no more than of one that is not there. */
static void test_no_stranger_touches_it(void **state)
{
        struct fixture *f = *state;
        Types__ChangedByAnother change = a_change(f);
        tell_of(f, &change);
        Notifications__MarkNoticeRead theirs = NOTIFICATIONS__MARK_NOTICE_READ__INIT,
                                      none = NOTIFICATIONS__MARK_NOTICE_READ__INIT;
        theirs.notice_id = own(f, of_account(f, FIRST), false)->notices[0]->notice_id;
        none.notice_id = id_to(&f->arena, organisation(99));
        const Wire__Passport *strangers[] = {
                of_account(f, SECOND),
                of_account(f, STRANGER),
                prescriber(f, 1),
                with_account(f, fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "*"), STRANGER),
                with_account(f, fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"), STRANGER),
        };
        for (size_t i = 0; i < ARRAY_SIZE(strangers); i++) {
                const Types__Refusal *a =
                        fixture_refused(f, strangers[i], "MarkNoticeRead", &theirs, TYPES__REFUSAL_CODE__NOT_FOUND);
                const Types__Refusal *b =
                        fixture_refused(f, strangers[i], "MarkNoticeRead", &none, TYPES__REFUSAL_CODE__NOT_FOUND);
                assert_string_equal(a->text, b->text);
        }
        assert_false(own(f, of_account(f, FIRST), false)->notices[0]->read);
}

/* An account that nobody opens any more. */
static void test_the_oldest_go(void **state)
{
        struct fixture *f = *state;
        Types__ChangedByAnother change = a_change(f);
        for (int i = 0; i < ACCOUNT_NOTICES_MAX; i++)
                tell_of(f, &change);
        Notifications__OwnNoticesRequest query = NOTIFICATIONS__OWN_NOTICES_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = ACCOUNT_NOTICES_MAX - 1;
        query.page = &page;
        const Notifications__InboxReply *reply = fixture_get(f, of_account(f, FIRST), "OwnNotices", &query);
        assert_int_equal(reply->n_notices, ACCOUNT_NOTICES_MAX - 1);
        page.after = reply->next;
        const Notifications__InboxReply *rest = fixture_get(f, of_account(f, FIRST), "OwnNotices", &query);
        assert_int_equal(rest->n_notices, 1);
        assert_int_equal(rest->next.len, 0);
        Types__Id *oldest = rest->notices[0]->notice_id;
        tell_of(f, &change);
        rest = fixture_get(f, of_account(f, FIRST), "OwnNotices", &query);
        assert_int_equal(rest->n_notices, 0);
        Notifications__MarkNoticeRead gone = NOTIFICATIONS__MARK_NOTICE_READ__INIT;
        gone.notice_id = oldest;
        (void)fixture_refused(f, of_account(f, FIRST), "MarkNoticeRead", &gone, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_a_strange_page_is_refused(void **state)
{
        struct fixture *f = *state;
        Notifications__OwnNoticesRequest query = NOTIFICATIONS__OWN_NOTICES_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.after = pb_bytes(slice_of("x", 1));
        query.page = &page;
        (void)fixture_refused(f, of_account(f, FIRST), "OwnNotices", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_newest_first_and_read_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_stranger_touches_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_oldest_go, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_strange_page_is_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
