/* context.h: what start() reads once and every handler finds in work->context: the words of lists of partners, the
 * trades, the communes. Made by directory_start(), freed by directory_stop() (hooks.h); read by any thread, changed by
 * none. */
#ifndef SERVICES_DIRECTORY_RULES_CONTEXT_H
#define SERVICES_DIRECTORY_RULES_CONTEXT_H

#include "common/codec/dated.h"
#include "common/service/work.h"

struct communes; /* geography/communes.h */
struct trades;   /* geography/trades.h */

struct directory {
        struct dated partners_words; /* Types__ListWords */
        struct trades *trades;
        struct communes *communes; /* NULL: there is no table of them, which the log said */
};

static inline const struct directory *directory_of(const struct work *work)
{
        return work->context;
}

#endif
