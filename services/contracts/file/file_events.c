#include "contracts/calls.h"

#include "services/contracts/programming/programming.h"
#include "services/contracts/record/party_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

void apply_contract_opened(const struct change *change, const Contracts__ContractOpened *body)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);

        contracts_record_put(change->txn, change->arena, body->contract_id, body->record);
        file->opened = true;
        file->lots = body->lots;
        file->n_lots = body->n_lots;
        file->territories = body->territories;
        file->n_territories = body->n_territories;
        file->programme_line_id = body->programme_line_id;
        contracts_file_put(change->txn, change->arena, file);
        programming_apply_opened(change, body->programme_line_id, body->contract_id);
}

void apply_contract_amended(const struct change *change, const Contracts__ContractAmended *body)
{
        const Contracts__ContractRecord *old =
                contracts_record_find(change->txn, change->arena, id_of(body->contract_id));
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);

        if (old != NULL && !contracts_record_is_ours(old)) /* our own truth begins: the buyer's steps aside */
                contracts_published_put(change->txn, change->arena, body->contract_id, old);
        contracts_record_replace(change->txn, change->arena, body->contract_id, body->record);
        if (body->n_lots > 0) {
                file->lots = body->lots;
                file->n_lots = body->n_lots;
        }
        contracts_file_put(change->txn, change->arena, file);
}

static const char *kind_name(Contracts__ContractKind kind)
{
        switch (kind) {
        case CONTRACTS__CONTRACT_KIND__MARKET: return "marché";
        case CONTRACTS__CONTRACT_KIND__CONCESSION: return "concession";
        case CONTRACTS__CONTRACT_KIND__PRIVATE: return "contrat privé";
        default: return "contrat";
        }
}

void tell_contract_opened(struct telling *telling, const Contracts__ContractOpened *body)
{
        const Contracts__ContractRecord *record = body->record;
        size_t lots = body->n_lots;
        tell(telling, "Dossier ouvert (%s) : « %s », acheteur %s, montant estimé %s HT, %s.", kind_name(record->kind),
             record->object,
             contracts_party_told(telling->txn, telling->arena, record->buyer_siret, record->buyer_name),
             told_money(telling, record->amount),
             lots == 0 ? "lots non dits" : french_count(telling->arena, (int64_t)lots, "lot"));
}

void tell_contract_amended(struct telling *telling, const Contracts__ContractAmended *body)
{
        tell(telling, "Dossier modifié : %s", body->reason);
}
