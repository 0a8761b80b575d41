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

#include "common/store/replace.h"
#include "common/store/runtime_tables.h"
#include "common/store/shed.h"

enum { ROWS = 400, ROW_SIZE = 200 };

static const struct table_spec tables[] = {RUNTIME_TABLE_SPECS};
static const struct store_spec spec = {
        .service = "toy", .version = 1, .tables = tables, .map_bytes_max = 64 << 20, .table_count = ARRAY_SIZE(tables)};
static char directory[64];
static struct world world;
static struct err_info info;
static struct store *store;

static int setup(void **state)
{
        (void)state;
        world = world_seeded(1, 1000);
        (void)snprintf(directory, sizeof(directory), "/tmp/guichet-test-store-XXXXXX");
        assert_non_null(mkdtemp(directory));
        return store_open(&spec, directory, &world, &store, &info);
}

static int teardown(void **state)
{
        (void)state;
        store_close(store);
        store_remove(directory);
        return access(directory, F_OK) == 0;
}

static const char *key_of_row(int i, char ret[16])
{
        (void)snprintf(ret, 16, "%04d", i);
        return ret;
}

static void write_rows(bool are_secret)
{
        char key[16], value[ROW_SIZE];
        struct txn *txn = txn_begin_write(store, &info);
        for (int i = 0; i < ROWS; i++) {
                memset(value, 'x', sizeof(value));
                if (i % 3 == 0)
                        memcpy(value, "Quatrebarbes", strlen("Quatrebarbes"));
                if (are_secret)
                        txn_put(txn, RUNTIME_HEAD, slice_of_text(key_of_row(i, key)), slice_of(value, sizeof(value)));
                else if (i % 3 == 0)
                        txn_delete(txn, RUNTIME_HEAD, slice_of_text(key_of_row(i, key)));
        }
        assert_int_equal(txn_commit(txn, &info), 0);
}

static bool is_in_the_file(const char *text)
{
        static uint8_t file[4 << 20];
        char path[80];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        FILE *stream = fopen(path, "rbe");
        assert_non_null(stream);
        size_t size = fread(file, 1, sizeof(file), stream);
        assert_int_equal(fclose(stream), 0);
        return memmem(file, size, text, strlen(text)) != NULL;
}

static void test_what_was_deleted_is_gone_the_rest_is_there(void **state)
{
        (void)state;
        write_rows(true);
        write_rows(false);
        assert_true(is_in_the_file("Quatrebarbes")); /* LMDB keeps it: else this test shows nothing */
        assert_true(store_shed(&spec, directory, &store, &info));
        assert_false(is_in_the_file("Quatrebarbes"));
        struct stat facts; /* nobody else may read it, as before */
        char path[80];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        assert_int_equal(stat(path, &facts), 0);
        assert_int_equal(facts.st_mode & 0777, S_IRUSR | S_IWUSR);
        struct txn *txn = txn_begin_read(store, &info);
        assert_int_equal(txn_count(txn, RUNTIME_HEAD), ROWS - (ROWS + 2) / 3);
        txn_end_read(txn);
        write_rows(true); /* and it can be written */
}

static void test_one_that_cannot_be_copied_stays(void **state)
{
        char made[80];
        (void)state;
        write_rows(true);
        (void)snprintf(made, sizeof(made), "%s.shed", directory);
        FILE *stream = fopen(made, "we"); /* a file where the copy's directory should be */
        assert_non_null(stream);
        assert_int_equal(fclose(stream), 0);
        assert_false(store_shed(&spec, directory, &store, &info));
        assert_non_null(store);
        assert_int_equal(unlink(made), 0);
        write_rows(false);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_was_deleted_is_gone_the_rest_is_there, setup, teardown),
                cmocka_unit_test_setup_teardown(test_one_that_cannot_be_copied_stays, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
