/* What spreadsheets and their owners do to a list, one thing at a time, as CSV and as a workbook: its rows are read, or
 * it is told what the file is. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/import/workbook.h"
#include "tests/lib/workbook.h"

#define BYTES(literal) literal, sizeof(literal) - 1

/* `cells` of the row with that number, joined by "|"; NULL: `why` it is refused. */
static const struct {
        const char *bytes;
        size_t size;
        size_t row;
        const char *cells, *why;
} csv[] = {
        {BYTES("a;b;c\n1;2;3"), 2, "1|2|3"},
        {BYTES("\xef\xbb\xbf"
               "a;b;c\r\n1;2;3\r\n"),
         2, "1|2|3"},
        {BYTES("sep=,\na,b,c\n1,\"2,5\",3\n"), 2, "1|2,5|3"},
        {BYTES("a|b|c\n1|2|3\n"), 1, "a|b|c"}, /* read as one column: its titles are not understood */
        {BYTES("a\tb\tc\n1\t2 000,50\t3\n"), 2, "1|2 000,50|3"},
        {BYTES("a;b;c\n\"x\ny\";2;3\n4;5;6\n"), 3, "4|5|6"},
        {BYTES("a;b;c\n\"il dit \"\"oui\"\"\";2;3\n"), 2, "il dit \"oui\"|2|3"},
        {BYTES("a;b;c\n5\" de haut;2;3\n"), 2, "5\" de haut|2|3"},
        {BYTES("a;b;c\n\n\n1;2;3\n"), 4, "1|2|3"},
        {BYTES("a;b;c\r1;2;3\r"), 2, "1|2|3"}, /* line ends of an old Mac */
        {BYTES("a;b;c\n\xe9t\xe9;2;3\n"), 2, "été|2|3"},
        {BYTES("\xff\xfe"
               "a\0;\0b\0\n\0"
               "1\0;\0"
               "2\0\n\0"),
         2, "1|2"},
        {BYTES("a\0;\0b\0\n\0"
               "1\0;\0"
               "2\0\n\0"),
         0, NULL, "ce n'est pas un texte"},
        {BYTES("a;b;c\n\"1;2;3\n4;5;6\n"), 0, NULL, "guillemet"},
        {BYTES("PK\x03\x04rest"), 0, NULL, ".xlsx"},
        {BYTES("\xd0\xcf\x11\xe0rest"), 0, NULL, ".xls"},
        {BYTES("%PDF-1.7"), 0, NULL, "PDF"},
};

static char *joined(const struct table_row *row, struct arena *arena)
{
        char *text = arena_text(arena, "");
        for (size_t i = 0; i < row->count; i++)
                text = arena_printf(arena, "%s%s%s", text, i > 0 ? "|" : "", row->cells[i]);
        return text;
}

static const struct table_row *row_numbered(const struct table *table, size_t number)
{
        for (size_t i = 0; i < table->count; i++)
                if (table->rows[i].number == number)
                        return &table->rows[i];
        fail_msg("no row %zu of %zu", number, table->count);
        return NULL;
}

static void lists_of_text(void **state)
{
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(csv); i++) {
                scoped(arena_fini) struct arena arena = {0};
                struct table table;
                struct err_info info = {0};
                int err = table_read(slice_of(csv[i].bytes, csv[i].size), &arena, &table, &info);
                if (csv[i].cells == NULL) {
                        assert_int_not_equal(err, 0);
                        assert_non_null(strstr(info.text, csv[i].why));
                        continue;
                }
                if (err != 0)
                        fail_msg("%zu: %s", i, info.text);
                assert_string_equal(joined(row_numbered(&table, csv[i].row), &arena), csv[i].cells);
        }
}

#define HEAD "Intitulé|Montant|Lancement"
#define NOTE "Lisez-moi\nUne ligne par achat"

/* The sheets of a book, and what its rows begin with where nobody can be asked; NULL: it is refused. */
static const struct {
        struct workbook_part parts[3];
        const char *cells;
} books[] = {
        {{{"F", HEAD "\nVoirie|1|2", false}}, HEAD},
        {{{"Choix", HEAD, true}, {"F", HEAD "\nVoirie|1|2", false}}, HEAD},
        {{{"Notice", NOTE, false}, {"F", HEAD "\nVoirie|1|2", false}}, HEAD},
        {{{"Notice", NOTE, false}, {"Choix", HEAD, true}, {"F", HEAD, false}}, HEAD},
        {{{"a - b - c", HEAD, false}}, HEAD},
        {{{"-------- 2 - F", "x|y|z", false}, {"F", HEAD, false}}, "x|y|z"},
        {{{"Vide", "", false}, {"F", HEAD, false}}, HEAD},
        {{{"Notice", NOTE, false}, {"Autre", "Rien\nd'autre", false}}, "Lisez-moi"},
        {{{"F", "-------- 2 - G|b|c", false}}, "-------- 2 - G|b|c"},
        {{{"É&amp;é", HEAD, false}}, HEAD},
        {{{"Choix", HEAD, true}}, NULL},
};

static void books_of_sheets(void **state)
{
        static const char path[] = "/tmp/guichet-test-variants.xlsx";
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(books); i++) {
                scoped(arena_fini) struct arena arena = {0};
                struct table table = {0};
                struct err_info info = {0};
                size_t count = 0;
                while (count < ARRAY_SIZE(books[i].parts) && books[i].parts[count].name != NULL)
                        count++;
                (void)unlink(path);
                workbook_make_of(path, books[i].parts, count);
                int file = open(path, O_RDONLY | O_CLOEXEC), spare = memfd_create("rows", MFD_CLOEXEC);
                int err = workbook_read(file, spare, &arena, &table, &info);
                assert_int_equal(close(file), 0);
                assert_int_equal(close(spare), 0);
                assert_int_equal(unlink(path), 0);
                if ((err != 0) != (books[i].cells == NULL))
                        fail_msg("%zu: %s", i, info.text);
                if (books[i].cells != NULL)
                        assert_string_equal(joined(&table.rows[table_header(&table)], &arena), books[i].cells);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(lists_of_text),
                cmocka_unit_test(books_of_sheets),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
