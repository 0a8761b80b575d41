/* suspend_execution: the buyer stops the work by its own order, from a day on: of the whole contract, of a lot or of
 * one company; nobody declared a difficulty for it. The days count neither in the calendar nor in the progress.
 * Caller: the contract's buyer; facilitator (of one of the contract's territories) or coordinator for it, with the
 * reference of the order and who signed.  Emits: ExecutionSuspended.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (from, to, lot, obligation_id, reason, ordered_on, reference,
 * signatory), WRONG_STATE (days that are suspended already, a contract that is declined). */
#include "contracts/calls.h"

#include "services/contracts/control/suspending.h"
#include "services/contracts/record/contract.h"

static bool may_suspend(const struct work *work, const Contracts__SuspendExecution *command,
                        const struct loaded_contract *contract, Contracts__Suspension *asked,
                        struct refusal *ret_refusal)
{
        asked->from = command->from;
        asked->decided_to = command->to;
        asked->lot = command->lot;
        asked->obligation_id = command->obligation_id;
        return contract_admits(contract->file, ret_refusal) && suspending_whom(work, contract, asked, ret_refusal) &&
               suspending_admits(work, contract, asked, ret_refusal) &&
               signed_by_buyer(work, command->reference, command->signatory, ret_refusal);
}

struct reply handle_suspend_execution(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__SuspendExecution *command = (const Contracts__SuspendExecution *)message;
        Contracts__Suspension asked = CONTRACTS__SUSPENSION__INIT;
        struct loaded_contract contract;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &contract, &refusal) ||
            !may_suspend(work, command, &contract, &asked, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ExecutionSuspended body = CONTRACTS__EXECUTION_SUSPENDED__INIT;
        body.contract_id = command->contract_id;
        body.obligation_id = asked.obligation_id;
        body.lot = asked.lot;
        body.from = command->from;
        body.to = command->to;
        body.reason = command->reason;
        body.ordered_on = command->ordered_on != NULL ? command->ordered_on : day_to(work->arena, work->today);
        body.reference = command->reference;
        body.recorded_for_buyer = !acts_as_buyer(work);
        work_record_sealed(work, &body.base, sealed_signature(work, command->signatory));

        Contracts__SuspendExecutionReply *reply = pb_new(&contracts__suspend_execution_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
