/* directory.h: a directory that is closed where its variable ends: scoped(close_directory) DIR *directory = opendir(…).
 */
#ifndef COMMON_BASE_DIRECTORY_H
#define COMMON_BASE_DIRECTORY_H

#include <dirent.h>
#include <stddef.h>

#include "common/base/attr.h"

static inline void close_directory(DIR **directory)
{
        if (*directory != NULL)
                (void)closedir(*directory);
}

#endif
