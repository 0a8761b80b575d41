/* directory.h: one that is closed where its variable ends: scoped(close_directory) DIR *directory = opendir(…). And one
 * that is there afterwards. */
#ifndef COMMON_BASE_DIRECTORY_H
#define COMMON_BASE_DIRECTORY_H

#include <dirent.h>
#include <stddef.h>

#include "common/base/attr.h"
#include "common/base/err.h"

static inline void close_directory(DIR **directory)
{
        if (*directory != NULL)
                (void)closedir(*directory);
}

/* With those that it lies in, each its owner's only. ERR_CONFIG: the path is too long; or -errno. */
int directory_make(const char *path, struct err_info *info) ATTR_MUST_CHECK;

#endif
