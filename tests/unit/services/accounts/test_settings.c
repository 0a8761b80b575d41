/* The settings of accounts: a default within its bounds, and what is read. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/service/config.h"
#include "services/accounts/settings.h"

static const struct config_table table = {accounts_settings_rows, ACCOUNTS_SETTINGS_COUNT};
static const struct config_table none = {NULL, 0};

static void test_default_and_bounds(void **state)
{
        (void)state;
        struct accounts_settings settings = {0};
        struct err_info info = {0};
        assert_int_equal(config_read(NULL, &table, &none, &settings, &info), 0);
        assert_int_equal(settings.token_life_days, 180);
        json_t *json = json_pack("{s:i}", "token_life_days", 30);
        assert_int_equal(config_read(json, &table, &none, &settings, &info), 0);
        assert_int_equal(settings.token_life_days, 30);
        json_decref(json);
        json = json_pack("{s:i}", "token_life_days", 367);
        assert_int_equal(config_read(json, &table, &none, &settings, &info), ERR_CONFIG);
        json_decref(json);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_default_and_bounds),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
