/* agree_transfer: one buyer concerned agrees to a transfer. With the last agreement needed the hours pass: both sides
 * in one event, or nothing.
 * Caller: buyer of one of the contracts; facilitator, coordinator with the reference and date of its written agreement.
 * Emits: TransferAgreed, or nothing where this buyer had agreed already.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (decision), WRONG_STATE (done, refused, ended, more than remains). */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <string.h>

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/obligations/proposed.h"
#include "services/contracts/obligations/transfer.h"

enum { BUYERS_MAX = 2 };

/* The buyers that would still be missing after this decision. */
static size_t missing_after(const struct proposed *proposed, char **ret_sirets)
{
        char *missing[BUYERS_MAX];
        size_t count = transfer_missing(proposed->transfer, missing), left = 0;
        for (size_t i = 0; i < count; i++)
                if (strcmp(missing[i], proposed->decision->buyer_siret) != 0)
                        ret_sirets[left++] = missing[i];
        return left;
}

static bool agreed_already(const struct proposed *proposed)
{
        for (size_t i = 0; i < proposed->transfer->n_agreements; i++)
                if (strcmp(proposed->transfer->agreements[i]->buyer_siret, proposed->decision->buyer_siret) == 0)
                        return true;
        return false;
}

static void record(struct work *work, const struct proposed *proposed, bool last)
{
        Contracts__TransferAgreed body = CONTRACTS__TRANSFER_AGREED__INIT;
        const Contracts__TransferView *transfer = proposed->transfer;
        struct hours hours = hours_of(transfer->hours);
        struct postings postings = {0};

        if (last) {
                struct posting out = {ACCOUNT_DUE, ACCOUNT_TRANSFERRED, hours};
                struct posting in = {ACCOUNT_TRANSFERRED, ACCOUNT_DUE, hours};
                owed_post(work, &proposed->from, &out,
                          arena_printf(work->arena, "Transfert vers %s", transfer->to_name), &postings);
                owed_post(work, &proposed->to, &in,
                          arena_printf(work->arena, "Transfert de %s", transfer->from_name), &postings);
        }
        body.contract_id = transfer->from_contract_id;
        body.other_contract_id = transfer->to_contract_id;
        body.transfer_id = transfer->transfer_id;
        body.decision = proposed->decision;
        body.postings = postings.list;
        body.n_postings = postings.count;
        work_record(work, &body.base);
}

struct reply handle_agree_transfer(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreeTransfer *command = (const Contracts__AgreeTransfer *)message;
        Contracts__AgreeTransferReply *reply = pb_new(&contracts__agree_transfer_reply__descriptor, work->arena);
        struct proposed proposed;
        struct refusal refusal;

        if (!proposed_require(work, command->transfer_id, command->decision, &proposed, &refusal) ||
            !owed_going_on(&proposed.from, &refusal) || !owed_going_on(&proposed.to, &refusal) ||
            !transfer_hours(hours_of(proposed.transfer->hours), &proposed.from.ledger, &refusal))
                return reply_refusal(work, &refusal);

        reply->missing_sirets = arena_alloc(work->arena, BUYERS_MAX * sizeof(*reply->missing_sirets));
        reply->n_missing_sirets = missing_after(&proposed, reply->missing_sirets);
        bool last = reply->n_missing_sirets == 0;
        reply->state = last ? CONTRACTS__TRANSFER_STATE__TRANSFER_DONE : CONTRACTS__TRANSFER_STATE__TRANSFER_PROPOSED;
        if (!agreed_already(&proposed))
                record(work, &proposed, last);
        return reply_ok(work, reply);
}
