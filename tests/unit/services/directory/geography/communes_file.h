/* communes_file.h: a table of a few communes, as a file of its own. */
#ifndef TESTS_UNIT_SERVICES_DIRECTORY_GEOGRAPHY_COMMUNES_FILE_H
#define TESTS_UNIT_SERVICES_DIRECTORY_GEOGRAPHY_COMMUNES_FILE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/require.h"

#define FEW_COMMUNES                                                                                                   \
        "V\t6.0.0\t@etalab/decoupage-administratif\n"                                                                  \
        "D\t01\tAin\tAuvergne-Rhône-Alpes\n"                                                                          \
        "D\t31\tHaute-Garonne\tOccitanie\n"                                                                            \
        "D\t82\tTarn-et-Garonne\tOccitanie\n"                                                                          \
        "E\t200072643\tCC Cœur et Coteaux du Comminges\n"                                                             \
        "E\t243100518\tToulouse Métropole\n"                                                                          \
        "C\t31555\tToulouse\t31\t243100518\t514819\t31000 31100 31200\n"                                               \
        "C\t31483\tSaint-Gaudens\t31\t200072643\t11876\t31800\n"                                                       \
        "C\t82161\tSaint-Étienne-de-Tulmont\t82\t\t4000\t82410\n"                                                     \
        "C\t31557\tTournefeuille\t31\t243100518\t29000\t31170\n"                                                       \
        "C\t01138\tCulmont-Béon\t01\t\t700\t01350\n"                                                                  \
        "F\t01039\tBéon\t01138\n"

/* At a path of /tmp, which the caller unlinks. */
static inline void communes_file_write(const char *text, char ret_path[32])
{
        (void)snprintf(ret_path, 32, "/tmp/guichet-communes-XXXXXX");
        int fd = mkstemp(ret_path);
        require(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
}

#endif
