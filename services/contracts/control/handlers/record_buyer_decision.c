/* record_buyer_decision: the buyer's written decision is copied: its date, reference and signatory. Decides nothing.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: CaseDecided, marked as copied; the
 * buyer may decide otherwise with its account while the case is open.
 * Refuses: as DecideCase, and INVALID_FIELD (decision, decided_on, reference, signatory). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/decision.h"

struct reply handle_record_buyer_decision(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordBuyerDecision *command = (const Contracts__RecordBuyerDecision *)message;
        return decide_case(work, command->decision, command->decided_on, command->signatory);
}
