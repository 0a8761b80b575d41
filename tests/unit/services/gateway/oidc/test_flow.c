/* What waits for a browser to come back: once, in time, and only for the browser that began. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "services/gateway/oidc/flow.h"

static struct world world;
static struct flows *flows;

static int open_flows(void **state)
{
        (void)state;
        world = world_seeded(7, 1700000000000);
        flows = flows_new(&world);
        return 0;
}

static int close_flows(void **state)
{
        (void)state;
        flows_free(flows);
        return 0;
}

static const struct flow_holder nobody;
static const struct id here;

static struct flow_begun begin(unsigned provider, struct id network)
{
        struct flow_begun begun = {0};
        assert_true(flows_begin(flows, provider, network, &nobody, &begun));
        return begun;
}

static void once(void **state)
{
        struct flow flow = {0};
        struct flow_begun begun = begin(3, here);
        (void)state;
        assert_int_equal(strlen(begun.state), 43);
        assert_int_equal(strlen(begun.nonce), 43);
        assert_string_not_equal(begun.state, begun.nonce);
        assert_int_equal(flows_take(flows, 3, begun.state, begun.cookie, &flow), FLOW_TAKEN);
        assert_string_equal(flow.nonce, begun.nonce);
        assert_int_equal(strlen(flow.verifier), 43);
        assert_int_equal(flows_take(flows, 3, begun.state, begun.cookie, &flow), FLOW_UNKNOWN); /* a replay */
}

static void by_the_browser_that_began(void **state)
{
        struct flow flow;
        struct flow_begun begun = begin(0, here), other = begin(0, here);
        (void)state;
        assert_int_equal(flows_take(flows, 0, begun.state, NULL, &flow), FLOW_OTHER_BROWSER);
        assert_int_equal(flows_take(flows, 0, begun.state, "", &flow), FLOW_OTHER_BROWSER);
        assert_int_equal(flows_take(flows, 0, begun.state, other.cookie, &flow), FLOW_OTHER_BROWSER);
        assert_int_equal(flows_take(flows, 0, begun.state, begun.state, &flow), FLOW_OTHER_BROWSER);
        assert_int_equal(flows_take(flows, 0, begun.state, begun.cookie, &flow), FLOW_TAKEN); /* it stayed */
}

static void altered(void **state)
{
        struct flow flow;
        struct flow_begun begun = begin(0, here);
        char state_text[FLOW_TEXT_SIZE];
        (void)state;
        memcpy(state_text, begun.state, sizeof(state_text));
        state_text[10] = state_text[10] == 'A' ? 'B' : 'A';
        assert_int_equal(flows_take(flows, 0, state_text, begun.cookie, &flow), FLOW_UNKNOWN);
        assert_int_equal(flows_take(flows, 0, NULL, begun.cookie, &flow), FLOW_UNKNOWN);
        assert_int_equal(flows_take(flows, 0, "", begun.cookie, &flow), FLOW_UNKNOWN);
        assert_int_equal(flows_take(flows, 0, begun.nonce, begun.cookie, &flow), FLOW_UNKNOWN);
        assert_int_equal(flows_take(flows, 1, begun.state, begun.cookie, &flow), FLOW_UNKNOWN); /* another provider's */
        assert_int_equal(flows_take(flows, 0, begun.state, begun.cookie, &flow), FLOW_TAKEN);
}

static void in_time(void **state)
{
        struct flow flow;
        struct flow_begun begun = begin(0, here), late = begin(0, here);
        (void)state;
        world.now_ms_value += FLOW_MS - 1;
        assert_int_equal(flows_take(flows, 0, begun.state, begun.cookie, &flow), FLOW_TAKEN);
        world.now_ms_value += 1;
        assert_int_equal(flows_take(flows, 0, late.state, late.cookie, &flow), FLOW_UNKNOWN);
}

static void whom_a_binding_is_for(void **state)
{
        const struct flow_holder holder = {{{1}}, {{2}}, {{3}}};
        struct flow_begun begun;
        struct flow flow;
        (void)state;
        assert_true(flows_begin(flows, 0, here, &holder, &begun));
        assert_int_equal(flows_take(flows, 0, begun.state, begun.cookie, &flow), FLOW_TAKEN);
        assert_memory_equal(&flow.holder, &holder, sizeof(holder));
}

static void bounded(void **state)
{
        const struct id office = {{9}}, elsewhere = {{8}};
        struct flow_begun first = begin(0, elsewhere), begun;
        struct flow flow;
        (void)state;
        for (size_t i = 0; i < FLOWS_PER_NETWORK; i++)
                begun = begin(0, office);
        assert_false(flows_begin(flows, 0, office, &nobody, &begun));
        (void)begin(0, elsewhere); /* others are not harmed */
        world.now_ms_value += FLOW_MS;
        begun = begin(0, office); /* the old ones are over */
        assert_int_equal(flows_take(flows, 0, first.state, first.cookie, &flow), FLOW_UNKNOWN);
        for (size_t i = 0; i < FLOWS_MAX - 1; i++)
                (void)begin(0, here);
        assert_int_equal(flows_take(flows, 0, begun.state, begun.cookie, &flow), FLOW_TAKEN);
        begun = begin(0, elsewhere);
        for (size_t i = 0; i < FLOWS_MAX; i++)
                (void)begin(0, here);
        assert_int_equal(flows_take(flows, 0, begun.state, begun.cookie, &flow), FLOW_UNKNOWN); /* the oldest went */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(once, open_flows, close_flows),
                cmocka_unit_test_setup_teardown(by_the_browser_that_began, open_flows, close_flows),
                cmocka_unit_test_setup_teardown(altered, open_flows, close_flows),
                cmocka_unit_test_setup_teardown(in_time, open_flows, close_flows),
                cmocka_unit_test_setup_teardown(whom_a_binding_is_for, open_flows, close_flows),
                cmocka_unit_test_setup_teardown(bounded, open_flows, close_flows),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
