/* network_file.h: the topology file of a run directory while it is being made: read as JSON, given keys, written whole.
 * For init, keygen and up. Failures are told on standard error, in French. */
#ifndef SERVICES_CTL_NETWORK_FILE_H
#define SERVICES_CTL_NETWORK_FILE_H

#include <jansson.h>
#include <stdbool.h>

#include "common/base/attr.h"

enum { CTL_PATH_SIZE = 4096 };

/* Makes them where they are missing. Whether or not: they, and all that this process makes from here on, are their
 * owner's alone. */
bool make_directories(const char *directory, const char *const *below, size_t count) ATTR_MUST_CHECK;

json_t *network_read(const char *path) ATTR_MUST_CHECK; /* a new reference, or NULL */

/* Makes keys/<name>.key where it is missing and puts the public half into the entry (an instance or a peer). */
bool network_give_keys(const char *directory, json_t *entry, bool signs) ATTR_MUST_CHECK;

/* Whether an instance signs passports: a gateway for who comes; a tracking process for itself, to give parts of what it
 * follows to others; notifications likewise, to ask accounts for what its mails carry. */
bool network_signs(const json_t *entry);
/* Networks of before have instances that sign today and did not then: puts their public halves into
 * <directory>/topology.json, where their keys lie in that directory. Nothing is written where none is missing. */
bool network_give_signatures(const char *directory) ATTR_MUST_CHECK;

/* Makes keys/persons.key and the like where they are missing: what a service's daemons share, on every machine. */
bool network_give_shared_keys(const char *directory);

/* Checks what was made as a daemon would, then replaces <directory>/topology.json at once. */
bool network_write(const char *directory, const json_t *network) ATTR_MUST_CHECK;

/* Puts a text under a name, or dies: there is no memory. */
void put_text(json_t *object, const char *name, const char *text);

#endif
