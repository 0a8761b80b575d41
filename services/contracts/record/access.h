/* access.h: whose data it is. The dispatch table says which roles may ask for a thing; this, ledger/ledger_access.h and
 * needs/needs_access.h say whether this very contract, obligation or need is theirs. Called by handlers at the places
 * marked "Security:".
 *
 *   facilitator, coordinator, auditor   read all; a facilitator changes what is in its territories
 *   buyer                               the contracts that its own SIRET published, and what hangs on them; those of a
 *                                       grouping that it is a member of (record/buyers.h): it reads them
 *   company                             its own obligations, their contracts and needs
 *   structure, prescriber               needs, a prescriber those of its territories
 *
 * Private contracts are narrower: the coordinator, the facilitators of their territories, their client and contractors.
 * The SIRET of an organisation is a copy from the directory's events: unknown until they have come. */
#ifndef SERVICES_CONTRACTS_RECORD_ACCESS_H
#define SERVICES_CONTRACTS_RECORD_ACCESS_H

#include "services/contracts/record/record_rows.h"

bool access_acts_as(const struct work *work, Types__Role role);
/* Facilitator, coordinator, auditor. */
bool access_reads_all(const struct work *work);

/* Facilitators: one of the territories at least is theirs. All other roles: true. */
bool access_territories(const struct work *work, char *const *territories, size_t count);

/* The SIRET of the organisation that acts. False where it acts for none, or the directory told us none of it. */
bool access_own_siret(const struct work *work, char ret_siret[SIRET_TEXT_SIZE]);

/* Whose contracts a list is about, from the SIRET that was asked for ("": none): *ret_siret "" = everybody's. A buyer
 * lists its own, whatever it asks. False with a refusal. */
bool access_buyer_asked(const struct work *work, const char *asked, char ret_siret[SIRET_TEXT_SIZE],
                        struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Facilitators: the contract is one of their territories'. All other roles: true. What commands on a contract ask. */
bool access_file(const struct work *work, struct id contract_id, const Contracts__ContractRecord *contract);

/* Whose eyes a contract is for, as a text that short rows keep, so that a sum need not read each contract. "": all. */
char *access_eyes_of(struct arena *arena, const Contracts__ContractRecord *contract,
                     const Contracts__ContractFile *file);
/* What access_contract() says of that contract to those who sum: houses, and a buyer, who walks its own alone. */
bool access_eyes(const struct work *work, const char *eyes);

bool access_is_private(const struct work *work, struct id contract_id);

#endif
