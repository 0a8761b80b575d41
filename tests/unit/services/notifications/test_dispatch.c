/* Who may ask for what, and which events of the others count. */
#include "tests/unit/services/notifications/fixture.h"

static uint32_t roles_of(const char *method)
{
        for (size_t i = 0; i < notifications_spec.dispatch_count; i++)
                if (strcmp(notifications_spec.dispatch[i].method, method) == 0)
                        return notifications_spec.dispatch[i].roles;
        fail_msg("no row: %s", method);
        return 0;
}

static void test_roles(void **state)
{
        (void)state;
        assert_int_equal(roles_of("Subscribe"), ROLE_BIT(PRESCRIBER) | ROLE_BIT(FACILITATOR) | ROLE_BIT(OPERATOR));
        assert_int_equal(roles_of("Unsubscribe"), roles_of("Subscribe"));
        assert_int_equal(roles_of("MarkNoticeRead"), roles_of("OwnNotices")); /* every account has a box */
        assert_int_equal(roles_of("OwnNotices"), roles_of("NewNotices"));
        assert_int_equal(roles_of("OwnNotices"), roles_of("Inbox") | ROLE_BIT(DATA_PROTECTION));
        assert_false(roles_of("Inbox") & ROLE_BIT(DATA_PROTECTION)); /* she acts for no organisation */
        assert_false(roles_of("RecentNotices") & ROLE_BIT(DATA_PROTECTION));
        assert_true(roles_of("RecentNotices") & ROLE_BIT(AUDITOR));
        assert_false(roles_of("RecentNotices") & ROLE_BIT(PRESCRIBER));
        for (size_t i = 0; i < notifications_spec.dispatch_count; i++)
                assert_false(notifications_spec.dispatch[i].roles & ROLE_BIT(ROLE_NONE));
        /* what a gateway passes on for somebody whom it does not know is no person's to ask */
        for (size_t i = 0; i < notifications_spec.dispatch_count; i++)
                assert_int_equal(strcmp(notifications_spec.dispatch[i].method, "ResendLinks") == 0,
                                 (notifications_spec.dispatch[i].roles & ROLE_BIT(SERVICE)) != 0);
        assert_int_equal(roles_of("ResendLinks"), ROLE_BIT(SERVICE));
}

static void test_other_events_change_nothing(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        uint64_t before = engine_position(f->engine);
        Contracts__ClausePut clause = CONTRACTS__CLAUSE_PUT__INIT;
        Contracts__Event contracts = CONTRACTS__EVENT__INIT;
        contracts.body_case = CONTRACTS__EVENT__BODY_CLAUSE_PUT;
        contracts.clause_put = &clause;
        feed_contracts(f, &contracts);
        Contracts__Event unknown = CONTRACTS__EVENT__INIT; /* of a newer program: not taken in, and not passed over */
        assert_int_equal(engine_feed(f->engine, "contracts-1", 2, &unknown.base), ERR_NOT_FOUND);
        Tracking__HoursSubmitted hours = TRACKING__HOURS_SUBMITTED__INIT;
        Tracking__Event tracking = TRACKING__EVENT__INIT;
        tracking.body_case = TRACKING__EVENT__BODY_HOURS_SUBMITTED;
        tracking.hours_submitted = &hours;
        feed_tracking(f, &tracking);
        assert_int_equal(engine_position(f->engine), before);
        assert_int_equal(engine_source_position(f->engine, "contracts-1"), 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_roles),
                cmocka_unit_test_setup_teardown(test_other_events_change_nothing, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
