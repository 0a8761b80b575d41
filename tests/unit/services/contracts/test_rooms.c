/* Where the rules come from at start. */
#include "services/contracts/rooms.h"
#include "tests/lib/engine_fixture.h"

#include "services/contracts/record/context.h"

static void test_the_setting_wins(void **state)
{
        struct config config = {.rules = "/nowhere"};
        struct err_info info = {0};
        void *context = NULL;
        (void)state;
        assert_int_equal(contracts_start(NULL, &config, &context, &info), ERR_NOT_FOUND);
        assert_non_null(strstr(info.text, "/nowhere"));
        assert_null(context);
        config.rules = "deploy/rules";
        assert_int_equal(contracts_start(NULL, &config, &context, &info), 0);
        assert_non_null(context);
        contracts_stop(context);
}

static void test_then_the_environment_then_the_tree(void **state)
{
        struct config config = {.rules = ""};
        struct err_info info = {0};
        void *context = NULL;
        (void)state;
        assert_int_equal(setenv("GUICHET_RULES", "/elsewhere", 1), 0);
        assert_int_equal(contracts_start(NULL, &config, &context, &info), ERR_NOT_FOUND);
        assert_non_null(strstr(info.text, "/elsewhere"));
        assert_int_equal(unsetenv("GUICHET_RULES"), 0);
        assert_int_equal(contracts_start(NULL, &config, &context, &info), 0);
        assert_true(((struct context *)context)->publics.count > 0);
        contracts_stop(context);
        contracts_stop(NULL);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_the_setting_wins),
                cmocka_unit_test(test_then_the_environment_then_the_tree),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
