#include "services/contracts/obligations/loaded_transfer.h"

#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/access.h"

bool loaded_transfer_require(const struct work *work, const Types__Id *transfer,
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
        struct decider decider = decider_acting(work, siret);
        decider.buyers = known->buyer_sirets;
        decider.buyer_count = known->n_buyer_sirets;
        if (!decision_check(decision, &decider, work->arena, &loaded.decision, ret_refusal))
                return false;
        *ret = loaded;
        return true;
}
