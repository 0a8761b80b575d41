/* loaded_contract.h: the contract that a command or a query is about. Called by handlers first of all. */
#ifndef SERVICES_CONTRACTS_RECORD_LOADED_CONTRACT_H
#define SERVICES_CONTRACTS_RECORD_LOADED_CONTRACT_H

#include "services/contracts/record/record_rows.h"

struct loaded_contract {
        struct id id;
        Contracts__ContractRecord *record;
        Contracts__ContractFile *file; /* NULL: nobody has said more than its buyer */
};

/* Whose it is has been asked before the handler (rights.h): this only finds it. False with NOT_FOUND. */
bool loaded_contract_find(const struct work *work, const Types__Id *contract_id, struct loaded_contract *ret,
                          struct refusal *ret_refusal) ATTR_MUST_CHECK;

bool loaded_contract_has_ended(const struct loaded_contract *loaded);

/* What a letter or a report calls it: "contrat n° 2026-031", "contrat en préparation". In the arena. */
char *loaded_contract_name(const struct loaded_contract *loaded, struct arena *arena);
/* "lot n° 2 (Peinture)"; NULL where the contract is one lot without a name. In the arena. */
char *loaded_contract_lot(const struct loaded_contract *loaded, uint32_t number, struct arena *arena);
/* Its buyer: the name of the contract or the directory, or the SIRET where there is none. In the arena. */
const char *loaded_contract_buyer(const struct work *work, const struct loaded_contract *loaded);

#endif
