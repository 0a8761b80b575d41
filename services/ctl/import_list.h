/* import_list.h: guichetctl import of the lists that come in batches (hours, partners, persons, programme, running), CSV
 * or .xlsx, and import undo, which takes a batch back. Each returns its exit code; failures are told on standard error,
 * in French. `argv`: what follows the word. */
#ifndef SERVICES_CTL_IMPORT_LIST_H
#define SERVICES_CTL_IMPORT_LIST_H

#include <stdbool.h>

#include "services/ctl/verb.h"

bool import_list_is(const char *word); /* a kind of list: "hours" */
int import_list(const struct verb *verb, const char *word, int argc, char **argv);
int import_undo(const struct verb *verb, int argc, char **argv);

#endif
