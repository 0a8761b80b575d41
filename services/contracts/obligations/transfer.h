/* transfer.h: when hours may pass from one obligation to another: between the members of a group, who share one
 * clause, or between contracts of one company (globalisation; the same SIREN). Pure. Called by ProposeTransfer, and
 * again by AgreeTransfer, because hours were done meanwhile. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_TRANSFER_H
#define SERVICES_CONTRACTS_OBLIGATIONS_TRANSFER_H

#include "common/codec/refusal.h"
#include "contracts/obligations.pb-c.h"
#include "services/contracts/ledger/ledger.h"

/* Between which obligations; NOT what each still owes. */
bool transfer_kind(const Contracts__ObligationRecorded *from, const Contracts__ObligationRecorded *to,
                   Contracts__TransferKind *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* No more passes on, or is waived, than what is still owed; `what` is owed is told in the refusal. */
bool transfer_hours(struct hours hours, const struct ledger *from, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Whose agreement is still missing: of the transfer's buyers those without an entry in its agreements. */
size_t transfer_missing(const Contracts__TransferView *transfer, char **ret_sirets);

#endif
