/* Any bytes given as a list: it is a table or an error; a table that is written back is read as it was; every cell of
 * it is text; whatever is understood of a cell is within its bounds; a row is empty, or a line that has a title and all
 * cells to mend, or none and says why. */
#include "tests/fuzz/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/dated.h"
#include "common/codec/pb.h"
#include "common/export/table_write.h"
#include "common/import/table.h"
#include "common/import/cells.h"
#include "services/contracts/programming/line_reading.h"
#include "services/contracts/programming/place_cell.h"
#include "services/contracts/programming/programme_columns.h"
#include "services/gateway/table/table_json.h"

enum { YEAR = 2027 };

static const Contracts__ProgrammeWordsVersion *words(void)
{
        static struct dated dated; /* for the life of the program */
        struct err_info info;
        if (dated.root == NULL)
                require(dated_load("deploy/rules", "programme_words", &contracts__programme_words__descriptor, &dated,
                                   &info) == 0);
        return dated_on(&dated, day_of_civil((struct civil){YEAR, 1, 1}));
}

static void check_cell(const char *cell, struct arena *arena)
{
        struct money money;
        struct day day;
        uint32_t number;
        char cpv[CELL_CPV_SIZE], siret[CELL_SIRET_SIZE], territory[TERRITORY_TEXT_SIZE];
        struct hours hours;
        struct month month;

        require(utf8_valid(cell, strlen(cell)));
        require(!cell_amount(cell, &money) || money_cents(money) >= 0);
        require(!cell_months(cell, &number) || (number >= 1 && number <= CELL_MONTHS_MAX));
        if (cell_launch(cell, YEAR, &day)) {
                struct civil civil = day_civil(day);
                require(civil.year >= CELL_YEAR_MIN && civil.year <= CELL_YEAR_MAX);
        }
        require(!cell_cpv(cell, cpv) || strlen(cpv) == 8 || strlen(cpv) == 10);
        require(!cell_lots(cell, &number) || number <= 999);
        require(!cell_hours(cell, &hours) || hours_hundredths(hours) >= 0);
        require(!cell_month(cell, &month) || day_civil(month_first_day(month)).year >= CELL_YEAR_MIN);
        require(!cell_day(cell, &day) || day_civil(day).year >= CELL_DAY_YEAR_MIN);
        require(!cell_territory(cell, territory) || territory_valid(territory));
        require(cell_siret(cell, siret) != CELL_SIRET_GOOD || strlen(siret) == CELL_SIRET_SIZE - 1);
        require(cell_place(cell, arena) != NULL);
}

/* What was not understood of a line stands in it. */
static void check_line(const struct line_reading *read, struct arena *arena)
{
        require(read->line->title[0] != '\0');
        require(read->line->n_to_mend == read->error_count);
        for (size_t i = 0; i < read->error_count; i++)
                require(read->line->to_mend[i]->text[0] != '\0');
        require(pb_encode(read->line, arena).size > 0);
}

static void check_rows(const struct table *table, struct columns *columns, struct arena *arena)
{
        struct list_reading list = {words(), columns, YEAR};
        for (size_t i = 0; i < table->count; i++) {
                Types__ListRow row = TYPES__LIST_ROW__INIT;
                row.cells = table->rows[i].cells;
                row.n_cells = table->rows[i].count;
                struct line_reading read = line_read(&list, &row, arena);
                bool is_refused = read.line == NULL && read.error_count > 0;
                require((read.line != NULL) + is_refused + read.is_empty == 1);
                if (read.line != NULL)
                        check_line(&read, arena);
        }
}

/* As the page gets it. */
static void check_json(const struct table *table)
{
        json_t *json = table_json(table);
        char *text = json_dumps(json, JSON_COMPACT);
        require(text != NULL);
        free(text);
        json_decref(json);
}

static void check_same_cells(const struct table *table, const struct table *again)
{
        size_t at = 1; /* behind the names */
        for (size_t i = 0; i < table->count; i++) {
                const struct table_row *row = &table->rows[i];
                if (row->count == 0)
                        continue;
                require(at < again->count);
                const struct table_row *read = &again->rows[at++];
                for (size_t j = 0; j < row->count; j++)
                        require(strcmp(row->cells[j], j < read->count ? read->cells[j] : "") == 0);
        }
}

/* In UTF-8, which lacks nothing. A first row that reads "sep=;" or is all empty would be taken for something else. */
static void check_written_back(const struct table *table, struct arena *arena)
{
        char *bytes = NULL;
        size_t size = 0;
        struct table again;
        struct err_info info;
        FILE *out = open_memstream(&bytes, &size);
        struct table_writer writer = {.out = out, .separator = ';', .encoding = "UTF-8", .has_mark = true};
        char *names[] = {(char *)"a", (char *)"b", (char *)"c"};

        require(out != NULL && table_write_row(&writer, names, 3) == 0);
        for (size_t i = 0; i < table->count; i++)
                if (table->rows[i].count > 0)
                        require(table_write_row(&writer, table->rows[i].cells, table->rows[i].count) == 0);
        require(fclose(out) == 0);
        if (size < TABLE_BYTES_MAX && table->count < TABLE_ROWS_MAX) {
                require(table_read(slice_of(bytes, size), arena, &again, &info) == 0);
                check_same_cells(table, &again);
        }
        free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena arena = {0};
        struct table table;
        struct err_info info;
        struct refusal refusal;

        if (table_read(slice_of(data, size), &arena, &table, &info) == 0) {
                for (size_t i = 0; i < table.count; i++)
                        for (size_t j = 0; j < table.rows[i].count; j++)
                                check_cell(table.rows[i].cells[j], &arena);
                check_written_back(&table, &arena);
                size_t header = table_header(&table);
                if (header < table.count) {
                        check_json(&table);
                        struct columns columns = {.header = table.rows[header].cells,
                                                  .count = table.rows[header].count,
                                                  .fields = PROGRAMME_FIELDS};
                        const struct mapping none = {0};
                        struct column_words of = column_words_of(programme_list_words(words(), &arena),
                                                                 programme_fields, PROGRAMME_FIELDS, &arena);
                        if (columns_resolve(of, &columns, none, none, &refusal))
                                check_rows(&table, &columns, &arena);
                }
        }
        arena_fini(&arena);
        return 0;
}
