/* contract_life.h: from when to when there is the contract whose hours are done: nothing is worked for it before it
 * begins, nor after it has ended. Reads copies; called by the rooms whose acts have days. */
#ifndef SERVICES_TRACKING_COPIES_CONTRACT_LIFE_H
#define SERVICES_TRACKING_COPIES_CONTRACT_LIFE_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/store/store.h"
#include "tracking/state.pb-c.h"

struct contract_life {
        bool has_begun;   /* it is known when */
        struct day first; /* notified, or begun where that was earlier */
        bool has_ended;
        struct day last;
};

/* Of the contract of an obligation; NULL, or of a contract that is not known here: nothing is known of it. */
struct contract_life contract_life_of(struct txn *txn, const Tracking__ObligationCopy *obligation, struct arena *arena);

/* Why none of the days from first to last are in it, French, with the remedy, in the arena; NULL: some are. */
char *contract_life_outside(const struct contract_life *life, struct day first, struct day last, struct arena *arena);

#endif
