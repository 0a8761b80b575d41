/* publics.h: the eligible publics by code and label, as clauses name them (deploy/rules/publics.json, the rules of
 * eligibility, which are tracking's; here only what is said of them). Read once at start, unchanged afterwards. */
#ifndef COMMON_TEXTS_PUBLICS_H
#define COMMON_TEXTS_PUBLICS_H

#include "common/base/arena.h"
#include "common/base/err.h"

struct public_label {
        const char *code;  /* "B_QPV" */
        const char *label; /* French */
};
struct publics {
        struct arena arena;
        struct public_label *labels; /* in the order of the file, each code once */
        size_t count;
        const char *version;
};

/* Of DIRECTORY/publics.json: those that no date has closed. 0, ERR_NOT_FOUND, ERR_CONFIG with the place. */
int publics_open(const char *directory, struct publics *ret, struct err_info *info) ATTR_MUST_CHECK;
void publics_close(struct publics *publics); /* accepts a zeroed one */

const char *publics_label(const struct publics *publics, const char *code); /* NULL: there is no such public */

#endif
