/* A spreadsheet's own file, its first sheet; what only looks like one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/import/workbook.h"
#include "tests/lib/workbook.h"

static int read_bytes(const char *path, struct arena *arena, struct table *ret, struct err_info *info)
{
        int file = open(path, O_RDONLY | O_CLOEXEC), spare = memfd_create("rows", MFD_CLOEXEC);
        assert_true(file >= 0 && spare >= 0);
        int err = workbook_read(file, spare, arena, ret, info);
        assert_int_equal(close(file), 0);
        assert_int_equal(close(spare), 0);
        return err;
}

static void its_rows_are_read(void **state)
{
        static const char path[] = "/tmp/guichet-test-workbook.xlsx";
        scoped(arena_fini) struct arena arena = {0};
        struct table table;
        struct err_info info = {0};
        (void)state;
        (void)unlink(path);
        workbook_make(path, "Placement|Mois|Heures\nA-1|11/2026|35;5", 0);
        if (read_bytes(path, &arena, &table, &info) != 0)
                fail_msg("%s", info.text);
        assert_int_equal(table.count, 2);
        assert_string_equal(table.rows[1].cells[2], "35;5");
        assert_int_equal(table.separator, ';'); /* of what is handed back */
        assert_true(table.has_mark);
        assert_int_equal(unlink(path), 0);
}

static void another_archive_is_none(void **state)
{
        scoped(arena_fini) struct arena arena = {0};
        struct table table;
        struct err_info info = {0};
        char path[] = "/tmp/guichet-test-archive-XXXXXX";
        (void)state;
        int fd = mkstemp(path);
        assert_int_equal(write(fd, "PK\x03\x04 and the rest", 17), 17);
        assert_int_equal(close(fd), 0);
        assert_int_equal(read_bytes(path, &arena, &table, &info), ERR_MALFORMED);
        assert_non_null(strstr(info.text, "enregistrez la liste en CSV"));
        assert_int_equal(unlink(path), 0);
        assert_true(workbook_is(slice_of_text("PK\x03\x04 and")));
        assert_false(workbook_is(slice_of_text("PK;Nom")));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(its_rows_are_read),
                cmocka_unit_test(another_archive_is_none),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
