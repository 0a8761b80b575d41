#include "common/base/require.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/id.h"

static char said[1024];

/* Runs `act` in a child; its standard error comes back in `said`, its end as waitpid() tells it. */
static int end_of_child(void (*act)(void))
{
        int pipe_ends[2];
        assert_int_equal(pipe(pipe_ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                (void)dup2(pipe_ends[1], STDERR_FILENO);
                (void)signal(SIGABRT, SIG_DFL);
                act();
                _exit(0);
        }
        (void)close(pipe_ends[1]);

        size_t size = 0;
        ssize_t got;
        while ((got = read(pipe_ends[0], said + size, sizeof(said) - 1 - size)) > 0)
                size += (size_t)got;
        said[size] = '\0';
        (void)close(pipe_ends[0]);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        return status;
}

static void hold(void)
{
        require(1 + 1 == 2);
}

static void what_holds_goes_on(void **state)
{
        (void)state;
        int status = end_of_child(hold);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        assert_string_equal(said, "");
}

static void compare(void)
{
        require(strcmp("a", "b") == 0);
}

static void what_does_not_hold_aborts_with_its_place(void **state)
{
        (void)state;
        int status = end_of_child(compare);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        assert_non_null(strstr(said, "test_require.c:"));
        assert_non_null(strstr(said, " compare(): strcmp(\\\"a\\\", \\\"b\\\") == 0\"}\n"));
        assert_memory_equal(said, "{\"level\":\"panic\",", 17);
}

static void ask_for_a_partition_too_high(void)
{
        struct world world = world_seeded(1, 0);
        (void)id_new(&world, 0, ID_PARTITION_MAX + 1);
}

static void bugs_in_callers_are_met(void **state)
{
        (void)state;
        int status = end_of_child(ask_for_a_partition_too_high);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        assert_non_null(strstr(said, "id_new(): partition"));
}

static void the_condition_is_evaluated_once(void **state)
{
        (void)state;
        int count = 0;
        require(++count == 1);
        assert_int_equal(count, 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_holds_goes_on),
                cmocka_unit_test(what_does_not_hold_aborts_with_its_place),
                cmocka_unit_test(bugs_in_callers_are_met),
                cmocka_unit_test(the_condition_is_evaluated_once),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
