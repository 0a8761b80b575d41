#include "tests/unit/services/notifications/fixture.h"

static void test_own(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        (void)subscribe(f, 1, "09", "a@exemple.fr");
        (void)subscribe(f, 2, "31", "b@exemple.fr");
        Notifications__SubscriptionsRequest query = NOTIFICATIONS__SUBSCRIPTIONS_REQUEST__INIT;
        const Notifications__SubscriptionsReply *reply = fixture_get(f, prescriber(f, 1), "Subscriptions", &query);
        assert_int_equal(reply->n_subscriptions, 2);
        query.organisation_id = id_to(&f->arena, organisation(2));
        (void)fixture_refused(f, prescriber(f, 1), "Subscriptions", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        reply = fixture_get(f, facilitator(f, "31"), "Subscriptions", &query);
        assert_int_equal(reply->n_subscriptions, 1);
        assert_string_equal(reply->subscriptions[0]->email, "b@exemple.fr");
}

/* They hold addresses. */
static void test_of_her_territories_alone(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        (void)subscribe(f, 2, "09", "b@exemple.fr");
        Notifications__SubscriptionsRequest query = NOTIFICATIONS__SUBSCRIPTIONS_REQUEST__INIT;
        const Notifications__SubscriptionsReply *reply = fixture_get(f, facilitator(f, "09"), "Subscriptions", &query);
        assert_int_equal(reply->n_subscriptions, 1);
        assert_string_equal(reply->subscriptions[0]->territory, "09");
        query.organisation_id = id_to(&f->arena, organisation(1));
        reply = fixture_get(f, facilitator(f, "09"), "Subscriptions", &query);
        assert_int_equal(reply->n_subscriptions, 0);
}

static void test_everybodys_in_pages(void **state)
{
        struct fixture *f = *state;
        for (uint8_t n = 1; n <= 10; n++) {
                f->world.now_ms_value++;
                (void)subscribe(f, n, "31", "");
        }
        Types__Page page = TYPES__PAGE__INIT;
        Notifications__SubscriptionsRequest query = NOTIFICATIONS__SUBSCRIPTIONS_REQUEST__INIT;
        size_t count = 0;
        page.limit = 4;
        query.page = &page;
        do {
                const Notifications__SubscriptionsReply *reply =
                        fixture_get(f, facilitator(f, "*"), "Subscriptions", &query);
                assert_true(reply->n_subscriptions <= 4);
                for (size_t i = 0; i < reply->n_subscriptions; i++) {
                        count++;
                        assert_true(id_equal(id_of(reply->subscriptions[i]->organisation_id),
                                             organisation((uint8_t)count)));
                }
                page.after = reply->next;
        } while (page.after.len > 0);
        assert_int_equal(count, 10);

        page.after = (ProtobufCBinaryData){3, (uint8_t *)(uintptr_t) "abc"};
        (void)fixture_refused(f, facilitator(f, "*"), "Subscriptions", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_her_territories_alone, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_everybodys_in_pages, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
