/* Journals turn over at 10 MiB and keep three of them, whoever writes the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "services/ctl/log_file.h"

enum { TURN_BYTES = 10 * 1024 * 1024 };

static char directory[] = "/tmp/guichet-log-file.XXXXXX";
static char path[64];

static int64_t size_of(const char *suffix)
{
        char name[80];
        struct stat facts;
        (void)snprintf(name, sizeof(name), "%s%s", path, suffix);
        return stat(name, &facts) == 0 ? (int64_t)facts.st_size : -1;
}

static void test_what_is_written_turns_behind_a_whole_line(void **state)
{
        (void)state;
        struct log_file file;
        log_file_open(&file, path);
        assert_int_equal(ftruncate(file.fd, TURN_BYTES - 1), 0);
        log_file_close(&file);
        log_file_open(&file, path);
        log_file_write(&file, "half a", 6);
        assert_int_equal(size_of(".1"), -1);
        log_file_write(&file, " line\n", 6);
        assert_int_equal(size_of(".1"), TURN_BYTES + 11);
        assert_int_equal(size_of(""), 0);
        log_file_close(&file);
}

static void test_what_grew_by_a_copy_turns_when_asked(void **state)
{
        (void)state;
        struct log_file file;
        log_file_open(&file, path);
        assert_false(log_file_turn_grown(&file));
        int copy = dup(file.fd);
        assert_int_equal(ftruncate(copy, TURN_BYTES), 0);
        assert_true(log_file_turn_grown(&file));
        assert_int_equal(close(copy), 0);
        assert_int_equal(size_of(".1"), TURN_BYTES);
        assert_int_equal(size_of(".2"), TURN_BYTES + 11);
        assert_int_equal(size_of(""), 0);
        assert_false(log_file_turn_grown(&file));
        log_file_close(&file);
}

static void test_others_may_not_read_it(void **state)
{
        (void)state;
        struct stat facts;
        assert_int_equal(stat(path, &facts), 0);
        assert_int_equal(facts.st_mode & 0777, 0600);
}

static int set_up(void **state)
{
        (void)state;
        if (mkdtemp(directory) == NULL)
                return -1;
        (void)snprintf(path, sizeof(path), "%s/a.log", directory);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        static const char *const suffixes[] = {"", ".1", ".2", ".3"};
        for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
                char name[80];
                (void)snprintf(name, sizeof(name), "%s%s", path, suffixes[i]);
                (void)unlink(name);
        }
        return rmdir(directory);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_what_is_written_turns_behind_a_whole_line),
                cmocka_unit_test(test_what_grew_by_a_copy_turns_when_asked),
                cmocka_unit_test(test_others_may_not_read_it),
        };
        return cmocka_run_group_tests(tests, set_up, tear_down);
}
