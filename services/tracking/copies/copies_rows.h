/* copies_rows.h: what is kept of contracts and of the directory. Finds return what lives in the arena, NULL where
 * there is none; puts are for the copy functions only.
 *
 *   table                     key                          row
 *   obligation_copy           obligation id                ObligationCopy (state.proto), from contracts
 *   obligation_by_contract    contract, obligation id      empty, from contracts
 *   clause_copy               clause id                    ClauseCopy (state.proto), from contracts; of those for some
 *                                                          publics alone
 *   contract_copy             contract id                  ContractCopy (state.proto), from contracts
 *   private_contract          contract id                  PrivateContract (state.proto), from contracts
 *   need_copy                 need id                      NeedCopy (proposals.proto), from contracts
 *   organisation_copy         organisation id              OrganisationCopy (state.proto), from directory
 *   organisation_by_siret     SIRET, organisation id       empty, from directory; of valid SIRETs alone */
#ifndef SERVICES_TRACKING_COPIES_COPIES_ROWS_H
#define SERVICES_TRACKING_COPIES_COPIES_ROWS_H

#include "common/base/arena.h"
#include "common/store/tables.h"
#include "common/store/walk.h"
#include "tracking/proposals.pb-c.h"
#include "tracking/state.pb-c.h"

#define COPIES_TABLES(TABLE)                                                                                           \
        TABLE(OBLIGATION_COPY, "obligation_copy", TABLE_COPY)                                                          \
        TABLE(OBLIGATION_BY_CONTRACT, "obligation_by_contract", TABLE_COPY)                                            \
        TABLE(CLAUSE_COPY, "clause_copy", TABLE_COPY)                                                                  \
        TABLE(CONTRACT_COPY, "contract_copy", TABLE_COPY)                                                              \
        TABLE(PRIVATE_CONTRACT, "private_contract", TABLE_COPY)                                                        \
        TABLE(NEED_COPY, "need_copy", TABLE_COPY)                                                                      \
        TABLE(ORGANISATION_COPY, "organisation_copy", TABLE_COPY)                                                      \
        TABLE(ORGANISATION_BY_SIRET, "organisation_by_siret", TABLE_COPY)
COPIES_TABLES(TABLE_NUMBER)

Tracking__ObligationCopy *tracking_obligation(struct txn *txn, struct id id, struct arena *arena);
void tracking_put_obligation(struct txn *txn, struct id id, const Tracking__ObligationCopy *row, struct arena *arena);
#define OBLIGATION_WITHDRAWN                                                                                           \
        "Cette obligation a été annulée dans le contrat : rien de nouveau ne s'y rattache. Choisissez celle qui vaut."
/* It is not one that was withdrawn. */
bool tracking_obligation_stands(struct txn *txn, struct id id, struct arena *arena);
/* NULL: its hours are for all. */
Tracking__ClauseCopy *tracking_clause(struct txn *txn, struct id id, struct arena *arena);
void tracking_put_clause(struct txn *txn, struct id id, const Tracking__ClauseCopy *row, struct arena *arena);
Tracking__ContractCopy *tracking_contract(struct txn *txn, struct id id, struct arena *arena);
void tracking_put_contract(struct txn *txn, struct id id, const Tracking__ContractCopy *row, struct arena *arena);
Tracking__PrivateContract *tracking_private(struct txn *txn, struct id contract, struct arena *arena);
/* Of an obligation: its contract, where that is a private one. NULL: it is public, or not known here. */
Tracking__PrivateContract *tracking_private_of(struct txn *txn, struct id obligation, struct arena *arena);
void tracking_put_private(struct txn *txn, struct id contract, const Tracking__PrivateContract *row,
                          struct arena *arena);
void tracking_delete_private(struct txn *txn, struct id contract);
/* The SIRET of the buyer of an obligation's contract; "": not known here. */
const char *tracking_buyer_of(struct txn *txn, struct id obligation, struct arena *arena);
Tracking__NeedCopy *tracking_need(struct txn *txn, struct id id, struct arena *arena);
void tracking_put_need(struct txn *txn, struct id id, const Tracking__NeedCopy *row, struct arena *arena);
Tracking__OrganisationCopy *tracking_organisation(struct txn *txn, struct id id, struct arena *arena);
void tracking_put_organisation(struct txn *txn, struct id id, const Tracking__OrganisationCopy *row,
                               struct arena *arena);
/* What the directory has taken back. */
void tracking_delete_organisation(struct txn *txn, struct id id, struct arena *arena);

/* The organisation that owes the hours of an obligation: the one that was told, else the only one of the directory that
 * has its SIRET, also where the directory told of it later. Zero: nobody.
 * Security: of a SIRET that two claim, neither. */
struct id tracking_contractor(struct txn *txn, const Tracking__ObligationCopy *obligation);

/* Ids, in ascending order; `after` is the last id already seen. */
void tracking_walk_obligations(struct txn *txn, struct id contract, struct slice after, struct walk *ret);
void tracking_walk_private(struct txn *txn, struct slice after, struct walk *ret);

#endif
