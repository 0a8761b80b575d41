/* lock.h: one process writes a store. A lock on its directory (flock), which the kernel gives back with the process, so
 * that nothing is left to clean after kill -9. store_open() takes it; what replaces a store's file takes it too. Who
 * only looks needs none. */
#ifndef COMMON_STORE_LOCK_H
#define COMMON_STORE_LOCK_H

#include "common/base/err.h"

/* The directory must be there. ERR_CONFIG: another process has it. */
int store_lock(const char *directory, int *ret_lock, struct err_info *info) ATTR_MUST_CHECK;
void store_unlock(int *lock); /* accepts -1, and leaves it */

#endif
