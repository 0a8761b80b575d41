/* reactions.h: what the notifications daemon does when something happened elsewhere. Called by the
 * runtime, once for each event, in its order. They record NoticePosted or AccountsTold and change nothing else. */
#ifndef SERVICES_NOTIFICATIONS_REACTIONS_REACTIONS_H
#define SERVICES_NOTIFICATIONS_REACTIONS_REACTIONS_H

#include "common/service/work.h"
#include "accounts/events.pb-c.h"
#include "contracts/events.pb-c.h"
#include "tracking/events.pb-c.h"

void on_link_given(struct work *work, const Accounts__LinkGiven *given);
void on_link_asked_again(struct work *work, const Accounts__LinkAskedAgain *asked);
void on_link_disowned(struct work *work, const Accounts__LinkDisowned *disowned);
void on_account_mail_due(struct work *work, const Accounts__MailDue *due);
void on_need_declared(struct work *work, const Contracts__NeedDeclared *need);
void on_action_recorded(struct work *work, const Tracking__ActionRecorded *recorded);
void on_action_moved(struct work *work, const Tracking__ActionMoved *moved);
void on_presence_stated(struct work *work, const Tracking__PresenceStated *stated);
void on_changed_by_another(struct work *work, const struct event *event, Types__ChangedByAnother *change);
void on_eligibility_decided(struct work *work, const Tracking__EligibilityDecided *decided);
void on_eligibility_suspended(struct work *work, const Tracking__EligibilitySuspended *suspended);
void on_eligibility_resumed(struct work *work, const Tracking__EligibilityResumed *resumed);
void on_eligibility_struck(struct work *work, const Tracking__EligibilityStruck *struck);
void on_placement_opened(struct work *work, const Tracking__PlacementOpened *opened);
void on_proposal_made(struct work *work, const Tracking__ProposalMade *made);
void on_proposal_moved(struct work *work, const Tracking__ProposalMoved *moved);
void on_proposal_company_changed(struct work *work, const Tracking__ProposalCompanyChanged *changed);
void on_proposal_corrected(struct work *work, const Tracking__ProposalCorrected *corrected);
void on_placement_changed(struct work *work, const Tracking__PlacementChanged *changed);
void on_evidence_moved(struct work *work, const Tracking__EvidenceMoved *moved);
void on_evidence_taken_back(struct work *work, const Tracking__EvidenceTakenBack *taken_back);
void on_placement_ended(struct work *work, const Tracking__PlacementEnded *ended);
void on_placement_end_corrected(struct work *work, const Tracking__PlacementEndCorrected *corrected);
void on_placement_reopened(struct work *work, const Tracking__PlacementReopened *reopened);
void on_beneficiary_relocated(struct work *work, const Tracking__BeneficiaryRelocated *relocated);
void on_outcome_recorded(struct work *work, const Tracking__OutcomeRecorded *recorded);

#endif
