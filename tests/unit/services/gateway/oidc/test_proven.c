/* Identities that wait for a code: found by their cookie, a few times, for a few minutes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/gateway/oidc/proven.h"

static struct world world;
static struct proven *proven;
static struct arena arena;

static int open_proven(void **state)
{
        (void)state;
        world = world_seeded(7, 1700000000000);
        proven = proven_new(&world);
        return 0;
}

static int close_proven(void **state)
{
        (void)state;
        proven_free(proven);
        arena_fini(&arena);
        return 0;
}

static void keep(const char *subject, char ret_cookie[TOKEN_TEXT_SIZE])
{
        const struct identity identity = {
                .issuer = "https://a.example", .identity_provider = "", .subject = subject, .mail = "a@b.fr"};
        proven_keep(proven, &identity, ret_cookie);
}

static void by_its_cookie(void **state)
{
        char one[TOKEN_TEXT_SIZE], two[TOKEN_TEXT_SIZE];
        struct identity identity;
        (void)state;
        keep("1", one);
        keep("2", two);
        assert_true(proven_try(proven, two, &arena, &identity));
        assert_string_equal(identity.subject, "2");
        assert_string_equal(identity.issuer, "https://a.example");
        assert_false(proven_try(proven, NULL, &arena, &identity));
        assert_false(proven_try(proven, "", &arena, &identity));
        proven_drop(proven, two);
        assert_false(proven_try(proven, two, &arena, &identity));
        assert_true(proven_try(proven, one, &arena, &identity));
}

static void bounded(void **state)
{
        char one[TOKEN_TEXT_SIZE], other[TOKEN_TEXT_SIZE];
        struct identity identity;
        (void)state;
        keep("1", one);
        for (unsigned i = 0; i < PROVEN_TRIES; i++)
                assert_true(proven_try(proven, one, &arena, &identity));
        assert_false(proven_try(proven, one, &arena, &identity));
        keep("1", one);
        world.now_ms_value += PROVEN_MS;
        assert_false(proven_try(proven, one, &arena, &identity));
        keep("1", one);
        for (unsigned i = 0; i < PROVEN_MAX; i++)
                keep("2", other);
        assert_false(proven_try(proven, one, &arena, &identity));
        assert_true(proven_try(proven, other, &arena, &identity));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(by_its_cookie, open_proven, close_proven),
                cmocka_unit_test_setup_teardown(bounded, open_proven, close_proven),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
