/* best.h: the few that fit best of many that are offered, one after the other: the lower rank first, then the greater
 * weight, then by the name. A thing is kept once, whatever it is offered by. */
#ifndef SERVICES_DIRECTORY_WORDS_BEST_H
#define SERVICES_DIRECTORY_WORDS_BEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BEST_MAX = 100 };

struct offer {
        const void *thing; /* told apart by its address */
        const char *name;  /* of the caller, as long as it is kept */
        unsigned rank;
        uint32_t weight;
};

struct best {
        struct offer offers[BEST_MAX];
        size_t count, most; /* `most`: set by the caller, BEST_MAX at most */
        bool more;          /* were offered, than are kept */
};

void best_offer(struct best *best, const struct offer *offer);

#endif
