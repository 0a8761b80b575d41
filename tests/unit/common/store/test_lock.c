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

#include "common/store/lock.h"
#include "tests/lib/send_signal.h"

static char directory[] = "/tmp/guichet-test-lock-XXXXXX";

static int setup(void **state)
{
        (void)state;
        memcpy(directory + sizeof(directory) - 7, "XXXXXX", 6);
        return mkdtemp(directory) == NULL;
}

static int teardown(void **state)
{
        (void)state;
        return rmdir(directory);
}

static void one_has_it_at_a_time(void **state)
{
        (void)state;
        struct err_info info = {0};
        int one = -1, two = -1;
        assert_int_equal(store_lock(directory, &one, &info), 0);
        assert_int_equal(store_lock(directory, &two, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "another process has it"));
        assert_int_equal(two, -1);
        store_unlock(&one);
        assert_int_equal(store_lock(directory, &two, &info), 0);
        store_unlock(&two);
        store_unlock(&two);
}

static void it_goes_with_the_process_that_is_killed(void **state)
{
        (void)state;
        struct err_info info = {0};
        int lock = -1, ready[2], status;
        char byte = 0;
        assert_int_equal(pipe(ready), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                byte = store_lock(directory, &lock, &info) == 0;
                (void)!write(ready[1], &byte, 1);
                (void)pause();
        }
        assert_int_equal(read(ready[0], &byte, 1), 1);
        assert_int_equal(byte, 1);
        assert_int_equal(store_lock(directory, &lock, &info), ERR_CONFIG);
        assert_int_equal(send_signal(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(store_lock(directory, &lock, &info), 0);
        store_unlock(&lock);
        (void)close(ready[0]);
        (void)close(ready[1]);
}

static void what_is_not_there_is_told(void **state)
{
        (void)state;
        struct err_info info = {0};
        int lock = -1;
        assert_true(store_lock("/nowhere/store", &lock, &info) < 0);
        assert_non_null(strstr(info.text, "/nowhere/store"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(one_has_it_at_a_time, setup, teardown),
                cmocka_unit_test_setup_teardown(it_goes_with_the_process_that_is_killed, setup, teardown),
                cmocka_unit_test_setup_teardown(what_is_not_there_is_told, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
