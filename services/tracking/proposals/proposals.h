/* proposals.h: what the other rooms ask of proposals: a placement closes the one that it names, a referral for a need
 * makes one, a need that closes or a contract that passes to another company changes those that are open. */
#ifndef SERVICES_TRACKING_PROPOSALS_PROPOSALS_H
#define SERVICES_TRACKING_PROPOSALS_PROPOSALS_H

#include "common/service/work.h"
#include "tracking/events.pb-c.h"
#include "tracking/state.pb-c.h"

/* From apply_beneficiary_erased(): all of hers go. */
void proposals_forget(const struct change *change, struct id beneficiary);
/* From apply_restriction_changed(), before her row is put: while her file is restricted none of hers ends by
 * silence; of those that are open the clock goes on afterwards where it stood. `restricted_at_ms`: when it began, of
 * a lifted one. */
void proposals_pause(const struct change *change, struct id beneficiary, bool restricted, int64_t restricted_at_ms);
/* From apply_placement_opened(). */
void proposal_placed(const struct change *change, const Tracking__PlacementOpened *opened);

/* OpenPlacement names a proposal: of this person, for a need of this obligation, open. Fills in the two fields of the
 * event; false with *ret. No proposal named: true. */
bool proposal_may_be_placed(struct work *work, const Tracking__OpenPlacement *command,
                            Tracking__PlacementOpened *opened, struct refusal *ret) ATTR_MUST_CHECK;

/* A person was referred for a need just now: where the need is known here, open, and the actor may know of it, she is
 * proposed for it. False: she is not; nothing is recorded. */
bool proposal_with_referral(struct work *work, struct id beneficiary, const Types__Id *need, struct id *ret_proposal);

/* Emits ProposalMoved of those that a need leaves behind which is closed, ProposalCompanyChanged of those of an
 * obligation that another company has taken over. */
void proposals_react_contracts(struct work *work, const struct event *event);

/* Of a person who came from another partition: what contracts has said since of her needs and companies. */
void proposals_settle(struct work *work, struct id person);

#endif
