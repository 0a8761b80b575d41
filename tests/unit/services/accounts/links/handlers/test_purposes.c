/* What a link may be made for: by each maker what she may make, and what it is about. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/accounts/links/fixture.h"

static const Accounts__LinkPurposeView *offered(struct fixture *f, Types__Role role, Accounts__LinkPurpose purpose)
{
        Accounts__LinkPurposesRequest query = ACCOUNTS__LINK_PURPOSES_REQUEST__INIT;
        const Accounts__LinkPurposesReply *reply =
                fixture_get(f, fixture_actor(f, role, NULL, "31"), "LinkPurposes", &query);
        for (size_t i = 0; i < reply->n_purposes; i++)
                if (reply->purposes[i]->purpose == purpose)
                        return reply->purposes[i];
        return NULL;
}

static void test_what_each_is_about(void **state)
{
        struct fixture *f = *state;
        const Accounts__LinkPurposeView *month =
                offered(f, TYPES__ROLE__FACILITATOR, ACCOUNTS__LINK_PURPOSE__LINK_DECLARE_MONTH);
        assert_string_equal(month->object, "placementId");
        assert_string_equal(month->method, "tracking.SubmitHours");
        assert_true(month->of_month);
        assert_int_equal(month->n_roles, 2);
        assert_int_equal(month->roles[0], TYPES__ROLE__COMPANY);
        assert_int_equal(month->roles[1], TYPES__ROLE__STRUCTURE);
        assert_false(offered(f, TYPES__ROLE__COORDINATOR, ACCOUNTS__LINK_PURPOSE__LINK_NAME_TUTOR)->of_month);
}

/* What a buyer alone decides is the operator's to make a link for. */
static void test_to_whom(void **state)
{
        struct fixture *f = *state;
        Accounts__LinkPurposesRequest query = ACCOUNTS__LINK_PURPOSES_REQUEST__INIT;
        assert_null(offered(f, TYPES__ROLE__FACILITATOR, ACCOUNTS__LINK_PURPOSE__LINK_DECIDE_CASE));
        assert_non_null(offered(f, TYPES__ROLE__OPERATOR, ACCOUNTS__LINK_PURPOSE__LINK_DECIDE_CASE));
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "LinkPurposes", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_each_is_about, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_to_whom, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
