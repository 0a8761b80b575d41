/* Lists as spreadsheets save them: encodings, separators, quotes; what is no list. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/import/table.h"

#define TEXT(literal) literal, sizeof(literal) - 1

static struct arena arena;

static int clear(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static struct table reads(const char *bytes, size_t size)
{
        struct table table;
        struct err_info info = {0};
        if (table_read(slice_of(bytes, size), &arena, &table, &info) != 0)
                fail_msg("%s", info.text);
        return table;
}

static void has_row(const struct table *table, size_t row, uint32_t number, const char *cells)
{
        char *rest = arena_text(&arena, cells), *one;
        assert_true(row < table->count);
        assert_int_equal(table->rows[row].number, number);
        size_t i = 0;
        for (; (one = strsep(&rest, "|")) != NULL; i++) {
                assert_true(i < table->rows[row].count);
                assert_string_equal(table->rows[row].cells[i], one);
        }
        assert_int_equal(table->rows[row].count, i);
}

static void semicolons_and_quotes(void **state)
{
        static const char text[] = "Réf;Intitulé;Montant\r\n"
                                   "1;\"École « Jean-Jaurès »; lot 1\";\"1 200 000,00 €\"\r\n"
                                   "\r\n"
                                   "2;\"dit \"\"le grand\"\"\n et le petit\"; 12 \r\n"
                                   "3;sans fin de ligne;";
        (void)state;
        struct table table = reads(text, sizeof(text) - 1);
        assert_string_equal(table.encoding, "UTF-8");
        assert_int_equal(table.separator, ';');
        assert_int_equal(table.count, 5);
        has_row(&table, 0, 1, "Réf|Intitulé|Montant");
        has_row(&table, 1, 2, "1|École « Jean-Jaurès »; lot 1|1 200 000,00 €");
        assert_int_equal(table.rows[2].count, 0);
        has_row(&table, 3, 4, "2|dit \"le grand\"\n et le petit|12");
        has_row(&table, 4, 5, "3|sans fin de ligne|");
}

static void encodings(void **state)
{
        static const char latin[] = "Intitul\xe9;Montant\nEntretien;350 k\x80\n";
        static const char marked[] = "\xef\xbb\xbfIntitulé;Montant\nEntretien;350 k€\n";
        static const char wide[] = "\xff\xfeI\0n\0t\0\xe9\0\t\0M\0\r\0\n\0a\0\t\0\xac\x20\n\0";
        (void)state;
        struct table table = reads(latin, sizeof(latin) - 1);
        assert_string_equal(table.encoding, "Windows-1252");
        has_row(&table, 0, 1, "Intitulé|Montant");
        has_row(&table, 1, 2, "Entretien|350 k€");
        table = reads(marked, sizeof(marked) - 1);
        assert_string_equal(table.encoding, "UTF-8");
        has_row(&table, 0, 1, "Intitulé|Montant");
        table = reads(wide, sizeof(wide) - 1);
        assert_string_equal(table.encoding, "UTF-16");
        has_row(&table, 0, 1, "Inté|M");
        has_row(&table, 1, 2, "a|€");
        table = reads(TEXT("a;\x81\n\xe9;b\n")); /* a byte that Windows-1252 has no sign for */
        has_row(&table, 0, 1, "a|?");
}

static void separators(void **state)
{
        static const char commas[] = "Objet,Montant,Durée\n\"Peinture, sols\",\"1,2 M€\",12\nToiture,350 k€,6\n";
        static const char tabs[] = "Objet\tMontant\nPeinture, sols; murs\t1,2 M€\nToiture, zinc\t3,5 k€\n";
        static const char decimals[] = "Objet;Montant\nPeinture;1,2 M€\nSols, murs;3,4 M€\n";
        static const char told[] = "sep=|\nObjet|Montant\nPeinture;sols|1,2\n";
        (void)state;
        struct table table = reads(commas, sizeof(commas) - 1);
        has_row(&table, 1, 2, "Peinture, sols|1,2 M€|12");
        table = reads(tabs, sizeof(tabs) - 1);
        has_row(&table, 1, 2, "Peinture, sols; murs|1,2 M€");
        table = reads(decimals, sizeof(decimals) - 1);
        assert_int_equal(table.separator, ';');
        table = reads(told, sizeof(told) - 1);
        assert_int_equal(table.separator, '|');
        assert_string_equal(table.rows[1].cells[0], "Peinture;sols");
}

static void the_header_is_found(void **state)
{
        static const char titled[] = ";;\nProgramme 2027 de la ville;;\n;;\nRéf;Intitulé;Montant\n1;École;12\n";
        (void)state;
        struct table table = reads(titled, sizeof(titled) - 1);
        assert_int_equal(table_header(&table), 3);
        table = reads(TEXT("Objet;Montant\nÉcole;12\n"));
        assert_int_equal(table_header(&table), 0);
        table = reads(TEXT("Objet\nÉcole\n"));
        assert_int_equal(table_header(&table), 0);
        table = reads(TEXT("\n;\n"));
        assert_int_equal(table_header(&table), table.count);
        table = reads(TEXT(""));
        assert_int_equal(table_header(&table), 0);
        assert_int_equal(table.count, 0);
}

static void is_no_list(const char *bytes, size_t size, const char *why)
{
        struct table table;
        struct err_info info = {0};
        assert_int_equal(table_read(slice_of(bytes, size), &arena, &table, &info), ERR_MALFORMED);
        if (strstr(info.text, why) == NULL)
                fail_msg("« %s », not « %s »", info.text, why);
}

static void what_is_no_list(void **state)
{
        (void)state;
        is_no_list(TEXT("PK\x03\x04 and the rest"), ".xlsx");
        is_no_list(TEXT("\xd0\xcf\x11\xe0 and the rest"), ".xls");
        is_no_list(TEXT("%PDF-1.7\n"), "PDF");
        is_no_list(TEXT("a;b\0c;d\n"), "pas un texte");
        is_no_list(TEXT("Réf;Intitulé\n1;\"École\n2;Crèche\n"), "ligne 2");
        enum { ROWS = TABLE_ROWS_MAX + 2 };
        char *rows = malloc(2 * ROWS);
        assert_non_null(rows);
        for (size_t i = 0; i < ROWS; i++)
                memcpy(rows + 2 * i, "a\n", 2);
        is_no_list(rows, 2 * ROWS, "50 000");
        memset(rows, ';', ROWS);
        is_no_list(rows, ROWS, "200 colonnes");
        free(rows);
}

static void files(void **state)
{
        char path[] = "/tmp/guichet-table-XXXXXX";
        struct table table;
        struct err_info info = {0};
        (void)state;
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        assert_int_equal(write(fd, "Objet;Montant\n", 14), 14);
        assert_int_equal(close(fd), 0);
        assert_int_equal(table_open(path, &arena, &table, &info), 0);
        has_row(&table, 0, 1, "Objet|Montant");
        assert_int_equal(unlink(path), 0);
        assert_true(table_open(path, &arena, &table, &info) < 0);
        assert_true(info.text[0] != '\0');
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_teardown(semicolons_and_quotes, clear),
                cmocka_unit_test_teardown(encodings, clear),
                cmocka_unit_test_teardown(separators, clear),
                cmocka_unit_test_teardown(the_header_is_found, clear),
                cmocka_unit_test_teardown(what_is_no_list, clear),
                cmocka_unit_test_teardown(files, clear),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
