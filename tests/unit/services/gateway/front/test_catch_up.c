/* Answers that wait until the copies know: let go by a commit, by time, or by the end; at once where they know. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/gateway/front/catch_up.h"

static uint64_t known;
static unsigned let_go;

static uint64_t reached(void *argument)
{
        (void)argument;
        return known;
}

static void then(void *argument)
{
        (void)argument;
        let_go++;
}

struct bench {
        uv_loop_t loop;
        struct catch_ups *all;
};

static struct bench begin(void)
{
        known = 5;
        let_go = 0;
        return (struct bench){.all = NULL};
}

static void end(struct bench *bench)
{
        catch_ups_free(bench->all);
        (void)uv_run(&bench->loop, UV_RUN_DEFAULT);
        assert_int_equal(uv_loop_close(&bench->loop), 0);
}

static void test_known_and_not_yet(void **state)
{
        (void)state;
        struct bench bench = begin();
        struct catch_up first = {then, NULL}, second = {then, NULL}, third = {then, NULL};
        assert_int_equal(uv_loop_init(&bench.loop), 0);
        bench.all = catch_ups_new(&bench.loop, reached, NULL);
        catch_up_wait(bench.all, &first, 5);
        assert_int_equal(let_go, 1);
        catch_up_wait(bench.all, &second, 6);
        catch_up_wait(bench.all, &third, 7);
        catch_ups_look(bench.all);
        assert_int_equal(let_go, 1);
        known = 6;
        catch_ups_look(bench.all);
        assert_int_equal(let_go, 2);
        end(&bench); /* whoever waits is let go */
        assert_int_equal(let_go, 3);
}

static void test_a_slow_line(void **state)
{
        (void)state;
        struct bench bench = begin();
        struct catch_up one = {then, NULL};
        assert_int_equal(uv_loop_init(&bench.loop), 0);
        bench.all = catch_ups_new(&bench.loop, reached, NULL);
        catch_up_wait(bench.all, &one, 6);
        (void)uv_run(&bench.loop, UV_RUN_DEFAULT); /* until its timer has nothing to do */
        assert_int_equal(let_go, 1);
        end(&bench);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_known_and_not_yet),
                cmocka_unit_test(test_a_slow_line),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
