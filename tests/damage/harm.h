/* harm.h: one damage to one store, key file or document of a stopped network, chosen by a seed. */
#ifndef TESTS_DAMAGE_HARM_H
#define TESTS_DAMAGE_HARM_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/world.h"

struct harm_place {
        const char *directory; /* the run directory: stores/ and keys/ */
        const char *older;     /* a copy of it, of an earlier moment */
        const char *const *instances;
        size_t count;
        struct world *world; /* seeded: the same seed, the same damage */
};

struct harm {
        const char *victim; /* an instance; of two that were exchanged, the first */
        bool of_pages;      /* what the file holds was changed, not which file it is */
        bool of_document;   /* one that a table names: it must be told */
        char told[320];     /* what was done, for whoever reads */
};

void harm_do(const struct harm_place *place, struct harm *ret);

#endif
