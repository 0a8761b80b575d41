/* worked.h: hours into the sums, or out of them where they are negative: of a person, or turned into hours from an
 * invoice. Tracking tells them; contracts tells those that were taken over with a running contract. Sums commute, so
 * the order of the two does not matter. Work under a private contract counts in that contract's own statement, and in
 * no sum that others read. */
#ifndef SERVICES_REPORTING_PROJECTIONS_WORKED_H
#define SERVICES_REPORTING_PROJECTIONS_WORKED_H

#include "services/reporting/projections/taking.h"
#include "types.pb-c.h"

struct worked {
        const Types__Id *obligation_id;
        struct id person; /* zero: not told */
        struct month month;
        uint32_t modality;
        const char *territory;
        bool is_private;
        const Types__Day *on; /* on which it was told; NULL: the day of the record */
};
void worked_count(struct taking *taking, const struct worked *worked, int64_t hundredths);
/* Of work that is public: into the sums that others read, not into the obligation's. */
void worked_count_in_public(struct taking *taking, const struct worked *worked, int64_t hundredths);
/* The day of what is told, on the wall of the territory. */
int32_t worked_day(const struct taking *taking, const Types__Day *told, const char *territory);

/* The person and the modality are not told of these. */
void converted_count(struct taking *taking, const struct worked *converted, int64_t hundredths);
void converted_count_in_public(struct taking *taking, const struct worked *converted, int64_t hundredths);

#endif
