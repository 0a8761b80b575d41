#include "tests/unit/services/gateway/fixture.h"

static void test_pages_in_the_order_of_names(void **state)
{
        struct fixture *f = *state;
        static const char *const names[] = {"zoe", "anne", "marie", "marie.b", "marie-a"};
        static const char *const sorted[] = {"anne", "marie", "marie-a", "marie.b", "zoe"};
        ProtobufCBinaryData after = {0};
        size_t seen = 0;

        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                (void)create_user(f, names[i], (uint8_t)i);
        do {
                const Gateway__UsersReply *page = users(f, 2, after);
                assert_in_range(page->n_users, 1, 2);
                for (size_t i = 0; i < page->n_users; i++)
                        assert_string_equal(page->users[i]->name, sorted[seen++]);
                after = page->next;
        } while (after.len > 0);
        assert_int_equal(seen, ARRAY_SIZE(names));
}

static void test_empty(void **state)
{
        struct fixture *f = *state;
        assert_int_equal(all_users(f)->n_users, 0);
        assert_int_equal(all_users(f)->next.len, 0);
}

static void test_refused(void **state)
{
        struct fixture *f = *state;
        uint8_t cursor[300] = {1};
        Types__Page page = TYPES__PAGE__INIT;
        Gateway__UsersRequest query = GATEWAY__USERS_REQUEST__INIT;
        query.page = &page;
        page.after = (ProtobufCBinaryData){.len = sizeof(cursor), .data = cursor};
        (void)fixture_refused(f, operator_of(f), "Users", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "31"), "Users", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_pages_in_the_order_of_names, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_empty, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
