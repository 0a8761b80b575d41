#include "services/contracts/reserved/reserved.h"

#include "services/contracts/reserved/reserved_entry.h"

/* The entries stand in the contract's file; those that follow from an award are added here, with
 * what is to be said of each, in the same order. */
void reserved_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        if (reply->file == NULL)
                return;
        Contracts__ReservedState *state = reserved_state_known(of->file, work->arena);
        if (state->n_entries > 0)
                reply->file->reserved = state;
        struct loaded_contract loaded = {of->contract, (Contracts__ContractRecord *)(uintptr_t)of->record,
                                         (Contracts__ContractFile *)(uintptr_t)of->file};
        for (size_t i = 0; i < state->n_entries; i++) {
                reply->reservations = pb_append(reply->reservations, &reply->n_reservations,
                                                sizeof(*reply->reservations), work->arena);
                reply->reservations[i] = reserved_entry_findings(work, &loaded, state->entries[i]);
        }
}
