/* refuse_transfer: one buyer concerned does not agree: no hour passes, whoever had agreed.
 * Caller: buyer of one of the contracts; facilitator, coordinator with the reference and date of its written refusal.
 * Emits: TransferRefused.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (decision, reason), WRONG_STATE (done or
 * refused already). */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include "services/contracts/obligations/loaded_transfer.h"

struct reply handle_refuse_transfer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RefuseTransfer *command = (const Contracts__RefuseTransfer *)message;
        struct loaded_transfer loaded;
        struct refusal refusal;

        if (!loaded_transfer_require(work, command->transfer_id, command->decision, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__TransferRefused body = CONTRACTS__TRANSFER_REFUSED__INIT;
        body.contract_id = loaded.transfer->from_contract_id;
        body.other_contract_id = loaded.transfer->to_contract_id;
        body.transfer_id = loaded.transfer->transfer_id;
        body.decision = loaded.decision;
        body.reason = command->reason;
        work_record(work, &body.base);

        Contracts__RefuseTransferReply *reply = pb_new(&contracts__refuse_transfer_reply__descriptor, work->arena);
        reply->state = CONTRACTS__TRANSFER_STATE__TRANSFER_REFUSED;
        return reply_ok(work, reply);
}
