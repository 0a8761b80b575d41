/* resume_execution: the work goes on: the suspensions that run end the day before.
 * Caller: the contract's buyer; facilitator (of one of the contract's territories), coordinator.  Emits:
 * ExecutionResumed. Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (resumed_on), WRONG_STATE (nothing is suspended). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/loaded_control.h"

static bool runs_on(const Contracts__Suspension *suspension, const Types__Day *day)
{
        return suspension->from->days < day->days && (suspension->to == NULL || suspension->to->days >= day->days);
}

static bool may_resume(const Contracts__ResumeExecution *command, const struct loaded_contract *contract,
                       struct refusal *ret_refusal)
{
        for (size_t i = 0; contract->file != NULL && i < contract->file->n_suspensions; i++)
                if (runs_on(contract->file->suspensions[i], command->resumed_on))
                        return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "resumed_on",
                      "Aucune suspension ne court ce jour-là : vérifiez la date de reprise.");
}

struct reply handle_resume_execution(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ResumeExecution *command = (const Contracts__ResumeExecution *)message;
        struct refusal refusal;
        struct loaded_contract contract;

        if (!loaded_contract_find(work, command->contract_id, &contract, &refusal) ||
            !may_resume(command, &contract, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ExecutionResumed body = CONTRACTS__EXECUTION_RESUMED__INIT;
        body.contract_id = command->contract_id;
        body.resumed_on = command->resumed_on;
        body.reference = command->reference;
        work_record(work, &body.base);

        Contracts__ResumeExecutionReply *reply = pb_new(&contracts__resume_execution_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
