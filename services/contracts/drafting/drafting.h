/* drafting.h: the wording of a clause in the buyer's documents. */
#ifndef SERVICES_CONTRACTS_DRAFTING_DRAFTING_H
#define SERVICES_CONTRACTS_DRAFTING_DRAFTING_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define DRAFTING_DATED(DATED) DATED(CLAUSE_TEXTS, "clause_texts", contracts__clause_library__descriptor)
DRAFTING_DATED(DATED_NUMBER)

#endif
