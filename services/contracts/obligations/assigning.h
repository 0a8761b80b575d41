/* assigning.h: another company, or another SIRET of the same one, comes to owe the hours of an obligation: by a
 * cession, a merger, a change of seat, or in the place of a group's member that left. The account goes on. Called by
 * handlers. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_ASSIGNING_H
#define SERVICES_CONTRACTS_OBLIGATIONS_ASSIGNING_H

#include "services/contracts/obligations/loaded_obligation.h"

struct taking_over {
        char *siret, *name;
        Types__Id *organisation; /* NULL: not told */
        char *reference;
        Types__Day *on;
        Contracts__AssignmentKind kind;
};

/* False with *ret_refusal, fields as AssignObligation names them. */
bool assigning_admits(const struct work *work, const struct loaded_obligation *loaded, const struct taking_over *taking,
                      struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* The event, to be recorded. */
Contracts__ObligationAssigned *assigning_event(const struct work *work, const struct loaded_obligation *loaded,
                                               const struct taking_over *taking);

/* "Venant aux droits de Bâtir Sud (SIRET …), par fusion du 1er juin 2026." where a merger or a change of seat holds
 * today; "": none does. In the arena. */
char *assigning_formerly(const struct work *work, const Contracts__ObligationRecorded *obligation);

#endif
