/* Any bytes given as a list of running contracts: each row is passed over, or has errors that each name a remedy, or
 * says which contract it is about, with numbers, days and hours within their bounds. */
#include "tests/fuzz/replay.h"

#include <string.h>

#include "common/base/require.h"
#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/dated.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/import/table.h"
#include "services/contracts/running/running_reading.h"

enum { YEAR = 2026, LOT_MAX = 999 };

static const Types__ListWordsVersion *words(void)
{
        static struct dated dated; /* for the life of the program */
        struct err_info info;
        if (dated.root == NULL)
                require(dated_load("deploy/rules", "running_words", &types__list_words__descriptor, &dated, &info) ==
                        0);
        return dated_on(&dated, day_of_civil((struct civil){YEAR, 1, 1}));
}

static void check_hours(const struct running_row *row, const struct columns *columns)
{
        for (size_t i = 0; i < row->hours_count; i++) {
                const Contracts__HoursSoFar *told = row->hours[i].told;
                require(row->hours[i].column < columns->count);
                require(told->hours->hundredths >= 0 && month_valid(month_of(told->month)));
                require(told->structure_siret[0] == '\0' || siret_valid(told->structure_siret));
                require(utf8_valid(told->person, strlen(told->person)));
        }
}

static void check_row(const struct running_row *row, const struct columns *columns)
{
        for (size_t i = 0; i < row->cells.error_count; i++)
                require(row->cells.errors[i]->text[0] != '\0');
        if (row->is_empty || row->cells.error_count > 0)
                return;
        require(row->number[0] != '\0' && siret_valid(row->buyer_siret));
        require(row->holder_siret[0] == '\0' || siret_valid(row->holder_siret));
        require(row->territory[0] == '\0' || territory_valid(row->territory));
        require(row->lot <= LOT_MAX && row->duration_months <= CELL_MONTHS_MAX);
        require(row->owed == NULL || row->owed->hundredths >= 0);
        require(row->amount == NULL || row->amount->cents >= 0);
        require((row->ground != CONTRACTS__CASE_GROUND__CASE_GROUND_UNKNOWN) == (row->case_on != NULL));
        check_hours(row, columns);
}

static void check_rows(const struct table *table, const struct columns *columns, struct arena *arena)
{
        const struct running_reading reading = {
                {columns, words()->empty, words()->n_empty}, words(), running_months(columns), ""};
        for (size_t i = 0; i < table->count; i++) {
                Types__ListRow from = TYPES__LIST_ROW__INIT;
                from.cells = table->rows[i].cells;
                from.n_cells = table->rows[i].count;
                struct running_row row = running_read(&reading, &from, arena);
                check_row(&row, columns);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena arena = {0};
        struct table table;
        struct err_info info;
        struct refusal refusal;

        if (table_read(slice_of(data, size), &arena, &table, &info) == 0 && table_header(&table) < table.count) {
                const struct table_row *header = &table.rows[table_header(&table)];
                struct columns columns = {.header = header->cells, .count = header->count, .fields = RUNNING_FIELDS};
                const struct mapping none = {0};
                if (columns_resolve(column_words_of(words(), running_fields, RUNNING_FIELDS, &arena), &columns, none,
                                    none, &refusal))
                        check_rows(&table, &columns, &arena);
        }
        arena_fini(&arena);
        return 0;
}
