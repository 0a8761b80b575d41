/* Whom a connection speaks for: X-Forwarded-For is believed of our own proxies, and of nobody else. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <string.h>

#include "common/base/attr.h"
#include "services/gateway/door/proxies.h"

static struct sockaddr_storage of(const char *text)
{
        struct sockaddr_storage ret = {0};
        struct sockaddr_in *v4 = (void *)&ret;
        struct sockaddr_in6 *v6 = (void *)&ret;
        if (inet_pton(AF_INET, text, &v4->sin_addr) == 1)
                v4->sin_family = AF_INET;
        else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1)
                v6->sin6_family = AF_INET6;
        else
                fail_msg("%s", text);
        return ret;
}

static bool has(const char *list, const char *address)
{
        struct err_info info = {0};
        struct proxies *proxies = proxies_new(list, &info);
        struct sockaddr_storage one = of(address);
        assert_non_null(proxies);
        bool ret = proxies_has(proxies, (struct sockaddr *)&one);
        proxies_free(proxies);
        return ret;
}

static void test_ranges(void **state)
{
        (void)state;
        assert_false(has("", "10.0.0.5"));
        assert_true(has("10.0.0.5", "10.0.0.5"));
        assert_false(has("10.0.0.5", "10.0.0.6"));
        assert_true(has(" 192.0.2.1  10.1.0.0/16 ", "10.1.255.255"));
        assert_false(has("10.1.0.0/16", "10.2.0.0"));
        assert_true(has("10.0.0.128/25", "10.0.0.200"));
        assert_false(has("10.0.0.128/25", "10.0.0.127"));
        assert_true(has("0.0.0.0/0", "203.0.113.7"));
        assert_false(has("0.0.0.0/0", "2001:db8::1"));
        assert_true(has("10.0.0.5", "::ffff:10.0.0.5"));
        assert_true(has("fd00::/8", "fd12::1"));
        assert_false(has("fd00::/8", "fe80::1"));
        assert_true(has("::1", "::1"));
        const struct sockaddr_storage one = of("127.0.0.1");
        assert_false(proxies_has(NULL, (const struct sockaddr *)&one));
}

static void test_what_is_no_list(void **state)
{
        static const char *const lists[] = {
                "localhost",         "10.0.0.256",  "10.0.0.0/33",
                "10.0.0.0/",         "fd00::/129",  "10.0.0.0/8x",
                "10.0.0.5,10.0.0.6", "1.1.1.1 /24", "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001"};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
                struct err_info info = {0};
                assert_null(proxies_new(lists[i], &info));
                assert_non_null(strstr(info.text, "proxies"));
        }
}

/* "" where it does not say. */
static const char *client(const char *list, const char *peer, const char *forwarded)
{
        static char text[INET6_ADDRSTRLEN];
        struct err_info info = {0};
        struct proxies *proxies = proxies_new(list, &info);
        struct sockaddr_storage from = of(peer), who;
        assert_non_null(proxies);
        text[0] = '\0';
        if (proxies_client(proxies, (struct sockaddr *)&from, forwarded, &who))
                assert_non_null(inet_ntop(who.ss_family,
                                          who.ss_family == AF_INET
                                                  ? (void *)&((struct sockaddr_in *)(void *)&who)->sin_addr
                                                  : (void *)&((struct sockaddr_in6 *)(void *)&who)->sin6_addr,
                                          text, sizeof(text)));
        proxies_free(proxies);
        return text;
}

static void test_whom_it_speaks_for(void **state)
{
        (void)state;
        /* a stranger may write what she wants */
        assert_string_equal(client("10.0.0.5", "203.0.113.7", "192.0.2.1"), "203.0.113.7");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", "192.0.2.1"), "::ffff:192.0.2.1");
        /* and before the proxy's own word too */
        assert_string_equal(client("10.0.0.5", "10.0.0.5", "127.0.0.1, 198.51.100.1,192.0.2.1"), "::ffff:192.0.2.1");
        assert_string_equal(client("10.0.0.0/24", "10.0.0.5", "6.6.6.6, 192.0.2.1, 10.0.0.6"), "::ffff:192.0.2.1");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", " 192.0.2.1:4711 "), "::ffff:192.0.2.1");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", "[2001:db8::7]:4711"), "2001:db8::7");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", "2001:db8::7"), "2001:db8::7");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", NULL), "");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", ""), "");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", "192.0.2.1, inconnu"), "");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", ",,,"), "");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", "10.0.0.5"), "");
        assert_string_equal(client("10.0.0.5", "10.0.0.5", "["), "");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_ranges),
                cmocka_unit_test(test_what_is_no_list),
                cmocka_unit_test(test_whom_it_speaks_for),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
