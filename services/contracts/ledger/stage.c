#include "services/contracts/ledger/stage.h"

#include "services/contracts/ledger/ledger_rows.h"

static bool is_suspended(const Contracts__ContractFile *file, struct day today)
{
        for (size_t i = 0; i < file->n_suspensions; i++) {
                const Contracts__Suspension *one = file->suspensions[i];
                if (one->lot == 0 && one->from->days <= day_number(today) &&
                    (one->to == NULL || one->to->days >= day_number(today)))
                        return true;
        }
        return false;
}

/* A reserved contract whose execution the facilitator follows has a holder. */
static bool is_followed_reserved(const Contracts__ContractFile *file)
{
        for (size_t i = 0; file->reserved != NULL && i < file->reserved->n_entries; i++) {
                const Contracts__ReservedEntry *entry = file->reserved->entries[i];
                if (entry->involvement == CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP && entry->notified_on != NULL)
                        return true;
        }
        return false;
}

static bool is_owed(struct txn *txn, struct id contract)
{
        struct walk walk;
        struct id id;
        contracts_walk_obligations_of_contract(txn, contract, slice_of(NULL, 0), &walk);
        bool owed = walk_next(&walk, &id);
        walk_end(&walk);
        return owed;
}

Contracts__ContractStage contract_stage(struct txn *txn, struct id contract, const Contracts__ContractFile *file,
                                        struct day today)
{
        if (file != NULL && file->declined)
                return CONTRACTS__CONTRACT_STAGE__DECLINED;
        if (file != NULL && file->ended_on != NULL)
                return CONTRACTS__CONTRACT_STAGE__ENDED;
        if (file != NULL && is_suspended(file, today))
                return CONTRACTS__CONTRACT_STAGE__SUSPENDED;
        if (is_owed(txn, contract) || (file != NULL && (file->n_awarded_lots > 0 || is_followed_reserved(file))))
                return CONTRACTS__CONTRACT_STAGE__IN_EXECUTION;
        if (file == NULL)
                return CONTRACTS__CONTRACT_STAGE__STAGE_UNKNOWN;
        if (file->in_consultation)
                return CONTRACTS__CONTRACT_STAGE__IN_CONSULTATION;
        return file->opened && !file->only_counted ? CONTRACTS__CONTRACT_STAGE__IN_PREPARATION
                                                   : CONTRACTS__CONTRACT_STAGE__STAGE_UNKNOWN;
}

bool contract_file_follows(const Contracts__ContractFile *file)
{
        return file != NULL && !file->declined &&
               ((file->opened && !file->only_counted) || file->in_consultation || file->n_awarded_lots > 0 ||
                file->n_suspensions > 0 || file->ended_on != NULL || is_followed_reserved(file));
}
