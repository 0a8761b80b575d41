/* agree_transfer: one buyer concerned agrees to a transfer. With the last agreement needed the hours pass: both sides
 * in one event, or nothing.
 * Caller: buyer of one of the contracts; facilitator, coordinator with the reference and date of its written agreement.
 * Emits: TransferAgreed, or nothing where this buyer had agreed already.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (decision), WRONG_STATE (done, refused, ended, more than remains). */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <string.h>

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/obligations/loaded_transfer.h"
#include "services/contracts/obligations/transfer.h"

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
            !loaded_obligation_going_on(&loaded.from, &refusal) || !loaded_obligation_going_on(&loaded.to, &refusal) ||
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
