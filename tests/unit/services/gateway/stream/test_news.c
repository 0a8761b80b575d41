/* Whose turn it is to ask, by what notifications told: nobody is left out, and not everybody is woken. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/gateway/stream/news.h"

static struct arena arena;

static Types__Id *id(uint8_t n)
{
        struct id one = {{0x01}};
        one.b[15] = n;
        return id_to(&arena, one);
}

static Wire__Passport somebody(uint8_t account, uint8_t organisation, const char *territory)
{
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.account = id(account);
        passport.organisation = organisation == 0 ? NULL : id(organisation);
        passport.territories = arena_alloc(&arena, sizeof(char *));
        passport.territories[0] = arena_text(&arena, territory);
        passport.n_territories = 1;
        return passport;
}

static void test_a_notice(void **state)
{
        Notifications__Recipient recipient = NOTIFICATIONS__RECIPIENT__INIT, *recipients[] = {&recipient};
        Notifications__NoticePosted posted = NOTIFICATIONS__NOTICE_POSTED__INIT;
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT;
        const Wire__Passport told = somebody(1, 7, "31"), other = somebody(2, 8, "31"), overseer = somebody(3, 0, "31"),
                             region = somebody(4, 0, "*"), elsewhere = somebody(5, 0, "09");
        (void)state;
        recipient.organisation_id = id(7);
        posted.recipients = recipients;
        posted.n_recipients = 1;
        posted.territory = arena_text(&arena, "31");
        event.body_case = NOTIFICATIONS__EVENT__BODY_NOTICE_POSTED;
        event.notice_posted = &posted;
        assert_true(news_concern(&event, &told));
        assert_false(news_concern(&event, &other));
        assert_true(news_concern(&event, &overseer));
        assert_true(news_concern(&event, &region));
        assert_false(news_concern(&event, &elsewhere));
}

static void test_what_accounts_are_told(void **state)
{
        Types__ChangedByAnother change = TYPES__CHANGED_BY_ANOTHER__INIT;
        Notifications__AccountsTold told = NOTIFICATIONS__ACCOUNTS_TOLD__INIT;
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT;
        Types__Id *accounts[] = {id(1), id(2)};
        const Wire__Passport second = somebody(2, 0, "31"), third = somebody(3, 0, "*");
        (void)state;
        change.accounts = accounts;
        change.n_accounts = 2;
        event.body_case = NOTIFICATIONS__EVENT__BODY_ACCOUNTS_TOLD;
        event.accounts_told = &told;
        assert_false(news_concern(&event, &second));
        told.change = &change;
        assert_true(news_concern(&event, &second));
        assert_false(news_concern(&event, &third));
}

/* What tells nobody anything wakes nobody; what is not known here, everybody. */
static void test_other_events(void **state)
{
        Notifications__DeliverySucceeded sent = NOTIFICATIONS__DELIVERY_SUCCEEDED__INIT;
        Notifications__Event event = NOTIFICATIONS__EVENT__INIT;
        const Wire__Passport region = somebody(4, 0, "*");
        (void)state;
        assert_true(news_concern(&event, &region));
        event.body_case = NOTIFICATIONS__EVENT__BODY_DELIVERY_SUCCEEDED;
        event.delivery_succeeded = &sent;
        assert_false(news_concern(&event, &region));
}

static int end(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_notice),
                cmocka_unit_test(test_what_accounts_are_told),
                cmocka_unit_test(test_other_events),
        };
        return cmocka_run_group_tests(tests, NULL, end);
}
