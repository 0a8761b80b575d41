/* intake.h: one published contract taken in: recorded where it is new or says more than what is held. Called by the two
 * import commands. */
#ifndef SERVICES_CONTRACTS_PUBLICATION_INTAKE_H
#define SERVICES_CONTRACTS_PUBLICATION_INTAKE_H

#include "common/service/work.h"
#include "contracts/publication.pb-c.h"

struct intake {
        struct id contract;
        Contracts__ImportOutcome outcome;
};

/* False with a refusal: the record cannot be kept, or is too large; nothing was recorded. */
bool intake_take(struct work *work, const Contracts__ContractRecord *record, struct intake *ret,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
