/* suspension.h: until when suspensions run, and whom they stop: the whole contract, a lot, or one company of it. Pure.
 */
#ifndef SERVICES_CONTRACTS_RECORD_SUSPENSION_H
#define SERVICES_CONTRACTS_RECORD_SUSPENSION_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "contracts/file.pb-c.h"

struct stopped {
        uint32_t lot;         /* 0: the whole contract */
        struct id obligation; /* zero: all of the lot */
};
struct stopped stopped_by(const Contracts__Suspension *suspension);
bool stopped_covers(const struct stopped *all, const struct stopped *part);

/* Its last day: as was decided, or the day before the first resumption that falls into it, told in any order; absent:
 * still open. */
Types__Day *suspension_last(const Contracts__ContractFile *file, const Contracts__Suspension *suspension,
                            struct arena *arena);

/* The first of the file (its `to` filled in) that stops, on a day of this one, somebody whom this one stops; NULL:
 * none. Itself does not count. */
const Contracts__Suspension *suspension_met(const Contracts__ContractFile *file,
                                            const Contracts__Suspension *suspension);

#endif
