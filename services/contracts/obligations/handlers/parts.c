/* parts.c: optional tranches and renewals of a contract: as it says them, and what the buyer decides. */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include "services/contracts/obligations/loaded_obligation.h"
#include "services/contracts/obligations/parts.h"
#include "services/contracts/obligations/parts_job.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/loaded_contract.h"

/* put_contract_part: a tranche or a renewal as the contract says it, with what each obligation then owes more. CLAUSE
 * -> DUE where its day has passed already; else on that day.
 * Caller: facilitator (of one of the contract's departments), coordinator.  Emits: ContractPartPut.
 * Refuses: NOT_FOUND (contract, an obligation), NOT_ALLOWED, INVALID_FIELD (kind, rank, hours, the three days),
 * ALREADY_EXISTS (that kind and rank), WRONG_STATE (contract ended or declined; too many; hours that follow from
 * invoices). */
static bool is_open(const struct loaded_contract *contract, struct refusal *ret_refusal)
{
        char text[DAY_TEXT_SIZE];
        if (!loaded_contract_has_ended(contract))
                return contract_admits(contract->file, ret_refusal);
        day_format(day_of(contract->file->ended_on), text);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                      "Ce contrat est terminé depuis le %s : annulez d'abord sa fin (WithdrawAct), dites ce qui l'a "
                      "précédée, puis mettez-y fin de nouveau.",
                      text);
}

static bool is_named_twice(const Contracts__PutContractPart *command, size_t i)
{
        for (size_t k = 0; k < i; k++)
                if (id_equal(id_of(command->hours[k]->obligation_id), id_of(command->hours[i]->obligation_id)))
                        return true;
        return false;
}

static bool may_owe(const struct work *work, const Contracts__PutContractPart *command, size_t i,
                    struct refusal *ret_refusal)
{
        struct loaded_obligation loaded;
        if (!loaded_obligation_find(work, command->hours[i]->obligation_id, "hours.obligation_id", &loaded,
                                    ret_refusal))
                return false;
        if (!id_equal(id_of(loaded.obligation->contract_id), id_of(command->contract_id)) || is_named_twice(command, i))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours.obligation_id",
                              "Donnez les obligations de ce contrat, chacune une fois : celle de %.100s n'en est pas, "
                              "ou s'y trouve deux fois.",
                              loaded.obligation->contractor_name);
        return !loaded.obligation->by_invoices ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "hours.obligation_id",
                      "Les heures de cet accord-cadre suivent ses factures : une reconduction n'en change que la fin, "
                      "laissez les heures vides.");
}

static Contracts__ContractPart *part_of(const struct work *work, const Contracts__PutContractPart *command)
{
        Contracts__ContractPart *part = pb_new(&contracts__contract_part__descriptor, work->arena);
        part->kind = command->kind;
        part->rank = command->rank;
        part->title = command->title;
        part->hours = command->hours;
        part->n_hours = command->n_hours;
        part->decide_by = command->decide_by;
        part->starts_on = command->starts_on;
        part->ends_on = command->ends_on;
        return part;
}

struct reply handle_put_contract_part(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PutContractPart *command = (const Contracts__PutContractPart *)message;
        Contracts__ContractPart *part = part_of(work, command);
        struct loaded_contract contract;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &contract, &refusal) || !is_open(&contract, &refusal) ||
            !parts_check(contract.file, part, &refusal))
                return reply_refusal(work, &refusal);
        for (size_t i = 0; i < command->n_hours; i++)
                if (!may_owe(work, command, i, &refusal))
                        return reply_refusal(work, &refusal);

        Contracts__ContractFile *file = contracts_file_of(work->txn, work->arena, command->contract_id);
        parts_add(file, part, work->arena);
        Contracts__ContractPartPut body = CONTRACTS__CONTRACT_PART_PUT__INIT;
        body.contract_id = command->contract_id;
        body.part = part;
        struct postings postings = parts_postings(work, file, parts_name(work->arena, part));
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);

        Contracts__PutContractPartReply *reply = pb_new(&contracts__put_contract_part_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        reply->state = parts_state(file, part, work->today);
        reply->postings = body.postings;
        reply->n_postings = body.n_postings;
        return reply_ok(work, reply);
}

/* decide_contract_part: the buyer affirms a tranche by its order of service, renews the contract, or lets it go. CLAUSE
 * -> DUE where the part has begun by that; back, where a renewal that had begun was given up in time.
 * Caller: buyer of the contract; facilitator, coordinator with the reference and date of its written decision.
 * Emits: ContractPartDecided.  Refuses: NOT_FOUND (contract, part), NOT_ALLOWED, INVALID_FIELD (kind, rank, choice,
 * decision; after its last day), WRONG_STATE (decided already, contract ended). */
static bool decision_of(const struct work *work, const Contracts__DecideContractPart *command,
                        const struct loaded_contract *contract, Contracts__LedgerDecision **ret,
                        struct refusal *ret_refusal)
{
        char siret[SIRET_TEXT_SIZE];
        const struct decider decider = decider_acting(work, &contract->record->buyer_siret, 1, siret);
        return decision_check(command->decision, &decider, work->arena, ret, ret_refusal);
}

struct reply handle_decide_contract_part(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DecideContractPart *command = (const Contracts__DecideContractPart *)message;
        Contracts__ContractPartDecided body = CONTRACTS__CONTRACT_PART_DECIDED__INIT;
        struct loaded_contract contract;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &contract, &refusal) || !is_open(&contract, &refusal) ||
            !decision_of(work, command, &contract, &body.decision, &refusal))
                return reply_refusal(work, &refusal);
        body.contract_id = command->contract_id;
        body.kind = command->kind;
        body.rank = command->rank;
        body.choice = command->choice;
        body.reason = command->reason;
        Contracts__PartDecision *decision = parts_decision_of(&body, work->arena);
        if (!parts_check_decision(contract.file, decision, &refusal))
                return reply_refusal(work, &refusal);

        const Contracts__ContractPart *part = parts_find(contract.file, command->kind, command->rank);
        parts_add_decision(contract.file, decision, work->arena);
        struct postings postings = parts_postings(work, contract.file, parts_name(work->arena, part));
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);

        Contracts__DecideContractPartReply *reply =
                pb_new(&contracts__decide_contract_part_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        reply->state = parts_state(contract.file, part, work->today);
        reply->postings = body.postings;
        reply->n_postings = body.n_postings;
        return reply_ok(work, reply);
}
