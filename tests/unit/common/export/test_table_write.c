/* What is written back is read as it was: cells, separator, encoding. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "common/export/table_write.h"
#include "common/import/table.h"

static char *cells[] = {(char *)"Élodie \"Lili\"",
                        (char *)"1;2,3",
                        (char *)"deux\nlignes",
                        (char *)"",
                        (char *)" x",
                        (char *)"x\t",
                        (char *)"35 €"};
enum { CELLS = sizeof(cells) / sizeof(*cells) };

static void comes_back(const char *encoding, char separator, bool has_mark)
{
        char *bytes = NULL;
        size_t size = 0;
        struct arena arena = {0};
        struct table table;
        struct err_info info = {0};
        FILE *out = open_memstream(&bytes, &size);
        struct table_writer writer = {.out = out, .separator = separator, .encoding = encoding, .has_mark = has_mark};
        assert_non_null(out);
        for (int i = 0; i < 3; i++)
                assert_int_equal(table_write_row(&writer, cells, CELLS), 0);
        assert_int_equal(fclose(out), 0);
        if (table_read(slice_of(bytes, size), &arena, &table, &info) != 0)
                fail_msg("%s", info.text);
        assert_string_equal(table.encoding, encoding);
        assert_int_equal(table.separator, separator);
        assert_int_equal(table.has_mark, has_mark);
        assert_int_equal(table.count, 3);
        for (size_t i = 0; i < CELLS; i++)
                assert_string_equal(table.rows[2].cells[i], cells[i]);
        free(bytes);
        arena_fini(&arena);
}

static void test_as_it_came(void **state)
{
        (void)state;
        comes_back("UTF-8", ';', false);
        comes_back("UTF-8", ',', true);
        comes_back("Windows-1252", ';', false);
        comes_back("UTF-16", '\t', true);
}

/* Cells that hold more commas than rows have cells: whoever reads it finds the separator all the same. */
static void test_the_separator_is_found_again(void **state)
{
        char *bytes = NULL, *commas[] = {(char *)"a,b,c,d,e,f", (char *)"1"};
        size_t size = 0;
        struct arena arena = {0};
        struct table table;
        struct err_info info = {0};
        (void)state;
        FILE *out = open_memstream(&bytes, &size);
        struct table_writer writer = {.out = out, .separator = ';', .encoding = "UTF-8"};
        for (int i = 0; i < 3; i++)
                assert_int_equal(table_write_row(&writer, commas, 2), 0);
        assert_int_equal(fclose(out), 0);
        assert_int_equal(table_read(slice_of(bytes, size), &arena, &table, &info), 0);
        assert_int_equal(table.separator, ';');
        assert_string_equal(table.rows[2].cells[0], commas[0]);
        free(bytes);
        arena_fini(&arena);
}

static void test_what_an_encoding_lacks(void **state)
{
        char *bytes = NULL, *odd[] = {(char *)"a\u2603b", (char *)"é"};
        size_t size = 0;
        (void)state;
        FILE *out = open_memstream(&bytes, &size);
        struct table_writer writer = {.out = out, .separator = ';', .encoding = "Windows-1252"};
        assert_int_equal(table_write_row(&writer, odd, 2), 0);
        assert_int_equal(fclose(out), 0);
        assert_string_equal(bytes, "a?b;\xe9\r\n");
        free(bytes);
}

static void test_a_full_disk(void **state)
{
        FILE *out = fopen("/dev/full", "we");
        struct table_writer writer = {.out = out, .separator = ';', .encoding = "UTF-8"};
        (void)state;
        assert_non_null(out);
        (void)setvbuf(out, NULL, _IONBF, 0);
        assert_int_not_equal(table_write_row(&writer, cells, CELLS), 0);
        (void)fclose(out);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_as_it_came),
                cmocka_unit_test(test_the_separator_is_found_again),
                cmocka_unit_test(test_what_an_encoding_lacks),
                cmocka_unit_test(test_a_full_disk),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
