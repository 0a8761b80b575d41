/* resume_contract: the buyer made good, the declined contract is followed again from the stage where it stood.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ContractResumed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (not declined), INVALID_FIELD (regularised_on, text). */
#include "contracts/calls.h"
#include "services/contracts/association/association.h"

#include "services/contracts/association/decline.h"
#include "services/contracts/record/loaded_contract.h"

struct reply handle_resume_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ResumeContract *command = (const Contracts__ResumeContract *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal) ||
            !resume_check(loaded.file, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ContractResumed body = CONTRACTS__CONTRACT_RESUMED__INIT;
        body.contract_id = command->contract_id;
        body.regularised_on = command->regularised_on;
        body.text = command->text;
        work_record(work, &body.base);

        Contracts__ResumeContractReply *reply = pb_new(&contracts__resume_contract_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
