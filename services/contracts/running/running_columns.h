/* running_columns.h: the fields of a list of running contracts, as common/import/columns.h numbers them; --map and the
 * dated words of running_words.json call them by running_fields. Besides, a column whose title is a month ("janv. 2026")
 * holds the hours of that month. Pure. Called by running_list.c and the fuzzer. */
#ifndef SERVICES_CONTRACTS_RUNNING_RUNNING_COLUMNS_H
#define SERVICES_CONTRACTS_RUNNING_RUNNING_COLUMNS_H

#include "common/base/day.h"
#include "common/import/columns.h"

enum running_field {
        RUNNING_NUMBER = 1,
        RUNNING_BUYER,
        RUNNING_BUYER_NAME,
        RUNNING_OBJECT,
        RUNNING_CPV,
        RUNNING_AMOUNT,
        RUNNING_NOTIFIED,
        RUNNING_STARTS,
        RUNNING_ENDS,
        RUNNING_DURATION,
        RUNNING_TERRITORY,
        RUNNING_LOT,
        RUNNING_HOLDER,
        RUNNING_HOLDER_NAME,
        RUNNING_OWED,
        RUNNING_MONTH,
        RUNNING_HOURS,
        RUNNING_MODALITY,
        RUNNING_STRUCTURE,
        RUNNING_PERSON,
        RUNNING_CASE,
        RUNNING_CASE_ON,
        RUNNING_CASE_PERIOD,
        RUNNING_FIELDS
};
extern const char *const running_fields[RUNNING_FIELDS];

/* The columns that are months, in the order of the list. */
struct month_columns {
        struct month_column {
                size_t column;
                struct month month;
        } at[COLUMNS_MAX];
        size_t count;
};
struct month_columns running_months(const struct columns *columns);
/* The titles among `unused` that are none of these: what is told to the sender. Cut in place. */
size_t running_unused(const struct columns *columns, const struct month_columns *months, char **unused, size_t count);

#endif
