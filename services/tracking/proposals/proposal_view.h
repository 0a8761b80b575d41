/* proposal_view.h: a proposal as each may see it. A company and a structure are never told who it is nor what has gone
 * before: a label, the need, what is to be done, and until when she is eligible. In the work's arena. */
#ifndef SERVICES_TRACKING_PROPOSALS_PROPOSAL_VIEW_H
#define SERVICES_TRACKING_PROPOSALS_PROPOSAL_VIEW_H

#include "common/service/work.h"
#include "tracking/proposals.pb-c.h"

/* The reader has been found to see it (proposals_access.h). */
Tracking__ProposalView *view_of_proposal(const struct work *work, struct id id, const Tracking__ProposalRow *row);
/* With its steps, where the reader may know what has gone before. */
Tracking__ProposalView *view_of_whole_proposal(const struct work *work, struct id id, const Tracking__ProposalRow *row);

#endif
