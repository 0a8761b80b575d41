/* Connections counted by where they come from. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <sodium.h>

#include "common/base/attr.h"
#include "services/gateway/door/addresses.h"

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

static size_t add(struct addresses *addresses, const char *text)
{
        struct sockaddr_storage address = of(text);
        return addresses_add(addresses, (struct sockaddr *)&address);
}

static void take_off(struct addresses *addresses, const char *text)
{
        struct sockaddr_storage address = of(text);
        addresses_remove(addresses, (struct sockaddr *)&address);
}

static void each_address_has_its_count(void **state)
{
        (void)state;
        struct addresses *addresses = addresses_new();
        assert_int_equal(add(addresses, "192.0.2.1"), 1);
        assert_int_equal(add(addresses, "192.0.2.1"), 2);
        assert_int_equal(add(addresses, "192.0.2.2"), 1);
        assert_int_equal(add(addresses, "::ffff:192.0.2.1"), 3); /* the same, as an IPv6 socket tells it */
        take_off(addresses, "192.0.2.1");
        take_off(addresses, "192.0.2.1");
        assert_int_equal(add(addresses, "192.0.2.1"), 2);
        take_off(addresses, "192.0.2.2");
        assert_int_equal(add(addresses, "192.0.2.2"), 1);
        addresses_free(addresses);
        addresses_free(NULL);
}

static void a_household_of_ipv6_is_one(void **state)
{
        (void)state;
        struct addresses *addresses = addresses_new();
        assert_int_equal(add(addresses, "2001:db8:1:2::1"), 1);
        assert_int_equal(add(addresses, "2001:db8:1:2:ffff::9"), 2);
        assert_int_equal(add(addresses, "2001:db8:1:3::1"), 1);
        addresses_free(addresses);
}

/* Behind a proxy of this machine everybody comes from there. Other addresses of loopback are as any other. */
static void this_machine_is_not_counted(void **state)
{
        (void)state;
        static const char *const own[] = {"127.0.0.1", "::1", "::ffff:127.0.0.1"};
        struct addresses *addresses = addresses_new();
        for (size_t i = 0; i < 3 * ARRAY_SIZE(own); i++)
                assert_int_equal(add(addresses, own[i % 3]), 0);
        take_off(addresses, own[0]);
        assert_int_equal(add(addresses, "127.0.0.2"), 1);
        addresses_free(addresses);
}

static void in_words(void **state)
{
        (void)state;
        static const struct {
                const char *address, *text;
        } rows[] = {{"192.0.2.7", "192.0.2.7"}, {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"}};
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                char text[ADDRESSES_TEXT_SIZE];
                struct sockaddr_storage address = of(rows[i].address);
                addresses_text(addresses_network((const struct sockaddr *)&address), text);
                assert_string_equal(text, rows[i].text);
        }
}

static void many(void **state)
{
        (void)state;
        char text[32];
        struct addresses *addresses = addresses_new();
        for (int round = 1; round <= 3; round++)
                for (int i = 0; i < 5000; i++) {
                        (void)snprintf(text, sizeof(text), "10.%d.%d.1", i / 250, i % 250);
                        assert_int_equal(add(addresses, text), round);
                }
        addresses_free(addresses);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(each_address_has_its_count),
                cmocka_unit_test(a_household_of_ipv6_is_one),
                cmocka_unit_test(this_machine_is_not_counted),
                cmocka_unit_test(in_words),
                cmocka_unit_test(many),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
