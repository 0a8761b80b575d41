/* suspending.h: whether days may be suspended, and how suspensions are told in letters. Both kinds: granted to a
 * company in difficulty, and ordered by the buyer. */
#ifndef SERVICES_CONTRACTS_CONTROL_SUSPENDING_H
#define SERVICES_CONTRACTS_CONTROL_SUSPENDING_H

#include "services/contracts/control/loaded_control.h"

/* Whom it is about: lot and obligation as they were asked; the lot of an obligation is filled in. False where the
 * contract has none such. */
bool suspending_whom(const struct work *work, const struct loaded_contract *contract, Contracts__Suspension *asked,
                     struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Fills in until when it would run. False where the days are not the contract's, or are suspended already. */
bool suspending_admits(const struct work *work, const struct loaded_contract *contract, Contracts__Suspension *asked,
                       struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* "du 1er juin 2026 au 30 juin 2026 par ordre de service de l'acheteur du 28 mai 2026 (OS 3)". In the arena. */
char *suspending_told(const Contracts__Suspension *suspension, struct arena *arena);

/* Those that stop the company, as they were told, whether they have begun or not. */
size_t suspending_of(const struct work *work, const struct loaded_control *loaded, Contracts__Suspension ***ret);

/* Those that have begun, as sentences that go behind others, with a blank before each; "": none. */
char *suspending_sentences(const struct work *work, const struct loaded_control *loaded);

#endif
