/* proposals_access.h: whose a proposal is, and what of it each may see. The facilitators of the person's territory and
 * her prescriber follow it; the company and the structure that it was sent to see it as long as it is theirs to answer
 * or they have taken her: one that is refused, withdrawn or silent has left their view. Called at "Security:". */
#ifndef SERVICES_TRACKING_PROPOSALS_PROPOSALS_ACCESS_H
#define SERVICES_TRACKING_PROPOSALS_PROPOSALS_ACCESS_H

#include "common/service/rights.h"
#include "common/service/work.h"
#include "services/tracking/proposals/proposal.h"

/* Is who acts the company or the structure of it? Whether it may see it is another question. */
bool proposal_is_partner(const Wire__Passport *actor);
/* Is it in a state that its company and its structure see? */
bool proposal_is_shown_to_partners(const Tracking__ProposalRow *row);
/* May who acts see it at all? */
bool proposal_may_be_seen(const struct work *work, const Tracking__ProposalRow *row);
/* May she know which company looks for whom: not a prescriber, of a private contract. */
bool proposal_shows_company(const struct work *work, const Tracking__ProposalRow *row);

/* As named_thing.standing. */
enum standing proposal_standing(const struct work *work, const struct named *named);
enum standing proposed_person_standing(const struct work *work, const struct named *named);
enum standing need_standing(const struct work *work, const struct named *named);

#endif
