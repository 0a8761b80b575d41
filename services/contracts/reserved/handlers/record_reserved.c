/* record_reserved: a reserved contract, or a reserved lot of one, with how the facilitator takes part.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: ReservedRecorded, or nothing where nothing
 * changes. Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (entry), WRONG_STATE (a private contract). */
#include "contracts/calls.h"
#include "services/contracts/reserved/reserved.h"

#include "services/contracts/reserved/reserved_entry.h"

static bool is_known(const struct work *work, const struct loaded_contract *loaded,
                     const Contracts__ReservedEntry *entry)
{
        const Contracts__ReservedState *state = loaded->file == NULL ? NULL : loaded->file->reserved;
        for (size_t i = 0; state != NULL && i < state->n_entries; i++)
                if (state->entries[i]->lot == entry->lot)
                        return slice_equal(pb_encode(state->entries[i], work->arena), pb_encode(entry, work->arena));
        return false;
}

struct reply handle_record_reserved(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordReserved *command = (const Contracts__RecordReserved *)message;
        Contracts__ReservedEntry *entry = command->entry;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal) ||
            !reserved_entry_check(entry, "entry.", &refusal))
                return reply_refusal(work, &refusal);
        if (loaded.record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                                    "Un contrat privé n'est pas réservé au sens du code : suivez-le comme les autres.");
        if (entry->notified_on == NULL)
                entry->notified_on = loaded.record->notified_on;
        if (!is_known(work, &loaded, entry)) {
                Contracts__ReservedRecorded body = CONTRACTS__RESERVED_RECORDED__INIT;
                body.contract_id = command->contract_id;
                body.entry = entry;
                body.buyer_siret = loaded.record->buyer_siret;
                work_record(work, &body.base);
        }
        Contracts__RecordReservedReply *reply = pb_new(&contracts__record_reserved_reply__descriptor, work->arena);
        reply->check = reserved_entry_findings(work, &loaded, entry);
        return reply_ok(work, reply);
}
