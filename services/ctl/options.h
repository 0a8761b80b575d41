/* options.h: the options of a verb, as a table of where their values go. Values are borrowed from argv. */
#ifndef SERVICES_CTL_OPTIONS_H
#define SERVICES_CTL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/attr.h"
#include "common/base/nearest.h"
#include "services/ctl/verb.h"

/* One of the three is set. --name TEXT, --name NUMBER (at most number_max), --name. */
struct option_row {
        const char *name; /* with its dashes */
        const char **text;
        uint64_t *number;
        uint64_t number_max;
        bool *flag;
};

struct options {
        const struct option_row *rows;
        size_t count;
        int words_min; /* words that are not options: what the verb works on */
        int words_max;
};

/* Moves the words to the front of argv. How many there are, or -1 after a complaint that names the remedy. */
int options_parse(const struct verb *verb, const struct options *options, int argc, char **argv) ATTR_MUST_CHECK;

/* What the failure is, for the exit code; the last one counts. Returns CTL_FAILED. */
int failed_as(int code);
int failure_code(void); /* CTL_FAILED where nobody has noted more */

/* "guichetctl: …" on standard error; returns CTL_FAILED. */
int complain(const char *format, ...) ATTR_FORMAT(1, 2);
/* The same, and where help is; returns CTL_MISUSED. */
int misused(const struct verb *verb, const char *format, ...) ATTR_FORMAT(2, 3);

/* How a complaint about a name ends: with the one that was meant, or with a full stop. */
const char *hint_or_stop(const struct nearest *nearest, char ret_hint[NEAREST_HINT_SIZE]);

#endif
