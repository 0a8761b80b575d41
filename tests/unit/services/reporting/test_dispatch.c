/* Reporting as data: it answers questions, and owns nothing but what was sent. */
#include "tests/unit/services/reporting/fixture.h"

/* What makes --rebuild possible: nothing of others but in copies, and no reaction that would be done twice. */
static void test_read_models_are_copies(void **state)
{
        (void)state;
        assert_int_equal(reporting_spec.table_count, REPORTING_TABLES);
        for (size_t i = 0; i < reporting_spec.table_count; i++) {
                bool is_own = i + RUNTIME_TABLES == T_SENT || i + RUNTIME_TABLES == T_SENT_BY;
                assert_int_equal(reporting_spec.tables[i].kind, is_own ? TABLE_STATE : TABLE_COPY);
        }
        for (size_t i = 0; i < reporting_spec.subscription_count; i++) {
                assert_non_null(reporting_spec.subscriptions[i].copy);
                assert_null(reporting_spec.subscriptions[i].react);
        }
}

static bool is_for_buyers(const char *method)
{
        return strcmp(method, "ContractStatement") == 0 || strcmp(method, "SentReports") == 0 ||
               strcmp(method, "FrozenReport") == 0;
}

static void test_who_may_ask(void **state)
{
        (void)state;
        const uint32_t strangers =
                ROLE_BIT(COMPANY) | ROLE_BIT(STRUCTURE) | ROLE_BIT(PRESCRIBER) | ROLE_BIT(DATA_PROTECTION);
        const uint32_t senders = ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR);
        for (size_t i = 0; i < reporting_spec.dispatch_count; i++) {
                const struct dispatch_row *row = &reporting_spec.dispatch[i];
                assert_int_equal((row->roles & ROLE_BIT(BUYER)) != 0, is_for_buyers(row->method));
                assert_int_equal(row->roles & strangers, 0);
                if (row->mode == MODE_COMMAND)
                        assert_int_equal(row->roles, senders);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_read_models_are_copies),
                cmocka_unit_test(test_who_may_ask),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
