/* What a browser brings back: as it was given, in time, and nothing else. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/oidc/passage.h"

static struct world world;
static struct arena arena;

static int open_world(void **state)
{
        (void)state;
        world = world_seeded(7, 1700000000000);
        return 0;
}

static int close_world(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

enum { LIFE_MS = 1000 };

static char *seal(const struct passages *passages)
{
        return passage_seal(passages, "one", json_pack("{s:s}", "a", "b"), &arena);
}

static bool opens(const struct passages *passages, const char *kind, const char *text)
{
        json_t *what = passage_open(passages, kind, text, LIFE_MS);
        bool good = what != NULL && strcmp(passage_text(what, "a"), "b") == 0;
        json_decref(what);
        return good;
}

static void by_every_gateway_of_the_network(void **state)
{
        const struct passages here = {&world, "a key of all gateways"}, there = here, other = {&world, "another key"};
        char *text = seal(&here);
        (void)state;
        assert_true(opens(&there, "one", text));
        assert_string_not_equal(text, seal(&here)); /* a nonce of its own */
        assert_false(opens(&other, "one", text));
        assert_false(opens(&here, "two", text));
}

static void unchanged(void **state)
{
        const struct passages here = {&world, "a key of all gateways"};
        char *text = seal(&here);
        (void)state;
        for (size_t i = 0; text[i] != '\0'; i++) {
                char was = text[i];
                text[i] = was == 'A' ? 'B' : 'A';
                assert_false(opens(&here, "one", text));
                text[i] = was;
        }
        assert_true(opens(&here, "one", text));
        text[strlen(text) - 1] = '\0';
        assert_false(opens(&here, "one", text));
        assert_false(opens(&here, "one", ""));
        assert_false(opens(&here, "one", NULL));
        assert_false(opens(&here, "one", "é"));
        char *endless = arena_zalloc(&arena, 2 * PASSAGE_TEXT_MAX);
        memset(endless, 'A', 2 * PASSAGE_TEXT_MAX - 1);
        assert_false(opens(&here, "one", endless));
}

static void in_time(void **state)
{
        const struct passages here = {&world, "a key of all gateways"};
        char *text = seal(&here);
        (void)state;
        world.now_ms_value += LIFE_MS - 1;
        assert_true(opens(&here, "one", text));
        world.now_ms_value += 1;
        assert_false(opens(&here, "one", text));
        world.now_ms_value -= LIFE_MS + PASSAGE_SKEW_MS; /* a gateway whose clock is behind */
        assert_true(opens(&here, "one", text));
        world.now_ms_value -= 1;
        assert_false(opens(&here, "one", text));
}

static void of_a_size_that_a_cookie_has(void **state)
{
        const struct passages here = {&world, "a key of all gateways"};
        char *endless = arena_zalloc(&arena, PASSAGE_TEXT_MAX);
        (void)state;
        memset(endless, 'a', PASSAGE_TEXT_MAX - 1);
        assert_null(passage_seal(&here, "one", json_pack("{s:s}", "a", endless), &arena));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(by_every_gateway_of_the_network, open_world, close_world),
                cmocka_unit_test_setup_teardown(unchanged, open_world, close_world),
                cmocka_unit_test_setup_teardown(in_time, open_world, close_world),
                cmocka_unit_test_setup_teardown(of_a_size_that_a_cookie_has, open_world, close_world),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
