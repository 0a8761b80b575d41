/* communes.h: the communes of today, what they were called and by which codes before, and the groups of communes
 * (EPCI), departments and regions that they are in. Read at the start from the lines that data/compile.mjs makes of the
 * npm package @etalab/decoupage-administratif, a millésime a year:
 *
 *   V  version  source                 once, first
 *   D  code  name  region              a department
 *   E  code  name                      an EPCI
 *   C  code  name  department  EPCI code  population  postcodes with blanks between
 *   F  code  name  code of today       a commune that was merged, or another code of one that there is
 *
 * Read by any thread, changed by none. */
#ifndef SERVICES_DIRECTORY_GEOGRAPHY_COMMUNES_H
#define SERVICES_DIRECTORY_GEOGRAPHY_COMMUNES_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "services/directory/words/word_list.h"

struct commune {
        const char *code, *name, *territory, *epci_code, *postcodes; /* "" where there is none */
        const char *department, *region, *epci;                      /* by their names */
        uint32_t population;
};

struct communes;

/* ERR_NOT_FOUND: there is no such file. ERR_CONFIG: it is not one of these; `info` names the line. */
int communes_load(const char *path, struct communes **ret, struct err_info *info) ATTR_MUST_CHECK;
void communes_free(struct communes *communes); /* accepts NULL */

const char *communes_version(const struct communes *communes); /* "6.0.0", and who made them */
const char *communes_source(const struct communes *communes);

/* The commune of today that this code is of, or was; NULL: of none. */
const struct commune *communes_of_code(const struct communes *communes, const char *code);
/* struct commune, by words of a name, or by the beginning of a postcode or of a code; `territory` "": everywhere. */
void communes_find(const struct communes *communes, const char *words, const char *territory, size_t most,
                   struct best *ret);

#endif
