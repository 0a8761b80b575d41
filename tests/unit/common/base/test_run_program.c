/* Another program, run to its end: its code, the signal that ended it, its input and output; one that is not there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/base/run_program.h"

static int shell(const char *script)
{
        const char *const argv[] = {"sh", "-c", script, NULL};
        return run_program(argv, -1, -1);
}

static void its_end_is_told(void **state)
{
        (void)state;
        assert_int_equal(shell("exit 0"), 0);
        assert_int_equal(shell("exit 7"), 7);
        assert_int_equal(shell("kill -9 $$"), 128 + SIGKILL);
        const char *const nothing[] = {"guichet-no-such-program", NULL};
        assert_int_equal(run_program(nothing, -1, -1), -ENOENT);
}

static void it_reads_and_writes_what_is_given(void **state)
{
        const char *const argv[] = {"tr", "a-z", "A-Z", NULL};
        char text[16] = {0};
        (void)state;
        int in = memfd_create("in", MFD_CLOEXEC), out = memfd_create("out", MFD_CLOEXEC);
        assert_int_equal(write(in, "heures", 6), 6);
        assert_int_equal(lseek(in, 0, SEEK_SET), 0);
        assert_int_equal(run_program(argv, in, out), 0);
        assert_int_equal(pread(out, text, sizeof(text) - 1, 0), 6);
        assert_string_equal(text, "HEURES");
        assert_int_equal(close(in), 0);
        assert_int_equal(close(out), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(its_end_is_told),
                cmocka_unit_test(it_reads_and_writes_what_is_given),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
