/* calibration_file.h: reads <rules>/calibration.json, the dated figures of calibration. Called once at start and by
 * tests. Every block must say its source ("à confirmer" where none was found); a file that does not is refused, so
 * that no figure enters without one. The file owns all that it returns. */
#ifndef SERVICES_CONTRACTS_CLAUSES_CALIBRATION_FILE_H
#define SERVICES_CONTRACTS_CLAUSES_CALIBRATION_FILE_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "services/contracts/clauses/calibration.h"

struct calibration_file {
        struct calibration_rules *versions; /* ascending valid_from, at least one */
        size_t version_count;
        struct arena arena;
};

/* 0; ERR_NOT_FOUND, ERR_CONFIG with the place in the file. */
int calibration_file_load(const char *directory, struct calibration_file *ret, struct err_info *info) ATTR_MUST_CHECK;
void calibration_file_fini(struct calibration_file *file); /* accepts a zeroed file */

/* What holds on a day: the last version valid from then or before; the first one for days before all of them. */
const struct calibration_rules *calibration_file_on(const struct calibration_file *file, struct day day);

#endif
