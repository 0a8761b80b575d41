/* Who may subscribe to what, without a store. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/types.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

static const struct id ours = {{1, 2, 3}}, theirs = {{4, 5, 6}};
static char *territories[] = {(char *)"31", (char *)"09"};

static Wire__Passport actor(Types__Role role, Types__Id *organisation)
{
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.role = role;
        passport.organisation = organisation;
        passport.territories = territories;
        passport.n_territories = ARRAY_SIZE(territories);
        return passport;
}

static Types__Id message_of(const struct id *id)
{
        Types__Id message = TYPES__ID__INIT;
        message.value.data = (uint8_t *)(uintptr_t)id->b;
        message.value.len = sizeof(id->b);
        return message;
}

static Notifications__Subscribe good(void)
{
        Notifications__Subscribe command = NOTIFICATIONS__SUBSCRIBE__INIT;
        command.organisation_name = (char *)"Mission locale";
        command.territory = (char *)"31";
        command.email = (char *)"ml@exemple.fr";
        return command;
}

static void test_whose(void **state)
{
        (void)state;
        Types__Id our_id = message_of(&ours), their_id = message_of(&theirs);
        Wire__Passport prescriber = actor(TYPES__ROLE__PRESCRIBER, &our_id);
        Wire__Passport facilitator = actor(TYPES__ROLE__FACILITATOR, NULL);
        assert_true(id_equal(subscription_organisation(&prescriber, NULL), ours));
        assert_true(id_equal(subscription_organisation(&prescriber, &their_id), theirs));
        assert_true(id_is_zero(subscription_organisation(&facilitator, NULL)));

        assert_true(subscription_may_act_for(&prescriber, ours, "31"));
        assert_false(subscription_may_act_for(&prescriber, theirs, "31"));
        assert_true(subscription_may_act_for(&facilitator, theirs, "31"));
        assert_false(subscription_may_act_for(&facilitator, theirs, "82")); /* not hers */
}

static void test_check(void **state)
{
        (void)state;
        Types__Id our_id = message_of(&ours);
        Wire__Passport prescriber = actor(TYPES__ROLE__PRESCRIBER, &our_id);
        Wire__Passport facilitator = actor(TYPES__ROLE__FACILITATOR, NULL);
        struct refusal refusal = {0};
        Notifications__Subscribe command = good();
        assert_true(subscription_check(&prescriber, ours, &command, &refusal));
        command.email = (char *)"";
        assert_true(subscription_check(&prescriber, ours, &command, &refusal));

        assert_false(subscription_check(&prescriber, theirs, &command, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_true(subscription_check(&facilitator, theirs, &command, &refusal));

        Wire__Passport runs = actor(TYPES__ROLE__OPERATOR, NULL);
        command.territory = (char *)"65"; /* neither's; an operator serves all */
        assert_false(subscription_check(&prescriber, ours, &command, &refusal));
        assert_string_equal(refusal.field, "territory");
        assert_false(subscription_check(&facilitator, ours, &command, &refusal));
        assert_string_equal(refusal.field, "territory");
        assert_true(subscription_check(&runs, ours, &command, &refusal));
}

static void test_bad_fields(void **state)
{
        (void)state;
        Wire__Passport facilitator = actor(TYPES__ROLE__FACILITATOR, NULL);
        struct refusal refusal = {0};

        Notifications__Subscribe command = good();
        assert_false(subscription_check(&facilitator, (struct id){{0}}, &command, &refusal));
        assert_string_equal(refusal.field, "organisationId");
}

static void test_typed_codes(void **state)
{
        (void)state;
        char code[CODE_DIGITS + 1];
        code_of_typed("1234 5678", code);
        assert_string_equal(code, "12345678");
        code_of_typed(" 12-34-56-78-90", code);
        assert_string_equal(code, "12345678");
        code_of_typed("douze", code);
        assert_string_equal(code, "");
}

static void test_how_often_codes_are_mailed(void **state)
{
        (void)state;
        const int64_t now_ms = INT64_C(1792324800000);
        Types__Instant asked = TYPES__INSTANT__INIT, since = TYPES__INSTANT__INIT;
        Notifications__SubscriptionRow row = NOTIFICATIONS__SUBSCRIPTION_ROW__INIT, *rows[] = {&row, &row, &row, &row};
        struct subscriptions none = {0}, one = {rows, 1}, four = {rows, 4};
        struct refusal refusal;
        assert_true(subscription_may_ask(NULL, &none, now_ms, &refusal));
        row.asked_at = &asked;
        row.asked_since = &since;
        row.asked_count = 1;
        asked.ms = since.ms = now_ms - CODE_INTERVAL_MS + 1;
        assert_false(subscription_may_ask(&row, &one, now_ms, &refusal));
        asked.ms--;
        assert_true(subscription_may_ask(&row, &one, now_ms, &refusal));
        row.asked_count = CODES_A_DAY_OF_SUBSCRIPTION;
        assert_false(subscription_may_ask(&row, &one, now_ms, &refusal));
        assert_false(subscription_may_ask(NULL, &four, now_ms, &refusal)); /* 20 by the whole organisation */
        since.ms = now_ms - CODE_LIFE_MS;
        assert_true(subscription_may_ask(NULL, &four, now_ms, &refusal));
}

static void test_links_go_again_so_often(void **state)
{
        Notifications__SubscriptionRow row = NOTIFICATIONS__SUBSCRIPTION_ROW__INIT;
        Types__Instant at = TYPES__INSTANT__INIT, since = TYPES__INSTANT__INIT;
        (void)state;
        assert_true(subscription_may_send_links(&row, 1000));
        at.ms = since.ms = 1000;
        row.links_at = &at;
        row.links_since = &since;
        row.links_count = 1;
        assert_false(subscription_may_send_links(&row, 1000 + LINKS_INTERVAL_MS - 1));
        assert_true(subscription_may_send_links(&row, 1000 + LINKS_INTERVAL_MS));
        row.links_count = LINKS_A_DAY;
        assert_false(subscription_may_send_links(&row, 1000 + LINKS_INTERVAL_MS));
        assert_true(subscription_may_send_links(&row, 1000 + LINKS_DAY_MS));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_links_go_again_so_often),
                cmocka_unit_test(test_whose),
                cmocka_unit_test(test_check),
                cmocka_unit_test(test_bad_fields),
                cmocka_unit_test(test_typed_codes),
                cmocka_unit_test(test_how_often_codes_are_mailed),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
