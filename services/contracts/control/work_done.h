/* work_done.h: who did the hours of obligations: tracking's placements and the persons whose hours were taken over, by
 * ids, so that whoever worked under several counts once. Called by the final statement. */
#ifndef SERVICES_CONTRACTS_CONTROL_WORK_DONE_H
#define SERVICES_CONTRACTS_CONTROL_WORK_DONE_H

#include "common/service/work.h"
#include "contracts/control.pb-c.h"

/* What one placement, or one person taken over, did in one modality. */
struct work_share {
        struct id person; /* zero: not told, and counted as nobody */
        uint32_t modality;
        uint32_t placements;
        uint32_t tutored, tutor_contacts;
        int64_t hundredths, training_hundredths;
};
struct work_shares {
        struct work_share *at; /* in the arena of the work */
        size_t count;
};

/* Adds those of an obligation. */
void work_shares_add(const struct work *work, struct id obligation, struct work_shares *shares);
/* Of those from place `first` on. In the arena. */
Contracts__WorkDone *work_done_view(const struct work *work, const struct work_shares *shares, size_t first);

/* "3 personnes différentes", then a line for each modality, training, tutors: lines of a document that begin with a
 * dash. In the arena. */
char *work_done_told(const struct work *work, const Contracts__WorkDone *done);

#endif
