/* publication.h: what buyers published. add_publication_facts() is called through page/facts.c. */
#ifndef SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_H
#define SERVICES_CONTRACTS_PUBLICATION_PUBLICATION_H

#include "services/contracts/publication/differences.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/facts.h"
#include "services/contracts/record/telling.h"

/* The dated rules and texts of the room. */
#define PUBLICATION_DATED(DATED) DATED(PUBLICATION, "publication", contracts__publication_rules__descriptor)
PUBLICATION_DATED(DATED_NUMBER)

void add_publication_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);
/* What two queries say of a contract and its publication. */
struct differences publication_compare(const struct work *work, struct id contract,
                                       const Contracts__ContractRecord *record,
                                       const Contracts__ContractRecord *published);

#endif
