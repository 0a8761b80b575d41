/* proposed.h: the transfer that AgreeTransfer and RefuseTransfer name, and who decides on it. Called by these two. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_PROPOSED_H
#define SERVICES_CONTRACTS_OBLIGATIONS_PROPOSED_H

#include "services/contracts/obligations/owed.h"

struct proposed {
        Contracts__TransferView *transfer;
        struct owed from, to;
        Contracts__LedgerDecision *decision; /* as it is kept */
};

/* A transfer that waits for its buyers, and a decision of one of them. False with *ret_refusal: NOT_FOUND, WRONG_STATE
 * (done or refused already), NOT_ALLOWED, INVALID_FIELD (decision). */
bool proposed_require(const struct work *work, const Types__Id *transfer, const Contracts__LedgerDecision *decision,
                      struct proposed *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
