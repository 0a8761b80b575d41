/* import_verb.h: guichetctl import as a person runs it, for integration tests: a list in a file below the network's
 * directory, the verb, and what it printed, which is kept until the next run. $GUICHET_BIN says where guichetctl is. */
#ifndef TESTS_LIB_IMPORT_VERB_H
#define TESTS_LIB_IMPORT_VERB_H

#include "tests/lib/network.h"

/* import WORD WHAT --dir … MORE: its exit code. */
int import_verb(struct network *network, const char *word, const char *what, const char *more);
void import_shows(const char *text);           /* in what it printed, or the test fails */
char *import_batch_shown(struct arena *arena); /* the id of the import */
char *import_file(struct network *network, struct arena *arena, const char *name, const char *text); /* its path */
char *import_file_text(const char *path, struct arena *arena);

#endif
