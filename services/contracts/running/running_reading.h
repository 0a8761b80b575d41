/* running_reading.h: one row of a list of running contracts, its cells brought to what they say. Pure: knows no
 * contract. Called by running_list.c and the fuzzer. All is in the arena. */
#ifndef SERVICES_CONTRACTS_RUNNING_RUNNING_READING_H
#define SERVICES_CONTRACTS_RUNNING_RUNNING_READING_H

#include "common/codec/refusal.h"
#include "common/import/cells.h"
#include "common/import/row_reading.h"
#include "contracts/control.pb-c.h"
#include "contracts/takeover.pb-c.h"
#include "services/contracts/running/running_columns.h"

/* What all rows of a list share. */
struct running_reading {
        struct row_list rows;
        const Types__ListWordsVersion *words;
        struct month_columns months;
        const char *buyer_siret; /* of the rows that tell none; "": each must */
};

/* Hours, and the column that tells them. */
struct running_hours {
        Contracts__HoursSoFar *told;
        size_t column;
};

/* Texts: "" where nothing is told; messages: NULL. */
struct running_row {
        struct row_reading cells; /* with what is wrong in it; nothing else holds where something is */
        bool is_empty;            /* no cell is filled, or it is a sum of rows above it */
        const char *number, *object, *buyer_name, *cpv, *holder_name;
        const char *buyer_siret, *holder_siret;
        const char *territory;
        uint32_t lot, duration_months; /* 0: not told */
        Types__Day *notified_on, *starts_on, *ends_on;
        Types__Money *amount;
        Types__Hours *owed;
        struct running_hours *hours;
        size_t hours_count;
        Contracts__CaseGround ground; /* of the open case; unknown: none */
        Types__Day *case_on, *case_period;
};

struct running_row running_read(const struct running_reading *reading, const Types__ListRow *row, struct arena *arena);

/* What the rules of the single command `command` ("OpenContract") refuse, at the cell that is at fault. */
void running_refuse(struct running_row *row, const char *command, const struct refusal *refusal);
/* The same of hours, which a column of a month may tell. */
void running_refuse_hours(struct running_row *row, size_t column, const struct refusal *refusal);

#endif
