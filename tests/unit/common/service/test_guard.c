/* The last words of a process whose store has a page that cannot be read, and that nothing of it is written anywhere.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "common/service/guard.h"

static void a_page_that_is_not_there_is_told(void **state)
{
        (void)state;
#ifdef GUICHET_SANITIZED
        skip(); /* the sanitizers tell of signals themselves */
#endif
        char text[2048] = "";
        int ends[2], status = 0;
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
                (void)dup2(ends[1], STDERR_FILENO);
                guard_store("tracking-1", "/srv/stores/tracking-1");
                (void)raise(SIGBUS);
                _exit(0);
        }
        (void)close(ends[1]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(read(ends[0], text, sizeof(text) - 1) > 0);
        (void)close(ends[0]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_STORE);
        assert_non_null(strstr(text, "\"instance\":\"tracking-1\""));
        assert_non_null(strstr(text, "/srv/stores/tracking-1"));
        assert_non_null(strstr(text, "guichetctl restore"));
        assert_int_equal(text[strlen(text) - 1], '\n');
}

static void no_memory_is_ever_dumped(void **state)
{
        (void)state;
        struct rlimit core;
        guard_secrets();
        assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
        assert_int_equal(core.rlim_max, 0);
#ifndef GUICHET_SANITIZED
        assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
#endif
}

static void descriptors_are_bounded_whoever_starts_it(void **state)
{
        (void)state;
        struct rlimit before, after;
        assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
        struct rlimit many = {before.rlim_max, before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &many), 0);
        guard_descriptors();
        assert_int_equal(getrlimit(RLIMIT_NOFILE, &after), 0);
        assert_int_equal(after.rlim_cur, before.rlim_max < LIMIT_DESCRIPTORS ? before.rlim_max : LIMIT_DESCRIPTORS);
        assert_int_equal(after.rlim_max, before.rlim_max); /* a gateway may need more */
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

static void nobody_is_brought_forward(void **state)
{
        (void)state;
        int status = 0;
        pid_t child = fork(); /* there is no way back */
        if (child == 0) {
                int before = getpriority(PRIO_PROCESS, 0);
                guard_niceness(before + 2);
                guard_niceness(before + 1); /* whoever started it had put it further back */
                _exit(getpriority(PRIO_PROCESS, 0) == before + 2 ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_page_that_is_not_there_is_told),
                cmocka_unit_test(no_memory_is_ever_dumped),
                cmocka_unit_test(descriptors_are_bounded_whoever_starts_it),
                cmocka_unit_test(nobody_is_brought_forward),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
