/* codes.h: the codes of the dated lists of deploy/rules that fields of requests may hold (the publics of a clause, the
 * documents of a plan…), read once at start for validate.h, for the description of the network and for its refusals.
 * Which field holds a code of which list stands in field_rules.h. A list is of the day: a code counts from its day
 * until its last one. Lists named "…_ever" hold whatever was or will be in the list, for fields whose day stands
 * elsewhere in the request or in what is kept: there the service judges the day. */
#ifndef COMMON_CODEC_CODES_H
#define COMMON_CODEC_CODES_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/err.h"

struct code {
        const char *code;            /* "B_QPV" */
        const char *label;           /* French */
        int32_t first_day, last_day; /* day_number()s, both included */
};

struct code_list {
        const char *name;   /* "publics", as in field_rules.h */
        struct code *codes; /* in the order of the file; one may stand there again, for another time */
        size_t count;
};

struct code_lists {
        struct arena arena;
        struct code_list *lists;
        size_t count;
};

/* The lists that fields of this service's requests name; of all services where it is NULL. ERR_NOT_FOUND, ERR_CONFIG
 * with file and place. Read by any thread, changed by none. */
int codes_load(const char *directory, const char *service, struct code_lists *ret,
               struct err_info *info) ATTR_MUST_CHECK;
void codes_free(struct code_lists *lists); /* accepts a zeroed one */

const struct code_list *codes_list(const struct code_lists *lists, const char *name); /* NULL: it was not loaded */
bool code_counts(const struct code *code, struct day day);
bool codes_have(const struct code_list *list, const char *code, struct day day);

/* "écrivez CDI, CDD ou INTERIM"; false: they are too many to be named. */
enum { CODES_REMEDY_SIZE = 240 };
bool codes_name_all(const struct code_list *list, struct day day, char ret_remedy[CODES_REMEDY_SIZE]);
/* What to write in place of `text`: all of them, or the nearest one. */
void codes_remedy(const struct code_list *list, const char *text, struct day day, char ret_remedy[CODES_REMEDY_SIZE]);

/* Is there a list of that name in the table of lists? For tests of the rows that name one. */
bool codes_is_list(const char *name);

#endif
