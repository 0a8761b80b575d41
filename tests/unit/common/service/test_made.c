/* Remembered once, for each instance and part, beside the keys. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/service/made.h"

static void what_was_made_is_remembered(void **state)
{
        (void)state;
        char directory[] = "/tmp/guichet-made-XXXXXX", path[64];
        struct topology topology = {.directory = mkdtemp(directory)};
        struct err_info info = {0};
        assert_non_null(topology.directory);
        assert_int_not_equal(made_remember(&topology, "tracking-1", MADE_STORE, &info), 0); /* no keys/ at all */
        assert_non_null(strstr(info.text, "tracking-1.made"));
        (void)snprintf(path, sizeof(path), "%s/keys", directory);
        assert_int_equal(mkdir(path, 0700), 0);
        assert_false(made_before(&topology, "tracking-1", MADE_STORE));
        assert_int_equal(made_remember(&topology, "tracking-1", MADE_STORE, &info), 0);
        assert_int_equal(made_remember(&topology, "tracking-1", MADE_STORE, &info), 0);
        assert_true(made_before(&topology, "tracking-1", MADE_STORE));
        assert_false(made_before(&topology, "tracking-1", MADE_KEYS));
        assert_false(made_before(&topology, "tracking-2", MADE_STORE));
        (void)snprintf(path, sizeof(path), "%s/keys/tracking-1.made", directory);
        assert_int_equal(unlink(path), 0);
        (void)snprintf(path, sizeof(path), "%s/keys", directory);
        assert_int_equal(rmdir(path), 0);
        assert_int_equal(rmdir(directory), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_made_is_remembered)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
