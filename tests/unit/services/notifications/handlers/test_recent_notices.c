#include "tests/unit/services/notifications/fixture.h"

static void test_one_line_for_all_who_were_told(void **state)
{
        struct fixture *f = *state;
        for (uint8_t n = 1; n <= 3; n++)
                (void)subscribe(f, n, "31", n == 1 ? "a@exemple.fr" : "");
        declare_need(f, "31");
        decide_eligibility(f, 2, "31");

        const Notifications__InboxReply *reply = recent(f);
        assert_int_equal(reply->n_notices, 2);
        assert_int_equal(reply->notices[0]->kind, KIND(ELIGIBILITY_KNOWN));
        assert_string_equal(reply->notices[0]->organisation_name, "Mission locale du Lauragais");
        assert_int_equal(reply->notices[0]->delivery, STATE(DELIVERY_NONE));
        assert_string_equal(reply->notices[1]->organisation_name, "3 organisations");
        assert_int_equal(reply->notices[1]->delivery, STATE(QUEUED));
}

static void test_pages_of_the_own_territories(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        (void)subscribe(f, 1, "09", "");
        for (int i = 0; i < 9; i++)
                declare_need(f, i % 3 == 0 ? "09" : "31");
        Types__Page page = TYPES__PAGE__INIT;
        Notifications__RecentNoticesRequest query = NOTIFICATIONS__RECENT_NOTICES_REQUEST__INIT;
        size_t count = 0;
        page.limit = 1;
        query.page = &page;
        do {
                const Notifications__InboxReply *reply = fixture_get(f, facilitator(f, "09"), "RecentNotices", &query);
                for (size_t i = 0; i < reply->n_notices; i++, count++)
                        assert_string_equal(reply->notices[i]->territory, "09");
                page.after = reply->next;
        } while (page.after.len > 0);
        assert_int_equal(count, 3);

        page.after = (ProtobufCBinaryData){3, (uint8_t *)(uintptr_t) "abc"};
        (void)fixture_refused(f, facilitator(f, "09"), "RecentNotices", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, prescriber(f, 1), "RecentNotices", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_private_ones_are_for_their_readers(void **state)
{
        struct fixture *f = *state;
        Notifications__RecentNoticesRequest query = NOTIFICATIONS__RECENT_NOTICES_REQUEST__INIT;
        static const struct {
                Types__Role role;
                const char *territories;
                size_t seen;
        } cases[] = {{TYPES__ROLE__OPERATOR, "*", 0},
                     {TYPES__ROLE__COORDINATOR, "*", 1},
                     {TYPES__ROLE__FACILITATOR, "31", 1},
                     {TYPES__ROLE__FACILITATOR, "09", 0},
                     {TYPES__ROLE__AUDITOR, "*", 0}};
        Notifications__InboxRequest of_another = NOTIFICATIONS__INBOX_REQUEST__INIT;
        of_another.organisation_id = id_to(&f->arena, organisation(1));
        (void)subscribe(f, 1, "31", "");
        Contracts__NeedDeclared need = need_in(f, "31");
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        need.is_private = true;
        event.body_case = CONTRACTS__EVENT__BODY_NEED_DECLARED;
        event.need_declared = &need;
        feed_contracts(f, &event);
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                const Wire__Passport *actor = fixture_actor(f, cases[i].role, NULL, cases[i].territories);
                const Notifications__InboxReply *reply = fixture_get(f, actor, "RecentNotices", &query);
                assert_int_equal(reply->n_notices, cases[i].seen);
                reply = fixture_get(f, actor, "Inbox", &of_another); /* nor by way of who was told */
                assert_int_equal(reply->n_notices, cases[i].seen);
        }
        assert_int_equal(inbox(f, 1)->n_notices, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_one_line_for_all_who_were_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages_of_the_own_territories, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_private_ones_are_for_their_readers, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
