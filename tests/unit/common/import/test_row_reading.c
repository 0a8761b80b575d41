/* The cells of a row by their fields, and what is wrong with them. */
#include "tests/lib/engine_fixture.h"

#include "common/import/row_reading.h"

enum { NAME = 1, HOURS = 2, NOTE = 3, FIELDS };

static char *header[] = {(char *)"Nom", (char *)"Heures"};
static char *empty[] = {(char *)"N.C."};
static const struct columns columns = {
        .header = header, .count = 2, .fields = FIELDS, .of = {[NAME] = 0, [HOURS] = 1, [NOTE] = -1}};
static const struct row_list list = {&columns, empty, 1};

static void test_cells(void **state)
{
        char *cells[] = {(char *)"  Dupont\nJean ", (char *)"nc"};
        Types__ListRow row = TYPES__LIST_ROW__INIT;
        struct arena arena = {0};
        (void)state;
        row.cells = cells;
        row.n_cells = 2;
        struct row_reading r = row_begin(&list, &row, &arena);
        assert_string_equal(row_cell(&r, NAME), "Dupont Jean");
        assert_null(row_cell(&r, HOURS)); /* not told */
        assert_null(row_cell(&r, NOTE));  /* no column */
        assert_int_equal(row_count_told(&r), 1);
        assert_int_equal(row_count_columns(&r), 2);
        row.n_cells = 1; /* a spreadsheet leaves the last ones out */
        assert_null(row_cell(&r, HOURS));
        arena_fini(&arena);
}

static void test_errors(void **state)
{
        char text[ROW_TEXT_MAX + 2], *cells[] = {text};
        Types__ListRow row = TYPES__LIST_ROW__INIT;
        struct arena arena = {0};
        (void)state;
        memset(text, 'x', sizeof(text) - 1);
        text[sizeof(text) - 1] = '\0';
        row.cells = cells;
        row.n_cells = 1;
        struct row_reading r = row_begin(&list, &row, &arena);
        assert_non_null(row_text(&r, NAME));
        assert_string_equal(row_text(&r, NOTE), "");
        row_wrong(&r, NOTE, "", "manque");
        assert_int_equal(r.error_count, 2);
        assert_string_equal(r.errors[0]->column, "Nom");
        assert_string_equal(r.errors[0]->cell + 60, "…"); /* its beginning alone */
        assert_string_equal(r.errors[1]->column, "");
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_cells), cmocka_unit_test(test_errors)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
