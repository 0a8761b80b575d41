/* reserved_entry.h: a reserved lot as it is recorded: what it must say, and its check with all that the store knows of
 * the contract. Called by the handlers of the room. */
#ifndef SERVICES_CONTRACTS_RESERVED_RESERVED_ENTRY_H
#define SERVICES_CONTRACTS_RESERVED_RESERVED_ENTRY_H

#include "services/contracts/record/loaded_contract.h"
#include "services/contracts/reserved/reservation.h"

/* Pure. Fields are told from `prefix` on ("entry."). */
bool reserved_entry_check(const Contracts__ReservedEntry *entry, const char *prefix,
                          struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Pure. The state with this entry in the place of its lot's, or without that lot (entry NULL); in the arena. */
Contracts__ReservedState *reserved_state_with(const Contracts__ReservedState *old, uint32_t lot,
                                              Contracts__ReservedEntry *entry, struct arena *arena);

/* Pure. The entries that were recorded, and one of each lot that was awarded and whose documents say to whom it is
 * reserved; in the arena. `file` may be NULL. */
Contracts__ReservedState *reserved_state_known(const Contracts__ContractFile *file, struct arena *arena);

/* Pure. What the contract and its entry say of the reservation, without the award before it; its members are theirs. */
Contracts__Reservation reserved_entry_reservation(const Contracts__ContractRecord *record,
                                                  const Contracts__ContractFile *file,
                                                  const Contracts__ReservedEntry *entry);
bool reserved_entry_is_ess(const Contracts__ReservedEntry *entry);

/* By the rules of its day, with the buyer's earlier awards to the same holder. */
Contracts__ReservationCheckReply *reserved_entry_findings(const struct work *work, const struct loaded_contract *loaded,
                                                          const Contracts__ReservedEntry *entry);

#endif
