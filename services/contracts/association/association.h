/* association.h: being associated to the preparation of a contract, or declining it. */
#ifndef SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_H
#define SERVICES_CONTRACTS_ASSOCIATION_ASSOCIATION_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define ASSOCIATION_DATED(DATED) DATED(ASSOCIATION_TEXTS, "association_texts", texts__text_library__descriptor)
ASSOCIATION_DATED(DATED_NUMBER)

#endif
