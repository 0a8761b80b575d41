/* party_rows.h: organisations as letters name them, by their SIRET, copied from the directory's events (reactions/).
 * What is returned lives in the arena. The table stands in record_rows.h. */
#ifndef SERVICES_CONTRACTS_RECORD_PARTY_ROWS_H
#define SERVICES_CONTRACTS_RECORD_PARTY_ROWS_H

#include "services/contracts/record/record_rows.h"

/* Before contracts_organisation_put() of the same, whose SIRET it forgets here. A party without SIRET: none. */
void contracts_party_put(struct txn *txn, struct arena *arena, struct id organisation, const Contracts__Party *party);

/* NULL: the directory has told of nobody with that SIRET. */
Contracts__Party *contracts_party_find(struct txn *txn, struct arena *arena, const char *siret);

/* The name that is told beside a SIRET, else the directory's; NULL: nobody knows one. */
const char *contracts_party_name(struct txn *txn, struct arena *arena, const char *siret, const char *told);
/* The same in a sentence, else "de SIRET 213…". */
const char *contracts_party_told(struct txn *txn, struct arena *arena, const char *siret, const char *name);

/* The organisation that has this SIRET where one alone claims it; else false. */
bool contracts_party_only(struct txn *txn, const char *siret, struct id *ret_organisation);

#endif
