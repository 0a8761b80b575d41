/* subject.h: the contract that a command or a query is about, found and checked. Called by handlers first of all. */
#ifndef SERVICES_CONTRACTS_FILE_SUBJECT_H
#define SERVICES_CONTRACTS_FILE_SUBJECT_H

#include "services/contracts/store/store.h"

struct subject {
        struct id id;
        Contracts__ContractRecord *record;
        Contracts__ContractFile *file; /* NULL: nobody has said more than its buyer */
};

/* The contract of a command: facilitators of its territories, the coordinator, the buyer whose contract it is; the row
 * of the dispatch table says which of these roles may come at all. False with *ret_refusal: NOT_FOUND, NOT_ALLOWED. */
bool subject_of_command(const struct work *work, const Types__Id *contract_id, struct subject *ret,
                        struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The contract of a query: whoever may read the contract at all. */
bool subject_of_query(const struct work *work, const Types__Id *contract_id, struct subject *ret,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* STAGE_UNKNOWN where there is no file. */
Contracts__ContractStage subject_stage(const struct subject *subject);

/* What a letter or a report calls it: "contrat n° 2026-031", "contrat en préparation". In the arena. */
char *subject_name(const struct subject *subject, struct arena *arena);
/* Its buyer: the name, or the SIRET where no name is known. In the arena. */
char *subject_buyer(const struct subject *subject, struct arena *arena);

#endif
