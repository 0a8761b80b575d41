/* loaded_transfer.h: the transfer that AgreeTransfer and RefuseTransfer name, and who decides on it. Called by these
 * two. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_LOADED_TRANSFER_H
#define SERVICES_CONTRACTS_OBLIGATIONS_LOADED_TRANSFER_H

#include "services/contracts/obligations/loaded_obligation.h"

struct loaded_transfer {
        Contracts__TransferView *transfer;
        struct loaded_obligation from, to;
        Contracts__LedgerDecision *decision; /* as it is kept */
};

/* A transfer that waits for its buyers, and a decision of one of them. False with *ret_refusal: NOT_FOUND, WRONG_STATE
 * (done or refused already), NOT_ALLOWED, INVALID_FIELD (decision). */
bool loaded_transfer_require(const struct work *work, const Types__Id *transfer,
                             const Contracts__LedgerDecision *decision, struct loaded_transfer *ret,
                             struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
