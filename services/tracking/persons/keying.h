/* keying.h: the digests of persons who came before there were any, or whose digests another key made: some persons at a
 * time, in the order of ids, until all have those of today. Run by itself as the daemon starts (hooks.c); a file whose
 * key is gone is passed over. */
#ifndef SERVICES_TRACKING_PERSONS_KEYING_H
#define SERVICES_TRACKING_PERSONS_KEYING_H

#include "common/service/work.h"

enum { KEYED_AT_ONCE = 256 };

/* Have all? Then there is nothing to do. */
bool identities_are_keyed(struct work *work);
/* Looks at those behind `after`, and records what is missing. True: there were no more, which is recorded, too; else
 * *ret_last is the last that was looked at. */
bool identities_key_some(struct work *work, struct id after, struct id *ret_last);

/* Of a person who came from another partition: pairs with those who may be she here, where there are any. */
void identity_pair_here(struct work *work, struct id id);

#endif
