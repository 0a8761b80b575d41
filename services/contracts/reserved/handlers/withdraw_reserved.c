/* withdraw_reserved: a reserved lot was entered by error.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ReservedWithdrawn.
 * Refuses: NOT_FOUND (contract, lot), NOT_ALLOWED, INVALID_FIELD (reason). */
#include "contracts/calls.h"
#include "services/contracts/reserved/reserved.h"

#include "services/contracts/reserved/reserved_entry.h"

static bool is_entered(const struct loaded_contract *loaded, uint32_t lot)
{
        const Contracts__ReservedState *state = loaded->file == NULL ? NULL : loaded->file->reserved;
        for (size_t i = 0; state != NULL && i < state->n_entries; i++)
                if (state->entries[i]->lot == lot)
                        return true;
        return false;
}

struct reply handle_withdraw_reserved(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__WithdrawReserved *command = (const Contracts__WithdrawReserved *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        if (!is_entered(&loaded, command->lot))
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__NOT_FOUND, "lot",
                        "Ce lot n'est pas saisi comme réservé : vérifiez son numéro (0 : le contrat entier).");

        Contracts__ReservedWithdrawn body = CONTRACTS__RESERVED_WITHDRAWN__INIT;
        body.contract_id = command->contract_id;
        body.lot = command->lot;
        body.reason = command->reason;
        work_record(work, &body.base);

        Contracts__WithdrawReservedReply *reply = pb_new(&contracts__withdraw_reserved_reply__descriptor, work->arena);
        reply->left = (uint32_t)loaded.file->reserved->n_entries - 1;
        return reply_ok(work, reply);
}
