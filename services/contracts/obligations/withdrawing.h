/* withdrawing.h: what withdrawing one of the room's events (or another's that posts) moves in the ledger, and in the
 * sums of orders and invoices. Called by corrections/. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_WITHDRAWING_H
#define SERVICES_CONTRACTS_OBLIGATIONS_WITHDRAWING_H

#include "contracts/events.pb-c.h"
#include "services/contracts/obligations/loaded_obligation.h"

/* An event that is to be withdrawn, and its number. */
struct leaving {
        const Contracts__Event *event;
        uint64_t number;
};

/* Added to `postings`: the opposite of what the event posted; of an order, an invoice or an amendment the difference to
 * what the others make without it. False: work was counted on the obligation that the event opened. */
bool withdrawing_postings(const struct work *work, const struct leaving *leaving, struct postings *postings,
                          struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Who owes the hours without that assignment: as an assignment to it. NULL: the event is none. */
Contracts__ObligationAssigned *withdrawing_holder(const struct work *work, const struct leaving *leaving);

/* For apply() only: sums of orders and invoices, and who owes the hours, once the rows are set back. */
void withdrawing_sums(const struct change *change, const Contracts__Event *event);

#endif
