/* Settings that are refused, and what the others come to. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "services/notifications/config.h"

static void refused(struct notifications_config config, const char *key)
{
        struct arena arena scoped(arena_fini) = {0};
        struct smtp_settings settings = {.url = "untouched"};
        struct err_info info = {0};
        assert_int_equal(config_check(&config, &arena, &settings, &info), ERR_CONFIG);
        assert_int_equal(strncmp(info.text, key, strlen(key)), 0);
        assert_string_equal(settings.url, "untouched");
}

static void test_refused(void **state)
{
        (void)state;
        refused((struct notifications_config){"http://x", "a@b.fr", "", "", "try", "", ""}, "smtp_url");
        refused((struct notifications_config){"smtp://x", "", "", "", "try", "", ""}, "mail_from");
        refused((struct notifications_config){"smtp://x", "a@b.fr\r\nBcc: c@d.fr", "", "", "try", "", ""}, "mail_from");
        refused((struct notifications_config){"smtp://x", "a@b.fr", "", "", "maybe", "", ""}, "smtp_tls");
        refused((struct notifications_config){"smtp://x", "a@b.fr", "me", "/dev/null", "try", "", ""}, "smtp_user");
        refused((struct notifications_config){"smtps://x", "a@b.fr", "me", "/no/such/file", "try", "", ""},
                "smtp_password_file");
        refused((struct notifications_config){"smtps://x", "a@b.fr", "me", "/dev/null", "try", "", ""},
                "smtp_password_file");
}

static void test_addresses_of_links(void **state)
{
        static const char *const wrong[] = {"guichet.example",          "http://guichet.example", "https://",
                                            "https://guichet.example/", "https://a.example?x",    "https://a.example b",
                                            "javascript:alert(1)"};
        static const char *const right[] = {"", "https://guichet.example", "https://guichet.example:8443/chemin",
                                            "http://127.0.0.1:8080"};
        struct arena arena scoped(arena_fini) = {0};
        struct smtp_settings settings;
        struct err_info info;
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
                refused((struct notifications_config){"", "", "", "", "try", wrong[i], ""}, "public_address");
        for (size_t i = 0; i < ARRAY_SIZE(right); i++) {
                const struct notifications_config config = {"", "", "", "", "try", right[i], ""};
                assert_int_equal(config_check(&config, &arena, &settings, &info), 0);
        }
}

static void test_accepted(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        struct smtp_settings settings;
        struct err_info info;
        struct notifications_config config = {"", "", "", "", "try", "", ""};
        assert_int_equal(config_check(&config, &arena, &settings, &info), 0);
        assert_null(settings.url);

        config = (struct notifications_config){"smtp://127.0.0.1:25", "a@b.fr", "", "", "none", "", ""};
        assert_int_equal(config_check(&config, &arena, &settings, &info), 0);
        assert_string_equal(settings.url, "smtp://127.0.0.1:25");
        assert_null(settings.user);
        assert_int_equal(settings.tls, SMTP_TLS_NONE);

        char path[] = "/tmp/guichet-test-XXXXXX";
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        assert_int_equal(write(fd, "s3cret\r\nmore\n", 13), 13);
        (void)close(fd);
        config = (struct notifications_config){"smtp://x", "a@b.fr", "me", path, "require", "", ""};
        assert_int_equal(config_check(&config, &arena, &settings, &info), 0);
        assert_string_equal(settings.password, "s3cret");
        assert_int_equal(settings.tls, SMTP_TLS_REQUIRE);
        (void)unlink(path);
}

static void test_rows(void **state)
{
        (void)state;
        for (size_t i = 0; i < NOTIFICATIONS_CONFIG_ROWS; i++) {
                assert_int_equal(notifications_config_rows[i].type, CONFIG_TEXT);
                assert_true(notifications_config_rows[i].doc[0] != '\0');
                assert_true(notifications_config_rows[i].offset < sizeof(struct notifications_config));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_refused),
                cmocka_unit_test(test_addresses_of_links),
                cmocka_unit_test(test_accepted),
                cmocka_unit_test(test_rows),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
