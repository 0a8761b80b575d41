/* stored.h: a condition on bytes that this store gave back, which we wrote ourselves: only a damaged file breaks it (or
 * a bug). The process ends as on a page that LMDB cannot read, by SIGBUS, so that whoever knows which store it is has
 * the last word on both (common/service/guard.h). */
#ifndef COMMON_STORE_STORED_H
#define COMMON_STORE_STORED_H

#include <signal.h>
#include <stdlib.h>

#include "common/base/attr.h"

static inline ATTR_NORETURN void stored_failed(void)
{
        (void)raise(SIGBUS);
        abort(); /* somebody ignores the signal */
}

#define require_stored(condition) ((condition) ? (void)0 : stored_failed())

#endif
