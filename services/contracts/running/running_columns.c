#include "services/contracts/running/running_columns.h"

#include <string.h>

#include "common/import/cells.h"

_Static_assert((int)RUNNING_FIELDS <= (int)COLUMN_FIELDS_MAX, "columns.h has room for the fields of running contracts");

const char *const running_fields[RUNNING_FIELDS] = {
        [0] = "",
        [RUNNING_NUMBER] = "number",
        [RUNNING_BUYER] = "buyer",
        [RUNNING_BUYER_NAME] = "buyer-name",
        [RUNNING_OBJECT] = "object",
        [RUNNING_CPV] = "cpv",
        [RUNNING_AMOUNT] = "amount",
        [RUNNING_NOTIFIED] = "notified",
        [RUNNING_STARTS] = "starts",
        [RUNNING_ENDS] = "ends",
        [RUNNING_DURATION] = "duration",
        [RUNNING_TERRITORY] = "territory",
        [RUNNING_LOT] = "lot",
        [RUNNING_HOLDER] = "holder",
        [RUNNING_HOLDER_NAME] = "holder-name",
        [RUNNING_OWED] = "owed",
        [RUNNING_MONTH] = "month",
        [RUNNING_HOURS] = "hours",
        [RUNNING_MODALITY] = "modality",
        [RUNNING_STRUCTURE] = "structure",
        [RUNNING_PERSON] = "person",
        [RUNNING_CASE] = "case",
        [RUNNING_CASE_ON] = "case-on",
        [RUNNING_CASE_PERIOD] = "case-period",
};

static bool is_field(const struct columns *columns, size_t column)
{
        for (int field = 1; field < columns->fields; field++)
                if (columns->of[field] == (int)column)
                        return true;
        return false;
}

struct month_columns running_months(const struct columns *columns)
{
        struct month_columns months = {.count = 0};
        for (size_t i = 0; i < columns->count && i < COLUMNS_MAX; i++) {
                struct month month;
                if (!is_field(columns, i) && cell_month(columns->header[i], &month))
                        months.at[months.count++] = (struct month_column){i, month};
        }
        return months;
}

static bool is_month(const struct columns *columns, const struct month_columns *months, const char *title)
{
        for (size_t i = 0; i < months->count; i++)
                if (strcmp(columns->header[months->at[i].column], title) == 0)
                        return true;
        return false;
}

size_t running_unused(const struct columns *columns, const struct month_columns *months, char **unused, size_t count)
{
        size_t kept = 0;
        for (size_t i = 0; i < count; i++)
                if (!is_month(columns, months, unused[i]))
                        unused[kept++] = unused[i];
        return kept;
}
