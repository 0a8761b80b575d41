/* import_hours.h: the lists of a year that both sides of scripts/bench import-hours read. */
#ifndef TESTS_BENCH_IMPORT_HOURS_H
#define TESTS_BENCH_IMPORT_HOURS_H

#include "bench.h"
#include "common/base/id.h"

enum {
        IMPORT_MONTHS = 12,
        IMPORT_FIRST_DAY = 20423, /* 2025-12-01: since then they work */
        IMPORT_FIRST_MONTH = 671, /* December 2025, to November 2026 */
        IMPORT_BATCH = 1000,      /* rows of one transaction of PostgreSQL */
        IMPORT_PATH_SIZE = 512,
};

struct hours_files {
        char paths[IMPORT_MONTHS][IMPORT_PATH_SIZE]; /* a month's list: a row a placement */
        const struct id *placements;
        size_t placement_count;
};

/* Rows a second, from the file to the commit; 0: there is no PostgreSQL. */
double postgresql_import_hours(const struct harness *context, const struct hours_files *files);

#endif
