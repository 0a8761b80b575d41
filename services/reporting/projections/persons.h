/* persons.h: persons, counted once a year and once over all years, by all and by modality, whatever number of files
 * they have. Whoever worked in several departments counts in the first of them by its code, so that the order in which
 * partitions tell of it does not matter. */
#ifndef SERVICES_REPORTING_PROJECTIONS_PERSONS_H
#define SERVICES_REPORTING_PROJECTIONS_PERSONS_H

#include "services/reporting/store.h"

struct hours_change {
        uint32_t year;
        uint32_t modality;
        int64_t hundredths;
        const char *territory;
};

/* Hours of this file of hers are more by so many. */
void persons_change(struct txn *txn, struct arena *arena, struct id beneficiary, const struct hours_change *change);
/* Two files are of one person (by 1), or are so no more (by -1). */
void persons_link(struct txn *txn, struct arena *arena, struct id id, struct id other, int32_t by);

#endif
