/* proposal.h: the rules on a proposal, one person for one need: which state may follow which, from which day, what each
 * is called, and what follows from it: who acts next, by when, and when silence ends it. Pure: no store, no clock.
 * Called by the handlers and views of the room. */
#ifndef SERVICES_TRACKING_PROPOSALS_PROPOSAL_H
#define SERVICES_TRACKING_PROPOSALS_PROPOSAL_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "common/codec/dated.h"
#include "common/codec/refusal.h"
#include "tracking/proposals.pb-c.h"

enum {
        PROPOSAL_STEPS_MAX = 200, /* of one, corrections too; bounds the row */
        PROPOSALS_OF_A_PERSON_MAX = 200,
        PROPOSAL_AHEAD_DAYS_MAX = 731, /* postponed */
        PROPOSAL_LABEL_SIZE = 8,
};

/* At start: every version says of each state that is open who acts. 0 or ERR_CONFIG. */
int proposal_rules_check(const struct dated *dated, struct err_info *info) ATTR_MUST_CHECK;

/* What all call it who know no name: "3FA9C1". */
void proposal_label(struct id proposal, char ret_label[PROPOSAL_LABEL_SIZE]);
const char *proposal_state_word(Tracking__ProposalState state); /* French: "rencontrée" */
const char *proposal_reason_label(const Tracking__ProposalVersion *rules, const Tracking__ProposalStep *step);

/* The last step is the one that stands. */
const Tracking__ProposalStep *proposal_last(const Tracking__ProposalRow *row);
bool proposal_is_open(const Tracking__ProposalRow *row);
/* Was it ever sent, as far as what stands tells? */
bool proposal_was_sent(const Tracking__ProposalRow *row);
/* The step that stands before the last one; NULL: there is none. */
const Tracking__ProposalStep *proposal_step_before(const Tracking__ProposalRow *row);
/* The state that it goes back to when it goes on. */
Tracking__ProposalState proposal_state_to_resume(const Tracking__ProposalRow *row);

/* What somebody says that happened. */
struct proposal_move {
        Tracking__ProposalState to;
        const Types__Day *on;
        const char *day_field; /* of the request, for a refusal */
        const Types__Day *until;
        bool is_resumed;
};
bool proposal_may_move(const Tracking__ProposalRow *row, const struct proposal_move *move,
                       struct refusal *ret) ATTR_MUST_CHECK;
/* The same of what takes the place of the last step. */
bool proposal_may_correct(const Tracking__ProposalRow *row, const struct proposal_move *move,
                          struct refusal *ret) ATTR_MUST_CHECK;

/* Fills in what follows from the step's state and days: who acts, by when, until when it waits. */
struct proposal_people {
        bool has_prescriber, has_company, has_structure; /* that can act here themselves; else a facilitator does */
};
void proposal_follow_up(const Tracking__ProposalVersion *rules, struct proposal_people people, int64_t now_ms,
                        Tracking__ProposalStep *step, struct arena *arena);
/* What is to be done about somebody of whom nothing goes on; NULL: nothing. */
const Tracking__WaitingRule *proposal_waiting_rule(const Tracking__ProposalVersion *rules,
                                                   Tracking__WaitingState state);
const char *proposal_action(const Tracking__ProposalVersion *rules, const Tracking__ProposalStep *step); /* French */

#endif
