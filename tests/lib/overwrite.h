/* overwrite.h: damage done to a file where some bytes stand in it, as a bad disk would. */
#ifndef TESTS_LIB_OVERWRITE_H
#define TESTS_LIB_OVERWRITE_H

#include "common/base/slice.h"

/* Writes `bytes` at `offset` from the beginning of each place where the file has `found`. How many places. */
size_t overwrite(const char *path, struct slice found, long offset, struct slice bytes);

#endif
