/* A row of a list of running contracts, cell by cell: what it says, or what is wrong at which column. */
#include "services/contracts/running/running_reading.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/dated.h"
#include "common/codec/pb.h"

static struct arena arena;
static struct dated dated;

static const Types__ListWordsVersion *words(void)
{
        struct err_info info;
        if (dated.root == NULL)
                assert_int_equal(
                        dated_load("deploy/rules", "running_words", &types__list_words__descriptor, &dated, &info), 0);
        return dated_on(&dated, day_of_civil((struct civil){2026, 10, 1}));
}

static char *header[] = {(char *)"Numéro",
                         (char *)"SIRET acheteur",
                         (char *)"Lot",
                         (char *)"Mois",
                         (char *)"Heures",
                         (char *)"Modalité",
                         (char *)"Dossier de contrôle",
                         (char *)"Dossier ouvert le",
                         (char *)"janvier 2026"};
enum { COLUMNS = ARRAY_SIZE(header) };

static struct running_row read_cells(const char *const cells[COLUMNS])
{
        static struct columns columns;
        static struct running_reading reading;
        struct refusal refusal;
        Types__ListRow *row = pb_new(&types__list_row__descriptor, &arena);
        const struct mapping none = {0};
        columns = (struct columns){.header = header, .count = COLUMNS, .fields = RUNNING_FIELDS};
        assert_true(columns_resolve(column_words_of(words(), running_fields, RUNNING_FIELDS, &arena), &columns, none,
                                    none, &refusal));
        reading = (struct running_reading){
                {&columns, words()->empty, words()->n_empty}, words(), running_months(&columns), ""};
        row->cells = (char **)(uintptr_t)cells;
        row->n_cells = COLUMNS;
        return running_read(&reading, row, &arena);
}

static void test_a_row(void **state)
{
        static const char *const cells[COLUMNS] = {"A1",  "21310555400017",  "Lot 3",      "12/2025", "35",
                                                   "MAD", "retard d'heures", "01/02/2026", "70,5"};
        (void)state;
        struct running_row row = read_cells(cells);
        assert_int_equal(row.cells.error_count, 0);
        assert_string_equal(row.number, "A1");
        assert_int_equal(row.lot, 3);
        assert_int_equal(row.hours_count, 2);
        assert_int_equal(row.hours[1].column, COLUMNS - 1);
        assert_int_equal(row.hours[1].told->hours->hundredths, 7050);
        assert_int_equal(row.hours[0].told->modality, TYPES__MODALITY__STAFF_PROVIDED);
        assert_int_equal(row.ground, CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS);
        assert_non_null(row.case_on);
}

static void test_what_is_empty(void **state)
{
        static const char *const empty[COLUMNS] = {"", " ", "-", "NC", "", "", "", "", ""};
        static const char *const sum[COLUMNS] = {"Total", "", "", "", "105,5", "", "", "", "70,5"};
        static const char *const month[COLUMNS] = {"", "", "", "", "", "", "", "", "12"};
        (void)state;
        assert_true(read_cells(empty).is_empty);
        assert_true(read_cells(sum).is_empty);
        assert_false(read_cells(month).is_empty); /* hours of whom? */
        assert_int_equal(read_cells(month).cells.error_count, 2);
}

/* A rule of a command names its field as JSON does; hours of a month's column are told at that column. */
static void test_refusals_at_their_cell(void **state)
{
        static const char *const cells[COLUMNS] = {"A1", "21310555400017", "3", "", "", "", "", "", "70,5"};
        struct refusal refusal;
        (void)state;
        struct running_row row = read_cells(cells);
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.buyer_siret", "un");
        running_refuse(&row, "OpenContract", &refusal);
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours.hours", "deux");
        running_refuse_hours(&row, row.hours[0].column, &refusal);
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contractor_siret", "trois"); /* has no column */
        running_refuse(&row, "RecordObligation", &refusal);
        assert_int_equal(row.cells.error_count, 3);
        assert_string_equal(row.cells.errors[0]->column, "SIRET acheteur");
        assert_string_equal(row.cells.errors[1]->column, "janvier 2026");
        assert_string_equal(row.cells.errors[1]->cell, "70,5");
        assert_string_equal(row.cells.errors[2]->column, "Numéro");
}

static int stop(void **state)
{
        (void)state;
        dated_fini(&dated);
        arena_fini(&arena);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_row),
                cmocka_unit_test(test_what_is_empty),
                cmocka_unit_test(test_refusals_at_their_cell),
        };
        return cmocka_run_group_tests(tests, NULL, stop);
}
