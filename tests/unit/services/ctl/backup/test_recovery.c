#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/ctl/backup/recovery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char directory[64], machine[96], whole[96];
static struct err_info info;

static int setup(void **state)
{
        struct recovery recovery;
        (void)state;
        (void)snprintf(directory, sizeof(directory), "/tmp/guichet-test-recovery-XXXXXX");
        assert_non_null(mkdtemp(directory));
        (void)snprintf(machine, sizeof(machine), "%s/backup.key", directory);
        (void)snprintf(whole, sizeof(whole), "%s/secours", directory);
        recovery_new(&recovery);
        assert_int_equal(recovery_write(&recovery, machine, false, &info), 0);
        assert_int_equal(recovery_write(&recovery, whole, true, &info), 0);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        (void)unlink(machine);
        (void)unlink(whole);
        return rmdir(directory);
}

static void the_machine_seals_and_the_recovery_file_opens(void **state)
{
        (void)state;
        struct recovery half, both;
        assert_int_equal(recovery_read(machine, &half, &info), 0);
        assert_int_equal(recovery_read(whole, &both, &info), 0);
        assert_false(half.opens);
        assert_true(both.opens);
        assert_memory_equal(half.seal_public, both.seal_public, RECOVERY_KEY_SIZE);
        assert_memory_equal(half.recognition, both.recognition, RECOVERY_KEY_SIZE);
        static const uint8_t nothing[RECOVERY_KEY_SIZE];
        assert_memory_equal(half.seal_secret, nothing, RECOVERY_KEY_SIZE);
}

static void a_key_is_never_overwritten(void **state)
{
        (void)state;
        struct recovery another;
        recovery_new(&another);
        assert_int_equal(recovery_write(&another, whole, true, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, whole));
}

static void a_key_that_others_may_read_is_refused(void **state)
{
        (void)state;
        struct recovery key;
        assert_int_equal(chmod(whole, 0640), 0);
        assert_int_equal(recovery_read(whole, &key, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "chmod 600"));
}

static void assert_refused(const char *text)
{
        struct recovery key;
        FILE *file = fopen(whole, "we");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(recovery_read(whole, &key, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "autre exemplaire"));
}

static void what_is_no_key_is_told(void **state)
{
        (void)state;
        struct recovery key;
        assert_refused("");
        assert_refused("pas une clé");
        assert_refused("{\"seal_public\": \"00\", \"recognition\": \"00\"}");
        /* The halves of two keys. */
        assert_refused("{\"seal_public\": \"1111111111111111111111111111111111111111111111111111111111111111\","
                       " \"recognition\": \"1111111111111111111111111111111111111111111111111111111111111111\","
                       " \"seal_secret\": \"1111111111111111111111111111111111111111111111111111111111111111\"}");
        assert_int_equal(recovery_read("/nowhere/key", &key, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "--new-key"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(the_machine_seals_and_the_recovery_file_opens, setup, teardown),
                cmocka_unit_test_setup_teardown(a_key_is_never_overwritten, setup, teardown),
                cmocka_unit_test_setup_teardown(a_key_that_others_may_read_is_refused, setup, teardown),
                cmocka_unit_test_setup_teardown(what_is_no_key_is_told, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
