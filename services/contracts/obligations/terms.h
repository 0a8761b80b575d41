/* terms.h: what an obligation demands after its amendments, in whatever order they were told: the one of the latest day
 * holds, of one day the last one told; without any, what it was opened with. An amendment says the hours in all: what
 * tranches and renewals (parts.h) add counts on top of it where they begin later. Pure. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_TERMS_H
#define SERVICES_CONTRACTS_OBLIGATIONS_TERMS_H

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "contracts/file.pb-c.h"
#include "contracts/state.pb-c.h"

struct demand {
        const Contracts__ObligationTerms *terms;
        const Contracts__ContractFile *file; /* of the contract; NULL: nothing is told of parts, or of its end */
        struct hours opening;
        struct day today; /* parts that begin later add nothing yet */
};
struct hours terms_demanded(const struct demand *demand);
/* The same without what event `number` amended. */
struct hours terms_demanded_without(const struct demand *demand, uint64_t number);
/* What an amendment of that day comes after. */
struct hours terms_demanded_before(const struct demand *demand, struct day day);
/* What they demand with one more amendment, told now. */
struct hours terms_demanded_with(const struct demand *demand, struct day day, struct hours hours);
/* Who took the hours over last, up to that day; of one day the last one told. Without what event `without` assigned
 * (0: none). NULL: nobody did. */
const Contracts__Assignment *terms_assigned(const Contracts__ObligationTerms *terms, struct day day, uint64_t without);
/* The same of those that were told up to event `number`. */
const Contracts__Assignment *terms_assigned_until(const Contracts__ObligationTerms *terms, uint64_t number);
/* Whether an amendment of that day, told now, would be the one that holds. */
bool terms_is_latest(const Contracts__ObligationTerms *terms, struct day day);

#endif
