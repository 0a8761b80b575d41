#include "tests/unit/services/accounts/fixture.h"

static void test_pages_newest_first(void **state)
{
        struct fixture *f = *state;
        static const char *const names[] = {"zoe", "anne", "marie", "marie.b", "marie-a"};
        ProtobufCBinaryData after = {0};
        size_t seen = ARRAY_SIZE(names);

        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
                f->world.now_ms_value += 1000;
                (void)create(f, account(f, names[i]));
        }
        do {
                const Accounts__UsersReply *page = users_as(f, operator_of(f), 2, after);
                assert_in_range(page->n_users, 1, 2);
                for (size_t i = 0; i < page->n_users; i++)
                        assert_string_equal(page->users[i]->name, names[--seen]);
                after = page->next;
        } while (after.len > 0);
        assert_int_equal(seen, 0);
}

/* Who watches is told; a facilitator, of those that she may consent to. */
static void test_who_is_told_what(void **state)
{
        struct fixture *f = *state;
        const ProtobufCBinaryData first = {0};
        const Wire__Passport *coordinator = coordinator_of(f);
        const Wire__Passport *marie = create_confirmed(f, coordinator, account(f, "marie"));
        const Wire__Passport *audit =
                create_confirmed(f, coordinator, account_in(f, "audit", TYPES__ROLE__AUDITOR, "*"));
        f->world.now_ms_value++;
        (void)create(f, account_in(f, "mission", TYPES__ROLE__PRESCRIBER, "31"));
        f->world.now_ms_value++;
        (void)create(f, account_in(f, "ailleurs", TYPES__ROLE__PRESCRIBER, "81"));
        assert_int_equal(users_as(f, coordinator, 0, first)->n_users, 5);
        assert_int_equal(users_as(f, audit, 0, first)->n_users, 5);
        const Accounts__UsersReply *hers = users_as(f, marie, 0, first);
        assert_int_equal(hers->n_users, 1);
        assert_string_equal(hers->users[0]->name, "mission");
        assert_true(hers->users[0]->may_confirm);
        assert_true(users_as(f, coordinator, 0, first)->users[0]->may_confirm);
        assert_false(users_as(f, audit, 0, first)->users[0]->may_confirm);

        Accounts__UsersRequest query = ACCOUNTS__USERS_REQUEST__INIT;
        query.awaiting_only = true;
        const Accounts__UsersReply *awaiting = fixture_get(f, coordinator, "Users", &query);
        assert_int_equal(awaiting->n_users, 2);
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
        Accounts__UsersRequest query = ACCOUNTS__USERS_REQUEST__INIT;
        query.page = &page;
        page.after = (ProtobufCBinaryData){.len = sizeof(cursor), .data = cursor};
        (void)fixture_refused(f, operator_of(f), "Users", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__COMPANY, NULL, "31"), "Users", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_pages_newest_first, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_is_told_what, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_empty, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
