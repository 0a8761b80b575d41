/* A directory is there afterwards, with those that it lies in, or it is said which could not be made. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/directory.h"

static char root[64];

static int setup(void **state)
{
        (void)state;
        (void)snprintf(root, sizeof(root), "/tmp/guichet-test-directory-XXXXXX");
        return mkdtemp(root) == NULL;
}

static int teardown(void **state)
{
        (void)state;
        return rmdir(root);
}

static void all_of_a_path_are_made(void **state)
{
        char deep[160], middle[128];
        struct err_info info;
        struct stat facts;
        (void)state;
        (void)snprintf(middle, sizeof(middle), "%s/a", root);
        (void)snprintf(deep, sizeof(deep), "%s/b", middle);
        for (int twice = 0; twice < 2; twice++) {
                assert_int_equal(directory_make(deep, &info), 0);
                assert_int_equal(stat(middle, &facts), 0);
                assert_int_equal(facts.st_mode & 0777, 0700);
        }
        scoped(close_directory) DIR *directory = opendir(deep);
        assert_non_null(directory);
        assert_int_equal(rmdir(deep), 0);
        assert_int_equal(rmdir(middle), 0);
}

static void what_cannot_be_made_is_named(void **state)
{
        char path[160], in_the_way[128], *longest = malloc(8192);
        struct err_info info;
        (void)state;
        assert_non_null(longest);
        (void)snprintf(in_the_way, sizeof(in_the_way), "%s/file", root);
        FILE *file = fopen(in_the_way, "w");
        assert_non_null(file);
        assert_int_equal(fclose(file), 0);
        (void)snprintf(path, sizeof(path), "%s/x", in_the_way);
        assert_int_equal(directory_make(path, &info), -ENOTDIR);
        assert_non_null(strstr(info.text, in_the_way));
        (void)memset(longest, 'a', 8191);
        longest[0] = '/';
        longest[8191] = '\0';
        assert_int_equal(directory_make(longest, &info), ERR_CONFIG);
        free(longest);
        assert_int_equal(unlink(in_the_way), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(all_of_a_path_are_made, setup, teardown),
                cmocka_unit_test_setup_teardown(what_cannot_be_made_is_named, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
