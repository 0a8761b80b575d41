/* shed.h: a store in place of itself, without a page that it has freed and without what lies between the rows of one.
 * LMDB keeps the bytes of what was deleted until it writes there again; where these were a person's, they are to go. */
#ifndef COMMON_STORE_SHED_H
#define COMMON_STORE_SHED_H

#include "common/store/store.h"

/* *store is closed, and the one that is open afterwards is in its place; nobody of this process looks at it meanwhile,
 * other processes go on seeing the old file. False: it could not be copied or replaced (full disk; *why says it), and
 * is the one of before. *store NULL: it does not open any more. */
bool store_shed(const struct store_spec *spec, const char *directory, struct store **store, struct err_info *why);

#endif
