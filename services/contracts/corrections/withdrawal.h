/* withdrawal.h: an act on its way to be withdrawn: whether anything rests on it, what it moves back in the ledger, and
 * the event. Called by WithdrawAct, and by UndoRunningImport, of what a list recorded of a contract. */
#ifndef SERVICES_CONTRACTS_CORRECTIONS_WITHDRAWAL_H
#define SERVICES_CONTRACTS_CORRECTIONS_WITHDRAWAL_H

#include "services/contracts/corrections/corrections.h"
#include "services/contracts/corrections/undo.h"
#include "services/contracts/obligations/loaded_obligation.h"

struct withdrawal {
        /* given */
        struct work *work;
        struct id subject;      /* whose history the act is in: a contract, an agreement, a line of a programme */
        struct act_event named; /* the event that stands for it in the history */
        struct act act;
        char *reason;
        Types__Day *withdrawn_on; /* NULL: today */
        /* planned */
        uint64_t *numbers;
        struct undo undo;
        struct postings postings;
};

/* False with *ret_refusal: it is another's to withdraw, or something rests on it, which is named. Nothing is written. */
bool withdrawal_plan(struct withdrawal *w, struct refusal *ret_refusal) ATTR_MUST_CHECK;
void withdrawal_record(const struct withdrawal *w);

#endif
