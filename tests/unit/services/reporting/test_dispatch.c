/* Reporting as data: it answers questions and owns nothing. */
#include "tests/unit/services/reporting/fixture.h"

static void test_it_takes_no_command_and_tells_nothing(void **state)
{
        (void)state;
        for (size_t i = 0; i < reporting_spec.dispatch_count; i++)
                assert_int_equal(reporting_spec.dispatch[i].mode, MODE_QUERY);
        assert_null(reporting_spec.event);
        assert_null(reporting_spec.apply);
}

/* What makes --rebuild possible: nothing but copies, and no reaction that would be done twice. */
static void test_every_table_is_a_copy(void **state)
{
        (void)state;
        assert_int_equal(reporting_spec.table_count, REPORTING_TABLES);
        for (size_t i = 0; i < reporting_spec.table_count; i++)
                assert_int_equal(reporting_spec.tables[i].kind, TABLE_COPY);
        for (size_t i = 0; i < reporting_spec.subscription_count; i++) {
                assert_non_null(reporting_spec.subscriptions[i].copy);
                assert_null(reporting_spec.subscriptions[i].react);
        }
}

static void test_only_the_statement_is_for_buyers(void **state)
{
        (void)state;
        for (size_t i = 0; i < reporting_spec.dispatch_count; i++) {
                const struct dispatch_row *row = &reporting_spec.dispatch[i];
                bool statement = strcmp(row->method, "ContractStatement") == 0;
                assert_int_equal((row->roles & ROLE_BIT(BUYER)) != 0, statement);
                assert_int_equal(row->roles & (ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER)), 0);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_it_takes_no_command_and_tells_nothing),
                cmocka_unit_test(test_every_table_is_a_copy),
                cmocka_unit_test(test_only_the_statement_is_for_buyers),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
