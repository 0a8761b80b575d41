#include "services/contracts/reserved/reserved_views.h"

#include <string.h>

#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/record/access.h"

bool reserved_scope(const struct work *work, const char *asked, char ret_siret[SIRET_TEXT_SIZE],
                    struct refusal *ret_refusal)
{
        /* Security: a buyer lists its own contracts, whatever it asks. */
        if (work->actor->role == TYPES__ROLE__BUYER) {
                if (access_own_siret(work, ret_siret))
                        return true;
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                        "Le SIRET de votre organisation n'est pas connu : demandez au facilitateur de compléter sa "
                        "fiche dans l'annuaire.");
        }
        memcpy(ret_siret, asked, strlen(asked) + 1);
        return true;
}

bool reserved_subject(const struct work *work, struct id id, struct loaded_contract *ret)
{
        Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, id);
        /* Security: a contract that has become private since is for its own. */
        if (record == NULL || file == NULL || !access_contract(work, id, record))
                return false;
        *ret = (struct loaded_contract){id, record, file};
        return true;
}
