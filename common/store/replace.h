/* replace.h: one store in the place of another, whole or not at all. Stores that are closed. */
#ifndef COMMON_STORE_REPLACE_H
#define COMMON_STORE_REPLACE_H

#include "common/base/err.h"

/* What was made in the directory `made` becomes the store of `directory`, in one step: after a crash it is the one or
 * the other. Both lie in one file system; `made` was made durable (store_sync()) and is gone afterwards. Who still
 * looks at the old store goes on seeing it. */
int store_replace(const char *made, const char *directory, struct err_info *info) ATTR_MUST_CHECK;

/* The store's files and its directory; nothing where there is none. */
void store_remove(const char *directory);

#endif
