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

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_page_that_is_not_there_is_told),
                cmocka_unit_test(no_memory_is_ever_dumped),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
