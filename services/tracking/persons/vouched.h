/* vouched.h: when a person is eligible by all that was decided on her, in whichever of her files: what counts in one
 * counts in all, and a refusal or a suspension in one holds for all. Decisions of several files follow each other in
 * the order of their days. Reads rows; records nothing. All in the arena. */
#ifndef SERVICES_TRACKING_PERSONS_VOUCHED_H
#define SERVICES_TRACKING_PERSONS_VOUCHED_H

#include "services/tracking/persons/identity_rows.h"

struct vouched {
        struct period *periods; /* in which she is eligible */
        size_t period_count;
        struct period *whole; /* in which she would be, had nothing been suspended */
        size_t whole_count;
        struct period *suspended; /* not ended: until the last of all days */
        size_t suspended_count;
        struct day *refused; /* from when on she was refused */
        size_t refused_count;
};
/* `row`: this file's, as it will be; NULL: as it is. */
void vouched_of(struct txn *txn, struct id beneficiary, const Tracking__EligibilityRow *row, struct arena *arena,
                struct vouched *ret);

#endif
