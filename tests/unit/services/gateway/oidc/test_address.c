/* Which addresses are asked: https, or this machine, and only where the configuration says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/oidc/address.h"

static void origins(void **state)
{
        static const char *const pairs[][2] = {
                {"https://connect.example.fr/api/v2", "https://connect.example.fr"},
                {"https://connect.example.fr:443/", "https://connect.example.fr"},
                {"HTTPS://Connect.Example.FR/x?y=z", "https://connect.example.fr"},
                {"https://connect.example.fr:8443/x", "https://connect.example.fr:8443"},
                {"http://127.0.0.1:3000/token", "http://127.0.0.1:3000"},
                {"http://localhost:3000", "http://localhost:3000"},
                {"http://[::1]:3000/", "http://[::1]:3000"},
                {"http://127.0.0.1/", "http://127.0.0.1:80"},
                {"http://127.0.0.1:443/", "http://127.0.0.1:443"},
        };
        struct arena arena = {0};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
                assert_string_equal(address_origin(pairs[i][0], &arena), pairs[i][1]);
        arena_fini(&arena);
}

static void what_is_none(void **state)
{
        static const char *const bad[] = {
                "",
                "connect.example.fr",
                "http://connect.example.fr/",
                "http://127.0.0.1.example.fr/",
                "http://169.254.169.254/latest",
                "ftp://connect.example.fr/",
                "file:///etc/passwd",
                "https://user:secret@connect.example.fr/",
                "https://connect.example.fr@evil.example/",
                "https://connect.example.fr/#a",
                "https://connect.example.fr/\r\nX: y",
                "https://connect.example.fr/ a",
                "https://connect.example.fr\\@evil.example/",
                "https://connect.example.fr:99999/",
                "https://:443/",
                "https:///connect.example.fr/",
                "https:/connect.example.fr/",
                "https://connect%2eexample.fr/",
                "https://connect.example%fe.fr/",
                "https://connect.exampl\xc3\xa9.fr/",
                "https://[::1%25lo]/",
                "javascript:alert(1)",
        };
        struct arena arena = {0};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
                assert_null(address_origin(bad[i], &arena));
        char longer[OIDC_ADDRESS_MAX + 64];
        memset(longer, 'a', sizeof(longer));
        memcpy(longer, "https://a.example/", 18);
        longer[sizeof(longer) - 1] = '\0';
        assert_null(address_origin(longer, &arena));
        arena_fini(&arena);
}

static void same_origin(void **state)
{
        (void)state;
        assert_true(address_is_on("https://a.example/token", "https://a.example"));
        assert_false(address_is_on("https://a.example.evil/token", "https://a.example"));
        assert_false(address_is_on("https://a.example:444/token", "https://a.example"));
        assert_false(address_is_on("http://127.0.0.1:1/", "http://127.0.0.1:2"));
}

static void escaped(void **state)
{
        struct arena arena = {0};
        (void)state;
        assert_string_equal(address_escape("a b&c=d\xc3\xa9~-._%", &arena), "a%20b%26c%3Dd%C3%A9~-._%25");
        assert_string_equal(address_escape("", &arena), "");
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(origins),
                cmocka_unit_test(what_is_none),
                cmocka_unit_test(same_origin),
                cmocka_unit_test(escaped),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
