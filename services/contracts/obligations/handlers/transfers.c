/* transfers.c: hours that pass from one who owes to another. */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <string.h>

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/obligations/loaded_obligation.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/transfer.h"
#include "services/contracts/record/access.h"

struct loaded_transfer {
        Contracts__TransferView *transfer;
        struct loaded_obligation from, to;
        Contracts__LedgerDecision *decision; /* as it is kept */
};

/* A transfer that waits for its buyers, and a decision of one of them. False with *ret_refusal: NOT_FOUND, WRONG_STATE
 * (done or refused already), NOT_ALLOWED, INVALID_FIELD (decision). */
static bool loaded_transfer_require(const struct work *work, const Types__Id *transfer,
                                    const Contracts__LedgerDecision *decision, struct loaded_transfer *ret,
                                    struct refusal *ret_refusal)
{
        struct loaded_transfer loaded = {.transfer =
                                                 obligations_transfer_find(work->txn, work->arena, id_of(transfer))};
        char siret[SIRET_TEXT_SIZE];

        if (loaded.transfer == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "transfer_id",
                              "Ce transfert n'est pas connu : proposez-le d'abord.");
        const Contracts__TransferView *known = loaded.transfer;
        if (!loaded_obligation_find(work, known->from_obligation_id, "transfer_id", &loaded.from, ret_refusal) ||
            !loaded_obligation_find(work, known->to_obligation_id, "transfer_id", &loaded.to, ret_refusal))
                return false;
        if (known->state != CONTRACTS__TRANSFER_STATE__TRANSFER_PROPOSED)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "transfer_id",
                              "Ce transfert est déjà %s : proposez-en un autre s'il le faut.",
                              known->state == CONTRACTS__TRANSFER_STATE__TRANSFER_DONE ? "fait" : "refusé");
        const struct decider decider = decider_acting(work, known->buyer_sirets, known->n_buyer_sirets, siret);
        if (!decision_check(decision, &decider, work->arena, &loaded.decision, ret_refusal))
                return false;
        *ret = loaded;
        return true;
}

/* propose_transfer: hours to pass from one obligation to another: between members of a group, or between contracts of
 * one company. Nothing moves before every buyer concerned has agreed (AgreeTransfer).
 * Caller: facilitator (one of the two is in its territories), coordinator, company (its own hours).
 * Emits: TransferProposed.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (to_obligation_id: neither group nor same
 * company; hours; reason), WRONG_STATE (more than remains, contract ended). */
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
        if (ret->to.obligation->left != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "to_obligation_id",
                              "%.100s a quitté le groupement : choisissez un membre qui y est encore.",
                              ret->to.obligation->contractor_name);
        return transfer_kind(ret->from.obligation, ret->to.obligation, &ret->kind, ret_refusal) &&
               loaded_obligation_going_on(&ret->from, command->proposed_on, ret_refusal) &&
               loaded_obligation_going_on(&ret->to, command->proposed_on, ret_refusal) &&
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

/* agree_transfer: one buyer concerned agrees to a transfer. With the last agreement needed the hours pass: both sides
 * in one event, or nothing.
 * Caller: buyer of one of the contracts; facilitator, coordinator with the reference and date of its written agreement.
 * Emits: TransferAgreed, or nothing where this buyer had agreed already.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (decision), WRONG_STATE (done, refused, ended, more than remains). */
enum { BUYERS_MAX = 2 };

/* The buyers that would still be missing after this decision. */
static size_t missing_after(const struct loaded_transfer *loaded, char **ret_sirets)
{
        char *missing[BUYERS_MAX];
        size_t count = transfer_missing(loaded->transfer, missing), left = 0;
        for (size_t i = 0; i < count; i++)
                if (strcmp(missing[i], loaded->decision->buyer_siret) != 0)
                        ret_sirets[left++] = missing[i];
        return left;
}

static bool agreed_already(const struct loaded_transfer *loaded)
{
        for (size_t i = 0; i < loaded->transfer->n_agreements; i++)
                if (strcmp(loaded->transfer->agreements[i]->buyer_siret, loaded->decision->buyer_siret) == 0)
                        return true;
        return false;
}

static void record_agreement(struct work *work, const struct loaded_transfer *loaded, bool last)
{
        Contracts__TransferAgreed body = CONTRACTS__TRANSFER_AGREED__INIT;
        const Contracts__TransferView *transfer = loaded->transfer;
        struct hours hours = hours_of(transfer->hours);
        struct postings postings = {0};

        if (last) {
                struct posting out = {ACCOUNT_DUE, ACCOUNT_TRANSFERRED, hours};
                struct posting in = {ACCOUNT_TRANSFERRED, ACCOUNT_DUE, hours};
                loaded_obligation_post(work, &loaded->from, &out,
                                       arena_printf(work->arena, "Transfert vers %s", transfer->to_name), &postings);
                loaded_obligation_post(work, &loaded->to, &in,
                                       arena_printf(work->arena, "Transfert de %s", transfer->from_name), &postings);
        }
        body.contract_id = transfer->from_contract_id;
        body.other_contract_id = transfer->to_contract_id;
        body.transfer_id = transfer->transfer_id;
        body.decision = loaded->decision;
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);
}

struct reply handle_agree_transfer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreeTransfer *command = (const Contracts__AgreeTransfer *)message;
        Contracts__AgreeTransferReply *reply = pb_new(&contracts__agree_transfer_reply__descriptor, work->arena);
        struct loaded_transfer loaded;
        struct refusal refusal;

        if (!loaded_transfer_require(work, command->transfer_id, command->decision, &loaded, &refusal) ||
            !loaded_obligation_going_on(&loaded.from, loaded.decision->decided_on, &refusal) ||
            !loaded_obligation_going_on(&loaded.to, loaded.decision->decided_on, &refusal) ||
            !transfer_hours(hours_of(loaded.transfer->hours), &loaded.from.ledger, &refusal))
                return reply_refusal(work, &refusal);

        reply->missing_sirets = arena_alloc(work->arena, BUYERS_MAX * sizeof(*reply->missing_sirets));
        reply->n_missing_sirets = missing_after(&loaded, reply->missing_sirets);
        bool last = reply->n_missing_sirets == 0;
        reply->state = last ? CONTRACTS__TRANSFER_STATE__TRANSFER_DONE : CONTRACTS__TRANSFER_STATE__TRANSFER_PROPOSED;
        if (!agreed_already(&loaded))
                record_agreement(work, &loaded, last);
        return reply_ok(work, reply);
}

/* refuse_transfer: one buyer concerned does not agree: no hour passes, whoever had agreed.
 * Caller: buyer of one of the contracts; facilitator, coordinator with the reference and date of its written refusal.
 * Emits: TransferRefused.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (decision, reason), WRONG_STATE (done or
 * refused already). */
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

/* transfer_by_id: a transfer as it stands, to whoever may see the hours of either side.
 * Caller: facilitator, coordinator, auditor; buyer of one of the contracts; a company that owes or would owe the hours.
 * Refuses: NOT_FOUND. */
struct reply handle_transfer_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__TransferById *query = (const Contracts__TransferById *)message;
        Contracts__TransferView *transfer =
                obligations_transfer_find(work->txn, work->arena, id_of(query->transfer_id));
        if (transfer == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "transfer_id",
                                    "Ce transfert n'est pas connu : vérifiez son identifiant.");
        return reply_ok(work, transfer);
}
