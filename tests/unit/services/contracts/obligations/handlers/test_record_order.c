/* RecordOrder: hours to be expected, spread over the order's days. */
#include "tests/unit/services/contracts/obligations/scene.h"

static const Contracts__RecordOrderReply *order(struct fixture *f, Types__Id *obligation, const char *number,
                                                int64_t amount)
{
        return fixture_get(f, facilitator(f), "RecordOrder", order_of(f, obligation, number, amount));
}

/* 1 h for each full 2,000 € beyond 100,000 €, over both members together. */
static void test_forecast_of_all_orders(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        assert_int_equal(order(f, members[0], "BC 1", 90000)->forecast->hundredths, 0);    /* below the trigger */
        assert_int_equal(order(f, members[1], "BC 1", 90000)->forecast->hundredths, 4000); /* its own number 1 */
        const Contracts__ObligationView *view = see_obligation(f, members[0]);
        assert_int_equal(view->forecast->hundredths, 2000);
        assert_int_equal(view->due->hundredths, 0); /* forecast is not owed */
        assert_int_equal(view->ordered->cents, 9000000);
        assert_int_equal(view->n_orders, 1);
        /* 18 of 36 days: 45,000 € each are used up, below the trigger together */
        assert_int_equal(view->forecast_to_date->hundredths, 0);
        assert_int_equal(order(f, members[1], "BC 2", -20000)->forecast->hundredths, 3000); /* taken back */
        assert_int_equal(ledger_sum(f, members[1]), 0);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void test_linear(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        (void)order(f, members[0], "BC 1", 300000); /* half of it: 150,000 € */
        const Contracts__ObligationView *view = see_obligation(f, members[0]);
        assert_int_equal(view->forecast->hundredths, 10000);
        assert_int_equal(view->forecast_to_date->hundredths, 2500);
        f->world.now_ms_value += INT64_C(40) * 86400000;
        assert_int_equal(see_obligation(f, members[0])->forecast_to_date->hundredths, 10000);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *members[2];
        framework_scene(f, members);
        (void)order(f, members[0], "BC 1", 300000);
        Contracts__RecordOrder *command = order_of(f, members[0], "BC 1", 10);
        assert_string_equal(fixture_refused(f, buyer(f), "RecordOrder", command, TYPES__REFUSAL_CODE__NOT_FOUND)->field,
                            "obligationId"); /* its SIRET is not known yet */
        directory_tells(f, 1, 5, BUYER_SIRET);
        assert_string_equal(
                fixture_refused(f, buyer(f), "RecordOrder", command, TYPES__REFUSAL_CODE__ALREADY_EXISTS)->field,
                "number");
        command = order_of(f, members[0], "BC 9", -300001);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "RecordOrder", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "amount");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "RecordOrder", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_only_of_framework_agreements(void **state)
{
        struct fixture *f = *state;
        struct scene scene = set_scene(f);
        (void)fixture_refused(f, facilitator(f), "RecordOrder", order_of(f, scene.lead, "BC 1", 10),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_forecast_of_all_orders, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_linear, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_only_of_framework_agreements, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
