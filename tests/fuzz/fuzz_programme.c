/* Any bytes given as a buyer's list: it is a table or an error; every cell of it is text; whatever is understood of a
 * cell is within its bounds; a row is a line, or empty, or has errors. */
#include "tests/fuzz/replay.h"

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/dated.h"
#include "common/codec/pb.h"
#include "common/import/table.h"
#include "common/import/cells.h"
#include "services/contracts/programming/line_reading.h"
#include "services/contracts/programming/place_cell.h"
#include "services/contracts/programming/programme_columns.h"

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
        char cpv[CELL_CPV_SIZE], siret[CELL_SIRET_SIZE];
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
        require(cell_siret(cell, siret) != CELL_SIRET_GOOD || strlen(siret) == CELL_SIRET_SIZE - 1);
        require(cell_place(cell, arena) != NULL);
}

static void check_rows(const struct table *table, struct columns *columns, struct arena *arena)
{
        struct list_reading list = {words(), columns, YEAR};
        for (size_t i = 0; i < table->count; i++) {
                Types__ListRow row = TYPES__LIST_ROW__INIT;
                row.cells = table->rows[i].cells;
                row.n_cells = table->rows[i].count;
                struct line_reading read = line_read(&list, &row, arena);
                require((read.line != NULL) + (read.error_count > 0) + read.is_empty == 1);
                if (read.line != NULL)
                        require(pb_encode(read.line, arena).size > 0);
        }
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
                size_t header = table_header(&table);
                if (header < table.count) {
                        struct columns columns = {.header = table.rows[header].cells,
                                                  .count = table.rows[header].count};
                        struct programme_mappings none = {0};
                        if (programme_columns_resolve(words(), &none, &arena, &columns, &refusal))
                                check_rows(&table, &columns, &arena);
                }
        }
        arena_fini(&arena);
        return 0;
}
