/* hours_words.h: why hours were sent back, or others vouched for than were stated: free text near a person, so sealed
 * with her key. Where her key is gone nothing is kept of it; where her file is restricted it is not opened. */
#ifndef SERVICES_TRACKING_HOURS_HOURS_WORDS_H
#define SERVICES_TRACKING_HOURS_HOURS_WORDS_H

#include "common/service/work.h"
#include "services/tracking/placements/placement.h"

/* Empty where there are no words, or the person is erased. Errors of work_seal(). */
int hours_words_seal(struct work *work, const struct placement *placement, char *reason,
                     struct slice *ret_sealed) ATTR_MUST_CHECK;
/* NULL: the key is destroyed, or does not hold. */
char *hours_words_open(const struct work *work, const struct placement *placement, struct slice sealed);

#endif
