/* propose_transfer: hours to pass from one obligation to another: between members of a group, or between contracts of
 * one company. Nothing moves before every buyer concerned has agreed (AgreeTransfer).
 * Caller: facilitator (one of the two is in its territories), coordinator, company (its own hours).
 * Emits: TransferProposed.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (to_obligation_id: neither group nor same
 * company; hours; reason), WRONG_STATE (more than remains, contract ended). */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <string.h>

#include "services/contracts/obligations/loaded_obligation.h"
#include "services/contracts/obligations/transfer.h"

struct proposal {
        struct loaded_obligation from, to;
        Contracts__TransferKind kind;
};

static bool decide(const struct work *work, const Contracts__ProposeTransfer *command, struct proposal *ret,
                   struct refusal *ret_refusal)
{
        if (!loaded_obligation_find(work, command->from_obligation_id, "from_obligation_id", &ret->from, ret_refusal) ||
            !loaded_obligation_find(work, command->to_obligation_id, "to_obligation_id", &ret->to, ret_refusal))
                return false;
        return transfer_kind(ret->from.obligation, ret->to.obligation, &ret->kind, ret_refusal) &&
               loaded_obligation_going_on(&ret->from, ret_refusal) &&
               loaded_obligation_going_on(&ret->to, ret_refusal) &&
               transfer_hours(hours_of(command->hours), &ret->from.ledger, ret_refusal);
}

static void add_buyers(const struct work *work, const struct loaded_obligation *from,
                       const struct loaded_obligation *to, Contracts__TransferView *transfer)
{
        transfer->buyer_sirets = arena_alloc(work->arena, 2 * sizeof(*transfer->buyer_sirets));
        transfer->buyer_sirets[transfer->n_buyer_sirets++] = from->contract->buyer_siret;
        if (strcmp(from->contract->buyer_siret, to->contract->buyer_siret) != 0)
                transfer->buyer_sirets[transfer->n_buyer_sirets++] = to->contract->buyer_siret;
}

static Contracts__TransferView *transfer_of(struct work *work, const Contracts__ProposeTransfer *command,
                                            const struct proposal *proposal)
{
        const Contracts__ObligationRecorded *from = proposal->from.obligation, *to = proposal->to.obligation;
        Contracts__TransferView *transfer = pb_new(&contracts__transfer_view__descriptor, work->arena);
        transfer->transfer_id = id_to(work->arena, work_new_id(work));
        transfer->kind = proposal->kind;
        transfer->state = CONTRACTS__TRANSFER_STATE__TRANSFER_PROPOSED;
        transfer->hours = command->hours;
        transfer->reason = command->reason;
        transfer->from_obligation_id = from->obligation_id;
        transfer->to_obligation_id = to->obligation_id;
        transfer->from_contract_id = from->contract_id;
        transfer->to_contract_id = to->contract_id;
        transfer->from_name = from->contractor_name;
        transfer->to_name = to->contractor_name;
        add_buyers(work, &proposal->from, &proposal->to, transfer);
        return transfer;
}

struct reply handle_propose_transfer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ProposeTransfer *command = (const Contracts__ProposeTransfer *)message;
        struct proposal proposal;
        struct refusal refusal;

        if (!decide(work, command, &proposal, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__TransferView *transfer = transfer_of(work, command, &proposal);
        Contracts__TransferProposed body = CONTRACTS__TRANSFER_PROPOSED__INIT;
        body.contract_id = transfer->from_contract_id;
        body.other_contract_id = transfer->to_contract_id;
        body.transfer = transfer;
        work_record(work, &body.base);

        Contracts__ProposeTransferReply *reply = pb_new(&contracts__propose_transfer_reply__descriptor, work->arena);
        reply->transfer_id = transfer->transfer_id;
        reply->kind = transfer->kind;
        reply->buyer_sirets = transfer->buyer_sirets;
        reply->n_buyer_sirets = transfer->n_buyer_sirets;
        return reply_ok(work, reply);
}
