/* demo_tables.h: what the demo region is made of: communes, trades, invented names, read from the files of deploy/demo.
 * Texts are borrowed from the JSON documents, which the tables own. Failures are told on standard error, in French. */
#ifndef SERVICES_CTL_DEMO_TABLES_H
#define SERVICES_CTL_DEMO_TABLES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/attr.h"

enum { DEMO_FILES = 5 };

struct demo_tables {
        json_t *files[DEMO_FILES];
        const json_t *communes; /* lists */
        const json_t *trades;
        const json_t *places, *women, *men, *family;
        const json_t *buyers, *companies, *structures, *prescribers;
        const json_t *publics;
};

/* Where deploy/demo is: below the working directory, or beside the build. */
bool demo_directory(char *ret_path, size_t size) ATTR_MUST_CHECK;
/* `directory` NULL: that one. */
bool demo_tables_load(const char *directory, struct demo_tables *ret) ATTR_MUST_CHECK;
void demo_tables_free(struct demo_tables *tables);

const char *table_text(const json_t *list, size_t index); /* of a list of texts, round and round */
const char *table_member(const json_t *list, size_t index, const char *member); /* of a list of objects; "" if absent */
int table_number(const json_t *list, size_t index, const char *member, int absent);

#endif
