#include "services/contracts/record/loaded_contract.h"

#include "common/base/text.h"
#include "services/contracts/record/party_rows.h"

bool loaded_contract_find(const struct work *work, const Types__Id *contract_id, struct loaded_contract *ret,
                          struct refusal *ret_refusal)
{
        struct loaded_contract loaded = {.id = id_of(contract_id)};

        loaded.record = contracts_record_find(work->txn, work->arena, loaded.id);
        if (loaded.record == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                              "Ce contrat n'est pas connu : vérifiez son identifiant, ouvrez-le ou importez-le.");
        loaded.file = contracts_file_find(work->txn, work->arena, loaded.id);
        *ret = loaded;
        return true;
}

bool loaded_contract_has_ended(const struct loaded_contract *loaded)
{
        return loaded->file != NULL && loaded->file->ended_on != NULL;
}

char *loaded_contract_name(const struct loaded_contract *loaded, struct arena *arena)
{
        return text_is_empty(loaded->record->number) ? arena_text(arena, "contrat en préparation")
                                                     : arena_printf(arena, "contrat n° %s", loaded->record->number);
}

char *loaded_contract_lot(const struct loaded_contract *loaded, uint32_t number, struct arena *arena)
{
        const Contracts__ContractFile *file = loaded->file;
        const char *title = "";
        for (size_t i = 0; file != NULL && i < file->n_lots; i++)
                if (file->lots[i]->number == number)
                        title = file->lots[i]->title;
        if (!text_is_empty(title))
                return arena_printf(arena, "lot n° %u (%s)", number, title);
        bool is_only = number == 1 && (file == NULL || file->n_lots <= 1);
        return is_only ? NULL : arena_printf(arena, "lot n° %u", number);
}

const char *loaded_contract_buyer(const struct work *work, const struct loaded_contract *loaded)
{
        const Contracts__ContractRecord *record = loaded->record;
        const char *name = contracts_party_name(work->txn, work->arena, record->buyer_siret, record->buyer_name);
        return name != NULL ? name : arena_printf(work->arena, "l'acheteur de SIRET %s", record->buyer_siret);
}
