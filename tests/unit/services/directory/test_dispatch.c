/* Who may ask the directory for what. */
#include "tests/unit/services/directory/fixture.h"

static void test_roles(void **state)
{
        (void)state;
        const uint32_t keepers = ROLE_BIT(OPERATOR) | ROLE_BIT(FACILITATOR) | ROLE_BIT(COORDINATOR);
        for (size_t i = 0; i < directory_spec.dispatch_count; i++) {
                const struct dispatch_row *row = &directory_spec.dispatch[i];
                bool is_of_lists = strstr(row->method, "Imports") != NULL || strncmp(row->method, "Preview", 7) == 0;
                if (row->mode == MODE_COMMAND || is_of_lists)
                        assert_int_equal(row->roles, keepers);
                else /* everybody, but not nobody */
                        assert_int_equal(row->roles,
                                         ((1u << (TYPES__ROLE__DATA_PROTECTION + 1)) - 1) & ~ROLE_BIT(ROLE_NONE));
        }
}

static void test_a_prescriber_may_not_write(void **state)
{
        struct fixture *f = *state;
        struct engine_answer answer = try_put(f, fixture_actor(f, TYPES__ROLE__PRESCRIBER, NULL, "*"),
                                              structure(f, "13002526500013", KIND(ACI)));
        assert_null(answer.body);
        assert_int_equal(answer.refusal->code, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_roles),
                cmocka_unit_test_setup_teardown(test_a_prescriber_may_not_write, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
