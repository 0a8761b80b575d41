/* relocation.h: whose a relocation is, and what may be done with it. Called by handlers and rights.c. */
#ifndef SERVICES_TRACKING_RELOCATIONS_RELOCATION_H
#define SERVICES_TRACKING_RELOCATIONS_RELOCATION_H

#include "common/service/rights.h"
#include "common/service/work.h"
#include "services/tracking/relocations/relocations_rows.h"

/* As named_thing.standing. CHANGE: of those who take the file; of those who give it. READ: of the other side. */
enum standing relocation_taking(const struct work *work, const struct named *named);
enum standing relocation_giving(const struct work *work, const struct named *named);

/* NULL after a refusal: it is answered already. */
Tracking__RelocationRow *relocation_that_waits(const struct work *work, struct id id, struct refusal *ret);

/* Her file is the other department's: all files of hers that are merged. */
void relocation_record(struct work *work, struct id id, const Tracking__RelocationRow *row);

#endif
