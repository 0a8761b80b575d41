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

/* A list of choices that is hidden, a note that is no list, the list. */
static void hidden_sheets_are_passed_over(void **state)
{
        static const char path[] = "/tmp/guichet-test-sheets.xlsx";
        static const struct workbook_part parts[] = {
                {"Choix", "Nature|Code|Libellé\nTravaux|T|Travaux", true},
                {"Lisez-moi", "Mode d'emploi\nUne ligne par achat.", false},
                {"2027 - achats", "Intitulé|Montant|Lancement\nNettoyage|900 000|01/03/2027", false},
        };
        scoped(arena_fini) struct arena arena = {0};
        struct workbook book;
        struct table table;
        struct err_info info = {0};
        (void)state;
        (void)unlink(path);
        workbook_make_of(path, parts, ARRAY_SIZE(parts));
        int file = open(path, O_RDONLY | O_CLOEXEC), spare = memfd_create("rows", MFD_CLOEXEC);
        assert_int_equal(workbook_open(file, spare, &arena, &book, &info), 0);
        assert_int_equal(book.count, 2);
        assert_string_equal(book.sheets[0].name, "Lisez-moi");
        assert_string_equal(book.sheets[1].name, "2027 - achats");
        assert_int_equal(workbook_table(&book, 1, &arena, &table, &info), 0);
        assert_int_equal(table.count, 2);
        assert_string_equal(table.rows[1].cells[0], "Nettoyage");
        workbook_close(&book);
        assert_int_equal(close(file), 0);
        assert_int_equal(close(spare), 0);
        assert_int_equal(read_bytes(path, &arena, &table, &info), 0); /* nobody to ask: the one that is a list */
        assert_string_equal(table.rows[0].cells[0], "Intitulé");
        assert_int_equal(unlink(path), 0);
}

static void a_book_of_hidden_sheets_is_told(void **state)
{
        static const char path[] = "/tmp/guichet-test-hidden.xlsx";
        static const struct workbook_part part = {"Choix", "Nature|Code|Libellé", true};
        scoped(arena_fini) struct arena arena = {0};
        struct table table;
        struct err_info info = {0};
        (void)state;
        (void)unlink(path);
        workbook_make_of(path, &part, 1);
        assert_int_equal(read_bytes(path, &arena, &table, &info), ERR_MALFORMED);
        assert_non_null(strstr(info.text, "masquées"));
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
                cmocka_unit_test(hidden_sheets_are_passed_over),
                cmocka_unit_test(a_book_of_hidden_sheets_is_told),
                cmocka_unit_test(another_archive_is_none),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
