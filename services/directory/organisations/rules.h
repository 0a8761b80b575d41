/* rules.h: what start() reads once and every handler finds in work->context: the words of lists of partners. Made by
 * directory_start(), freed by directory_stop() (hooks.h); read by any thread, changed by none. */
#ifndef SERVICES_DIRECTORY_ORGANISATIONS_RULES_H
#define SERVICES_DIRECTORY_ORGANISATIONS_RULES_H

#include "common/codec/dated.h"
#include "common/service/work.h"

struct directory {
        struct dated partners_words; /* Types__ListWords */
};

static inline const struct directory *directory_of(const struct work *work)
{
        return work->context;
}

#endif
