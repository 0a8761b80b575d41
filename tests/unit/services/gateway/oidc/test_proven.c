/* Identities that wait for a code: found by their cookie, at any gateway, for a few minutes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/oidc/flow.h"
#include "services/gateway/oidc/proven.h"

static struct world world;
static struct passages passages;
static struct arena arena;
static const struct oidc_providers providers = {
        .all = {{.name = "a", .issuer = "https://a.example"}, {.name = "b", .issuer = "https://b.example"}},
        .count = 2};

static int open_world(void **state)
{
        (void)state;
        world = world_seeded(7, 1700000000000);
        passages = (struct passages){&world, "a key of all gateways"};
        return 0;
}

static int close_world(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static char *keep(const char *subject)
{
        const struct identity identity = {
                .issuer = "https://b.example", .identity_provider = "c", .subject = subject, .mail = "a@b.fr"};
        return proven_keep(&passages, &providers.all[1], &identity, &arena);
}

static bool stands(const char *cookie, struct identity *ret)
{
        return proven_read(&passages, &providers, cookie, &arena, ret);
}

static void by_its_cookie(void **state)
{
        static const struct oidc_providers others = {.all = {{.name = "a", .issuer = "https://a.example"}}, .count = 1};
        char *cookie = keep("1");
        struct identity identity;
        struct flow_begun begun;
        (void)state;
        assert_true(stands(cookie, &identity));
        assert_string_equal(identity.subject, "1");
        assert_string_equal(identity.identity_provider, "c");
        assert_string_equal(identity.issuer, "https://b.example");
        assert_false(identity.second_factor_shown);
        assert_false(stands(NULL, &identity));
        assert_false(stands("", &identity));
        assert_false(proven_read(&passages, &others, cookie, &arena, &identity)); /* asked no more */
        flow_begin(&passages, "b", &(const struct flow_holder){{{0}}}, &arena, &begun);
        assert_false(stands(begun.cookie, &identity)); /* who is only on the way there */
}

static void in_time(void **state)
{
        char *cookie = keep("1");
        struct identity identity;
        (void)state;
        world.now_ms_value += PROVEN_MS - 1;
        assert_true(stands(cookie, &identity));
        world.now_ms_value += 1;
        assert_false(stands(cookie, &identity));
}

static void whatever_a_provider_calls_her(void **state)
{
        char subject[CLAIMS_SUBJECT_MAX + 1];
        struct identity identity;
        (void)state;
        memset(subject, '"', sizeof(subject) - 1);
        subject[sizeof(subject) - 1] = '\0';
        assert_true(stands(keep(subject), &identity));
        assert_string_equal(identity.subject, subject);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(by_its_cookie, open_world, close_world),
                cmocka_unit_test_setup_teardown(in_time, open_world, close_world),
                cmocka_unit_test_setup_teardown(whatever_a_provider_calls_her, open_world, close_world),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
