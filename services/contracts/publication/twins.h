/* twins.h: whether two publications look like one contract, and whether a person said that they are two. */
#ifndef SERVICES_CONTRACTS_PUBLICATION_TWINS_H
#define SERVICES_CONTRACTS_PUBLICATION_TWINS_H

#include "services/contracts/record/record_rows.h"

/* Of two that share buyer, object, holders and day: the numbers are near, and so are the amounts. */
bool twins_are_near(const Contracts__ContractRecord *a, const Contracts__ContractRecord *b);
/* All of it: what makes a pair that is listed. */
bool twins_look_alike(const struct work *work, const Contracts__ContractRecord *a, const Contracts__ContractRecord *b);

/* DismissTwins, whichever of the two it named first. */
bool twins_are_dismissed(const struct work *work, struct id one, struct id other);

#endif
