/* What a browser takes along to a provider: at any gateway, in time, and only for the browser that began. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/oidc/flow.h"

static struct world world, elsewhere;
static struct passages here, there; /* two gateways of one network */
static struct arena arena;

static int open_gateways(void **state)
{
        (void)state;
        world = world_seeded(7, 1700000000000);
        elsewhere = world_seeded(8, 1700000000000);
        here = (struct passages){&world, "a key of all gateways"};
        there = (struct passages){&elsewhere, "a key of all gateways"};
        return 0;
}

static int close_gateways(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static const struct flow_holder nobody;

static struct flow_begun begin(void)
{
        struct flow_begun begun = {0};
        flow_begin(&here, "a", &nobody, &arena, &begun);
        return begun;
}

static enum flow_end take(const char *provider, const char *state, const char *cookie)
{
        struct flow flow;
        const struct flow_shown shown = {state, cookie};
        return flow_take(&there, provider, &shown, &flow);
}

static void at_another_gateway(void **state)
{
        struct flow flow = {0}, again = {0};
        struct flow_begun begun = begin();
        const struct flow_shown shown = {begun.state, begun.cookie};
        (void)state;
        assert_int_equal(strlen(begun.state), 43);
        assert_int_equal(strlen(begun.nonce), 43);
        assert_string_not_equal(begun.state, begun.nonce);
        assert_int_equal(flow_take(&there, "a", &shown, &flow), FLOW_TAKEN);
        assert_string_equal(flow.nonce, begun.nonce);
        assert_int_equal(strlen(flow.verifier), 43);
        assert_int_equal(id_instant_ms(flow.id), 1700000000000);
        assert_int_equal(flow_take(&here, "a", &shown, &again), FLOW_TAKEN);
        assert_memory_equal(&again.id, &flow.id, sizeof(flow.id)); /* one key: accounts does it once */
}

static void by_the_browser_that_began(void **state)
{
        struct flow_begun begun = begin(), other = begin();
        (void)state;
        assert_int_equal(take("a", begun.state, NULL), FLOW_OTHER_BROWSER);
        assert_int_equal(take("a", begun.state, ""), FLOW_OTHER_BROWSER);
        assert_int_equal(take("a", begun.state, other.cookie), FLOW_OTHER_BROWSER);
        assert_int_equal(take("a", begun.state, begun.state), FLOW_OTHER_BROWSER);
        assert_int_equal(take("a", begun.state, begun.cookie), FLOW_TAKEN);
}

static void altered(void **state)
{
        struct flow_begun begun = begin();
        const struct passages stranger = {&world, "another network's key"};
        const struct flow_shown shown = {begun.state, begun.cookie};
        struct flow flow;
        char state_text[FLOW_TEXT_SIZE];
        (void)state;
        memcpy(state_text, begun.state, sizeof(state_text));
        for (size_t i = 0; i < FLOW_TEXT_SIZE - 1; i++) {
                state_text[i] = state_text[i] == 'A' ? 'B' : 'A';
                assert_int_equal(take("a", state_text, begun.cookie), FLOW_UNKNOWN);
                state_text[i] = begun.state[i];
        }
        assert_int_equal(take("a", NULL, begun.cookie), FLOW_UNKNOWN);
        assert_int_equal(take("a", "", begun.cookie), FLOW_UNKNOWN);
        assert_int_equal(take("a", begun.nonce, begun.cookie), FLOW_UNKNOWN);
        assert_int_equal(take("b", begun.state, begun.cookie), FLOW_UNKNOWN); /* another provider's */
        assert_int_equal(flow_take(&stranger, "a", &shown, &flow), FLOW_UNKNOWN);
        assert_int_equal(take("a", begun.state, begun.cookie), FLOW_TAKEN);
}

static void in_time(void **state)
{
        struct flow_begun begun = begin();
        (void)state;
        elsewhere.now_ms_value += FLOW_MS - 1;
        assert_int_equal(take("a", begun.state, begun.cookie), FLOW_TAKEN);
        elsewhere.now_ms_value += 1;
        assert_int_equal(take("a", begun.state, begun.cookie), FLOW_UNKNOWN);
        assert_int_equal(take("a", begun.state, NULL), FLOW_UNKNOWN); /* the browser let go of it too */
}

static void whom_a_binding_is_for(void **state)
{
        const struct flow_holder holder = {{{1}}, {{2}}, {{3}}};
        struct flow_begun begun;
        struct flow flow;
        (void)state;
        flow_begin(&here, "a", &holder, &arena, &begun);
        const struct flow_shown shown = {begun.state, begun.cookie};
        assert_int_equal(flow_take(&there, "a", &shown, &flow), FLOW_TAKEN);
        assert_memory_equal(&flow.holder, &holder, sizeof(holder));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(at_another_gateway, open_gateways, close_gateways),
                cmocka_unit_test_setup_teardown(by_the_browser_that_began, open_gateways, close_gateways),
                cmocka_unit_test_setup_teardown(altered, open_gateways, close_gateways),
                cmocka_unit_test_setup_teardown(in_time, open_gateways, close_gateways),
                cmocka_unit_test_setup_teardown(whom_a_binding_is_for, open_gateways, close_gateways),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
