/* silence.h: a proposal of which nobody says anything ends by itself: a job (common/service/jobs.h) among those of the
 * persons' clocks, due at the instant that its last step tells. */
#ifndef SERVICES_TRACKING_PROPOSALS_SILENCE_H
#define SERVICES_TRACKING_PROPOSALS_SILENCE_H

#include "common/service/jobs.h"

enum { JOB_SILENCE = 45 }; /* stands in keys */

/* From apply(): it ends then; 0: never by itself. */
void silence_wait(struct txn *txn, struct id proposal, int64_t at_ms);

extern const struct job_kind silence_job;
void silence_look(struct work *work, const struct job *job); /* the job itself: its record(). Emits ProposalMoved */

#endif
