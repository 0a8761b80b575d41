/* Every setting fills a field of its own, has a default within its bounds, and says what it is. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/service/config.h"
#include "services/gateway/settings.h"

static const struct config_table table = {gateway_settings_rows, GATEWAY_SETTINGS_COUNT};
static const struct config_table none = {NULL, 0};

static void test_defaults(void **state)
{
        (void)state;
        struct gateway_settings settings = {0};
        struct err_info info = {0};
        assert_int_equal(config_read(NULL, &table, &none, &settings, &info), 0);
        assert_string_equal(settings.web, "services/gateway/web/dist");
        assert_int_equal(settings.connections_max, 512);
        assert_int_equal(settings.strangers_per_address, 64);
        assert_int_equal(settings.head_timeout_s, 8);
        assert_int_equal(settings.stranger_age_s, 60);
        assert_int_equal(settings.request_timeout_s, 30);
        assert_int_equal(settings.idle_timeout_s, 15);
        assert_int_equal(settings.query_timeout_ms, 5000);
        assert_int_equal(settings.command_timeout_ms, 4000);
        for (size_t i = 0; i < GATEWAY_SETTINGS_COUNT; i++)
                assert_true(strlen(gateway_settings_rows[i].doc) > 20);
}

static void test_read(void **state)
{
        (void)state;
        struct gateway_settings settings = {0};
        struct err_info info = {0};
        json_t *json = json_pack("{s:s, s:i}", "web", "page", "query_timeout_ms", 70);
        assert_int_equal(config_read(json, &table, &none, &settings, &info), 0);
        assert_string_equal(settings.web, "page");
        assert_int_equal(settings.query_timeout_ms, 70);
        json_decref(json);

        json = json_pack("{s:i}", "connections_max", 0);
        assert_int_equal(config_read(json, &table, &none, &settings, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "connections_max"));
        json_decref(json);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_defaults),
                cmocka_unit_test(test_read),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
