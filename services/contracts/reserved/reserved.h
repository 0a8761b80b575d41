/* reserved.h: reserved contracts: their lawfulness, their entry, how facilitators take part. reserved_facts() is
 * called through page/facts.c. */
#ifndef SERVICES_CONTRACTS_RESERVED_RESERVED_H
#define SERVICES_CONTRACTS_RESERVED_RESERVED_H

#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define RESERVED_DATED(DATED) DATED(RESERVATIONS, "reservations", contracts__reservation_rules__descriptor)
RESERVED_DATED(DATED_NUMBER)

void reserved_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

#endif
