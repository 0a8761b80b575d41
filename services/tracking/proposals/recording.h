/* recording.h: what happens to a proposal is recorded: the step with what follows from it by the rules of its day,
 * words sealed with the person's key. Called by the handlers of the room, after its rules have said yes. */
#ifndef SERVICES_TRACKING_PROPOSALS_RECORDING_H
#define SERVICES_TRACKING_PROPOSALS_RECORDING_H

#include "common/service/work.h"
#include "services/tracking/proposals/proposal.h"

const Tracking__ProposalVersion *proposal_rules(const struct work *work); /* of today */

/* A step as somebody says it; `words`, `correction` are free text on the person, or NULL. */
struct proposal_said {
        Tracking__ProposalState state;
        const Types__Day *on;
        const char *code;
        const Types__Day *until;
        char *words;
        char *correction;
};
/* No social security number in its words; words where the code is OTHER. False with *ret. */
bool proposal_words_are_sound(const struct proposal_said *said, struct refusal *ret) ATTR_MUST_CHECK;
/* Is the code one of the state's list today, and there where it must be? `field` is that of the request. */
bool proposal_code_is_sound(const struct work *work, const struct proposal_said *said, const char *field,
                            struct refusal *ret) ATTR_MUST_CHECK;

/* What follows from it too; `row` NULL: of a new one. */
Tracking__ProposalStep *proposal_step(const struct work *work, const struct proposal_said *said,
                                      struct proposal_people people);
/* The words of a step, sealed; empty where there are none. 0, or the error of work_seal(). */
int proposal_seal(struct work *work, struct id proposal, struct id beneficiary, const struct proposal_said *said,
                  struct slice *ret_sealed) ATTR_MUST_CHECK;

/* ProposalMoved, and the answer to the command. `structure`, `company`: who sees it from now on, NULL: as before. */
struct proposal_sent_to {
        Types__Id *company, *structure;
};
struct reply proposal_record(struct work *work, struct id id, const Tracking__ProposalRow *row,
                             const struct proposal_said *said, struct proposal_sent_to to);
struct reply proposal_reply(struct work *work, const Tracking__ProposalStep *step);
/* The day, or that of the last step where it is later: before it would be no history. */
Types__Day *proposal_not_before(const struct work *work, const Tracking__ProposalRow *row, struct day day);
/* By itself, without anybody who acts. */
void proposal_record_expiry(struct work *work, struct id id, const Tracking__ProposalRow *row);
void proposal_record_need_closed(struct work *work, struct id id, const Tracking__ProposalRow *row,
                                 const Types__Day *closed_on);

/* Another company owes the hours of its need. */
void proposal_record_company(struct work *work, struct id id, const Tracking__ProposalRow *row, Types__Id *company);

struct reply reply_no_proposal(struct work *work);

#endif
