/* proposal_text.h: proposals as lines of a French table, on standard output: which one, the need, the state and since
 * when, who acts next, what and by when. Nobody's name is known here. */
#ifndef SERVICES_CTL_PROPOSAL_TEXT_H
#define SERVICES_CTL_PROPOSAL_TEXT_H

#include "tracking/queries.pb-c.h"

const char *proposal_state_text(Tracking__ProposalState state);
const char *proposal_actor_text(Tracking__ProposalActor actor);

void proposal_print_head(void);
void proposal_print_line(const Tracking__ProposalView *view);
void proposal_print_whole(const Tracking__ProposalView *view); /* with its steps */
const char *waiting_state_text(Tracking__WaitingState state);
void proposal_print_waiting_head(void);
void proposal_print_waiting(const Tracking__WaitingPerson *person);
void proposal_print_pathway(const Tracking__PathwayReply *pathway);

#endif
