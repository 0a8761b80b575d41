/* end_contract: the contract is over: completed, terminated before its term, or not renewed.
 * Caller: the contract's buyer; facilitator (of one of the contract's territories), coordinator.  Emits: ContractEnded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (ended_on, kind, reason), WRONG_STATE (ended or declined already). */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/text.h"
#include "services/contracts/control/loaded_control.h"

static bool may_end(const Contracts__EndContract *command, const struct loaded_contract *contract,
                    struct refusal *ret_refusal)
{
        Contracts__ContractStage stage = loaded_contract_stage(contract);
        if (stage == CONTRACTS__CONTRACT_STAGE__ENDED || stage == CONTRACTS__CONTRACT_STAGE__DECLINED)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              stage == CONTRACTS__CONTRACT_STAGE__ENDED ? "Ce contrat est déjà terminé."
                                                                        : "Ce contrat a été décliné : il n'est pas "
                                                                          "suivi ici.");
        if (command->kind == CONTRACTS__CONTRACT_END_KIND__END_TERMINATED && text_is_empty(command->reason))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                              "Une résiliation a un motif : écrivez-le.");
        const Types__Day *start =
                contract->record->starts_on != NULL ? contract->record->starts_on : contract->record->notified_on;
        return start == NULL || day_follows(command->ended_on, day_of(start), "ended_on", ret_refusal);
}

struct reply handle_end_contract(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__EndContract *command = (const Contracts__EndContract *)message;
        struct refusal refusal;
        struct loaded_contract contract;

        if (!loaded_contract_find(work, command->contract_id, &contract, &refusal) ||
            !may_end(command, &contract, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ContractEnded body = CONTRACTS__CONTRACT_ENDED__INIT;
        body.contract_id = command->contract_id;
        body.ended_on = command->ended_on;
        body.kind = command->kind;
        body.reason = command->reason;
        work_record(work, &body.base);

        Contracts__EndContractReply *reply = pb_new(&contracts__end_contract_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
