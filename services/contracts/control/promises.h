/* promises.h: what an offer promised besides the hours of the clause, followed like hours: what was done of it, until
 * when it is to be kept, and how it stands. Called by handlers, views and letters. */
#ifndef SERVICES_CONTRACTS_CONTROL_PROMISES_H
#define SERVICES_CONTRACTS_CONTROL_PROMISES_H

#include "services/contracts/control/loaded_control.h"

/* NULL: nothing of the kind was promised. In the arena. */
Contracts__PromiseView *promise_view(const struct work *work, const struct loaded_control *loaded,
                                     Contracts__PromiseKind kind);
size_t promises_of(const struct work *work, const struct loaded_control *loaded, Contracts__PromiseView ***ret);

/* Late, or not kept at its end. */
bool promise_is_broken(const Contracts__PromiseView *view);
bool promises_are_broken(const struct work *work, const struct loaded_control *loaded);

/* "formation, 10 h réalisées sur 35 h, à tenir avant le 30 juin 2026 : en retard". In the arena. */
char *promise_told(const struct work *work, const Contracts__PromiseView *view);
/* "formation", "tutorat", "autres engagements de l'offre". */
const char *promise_name(Contracts__PromiseKind kind);
/* Those that are broken, one behind the other, for a letter. */
char *promises_facts(const struct work *work, const struct loaded_control *loaded);

#endif
