/* differences.h: our own truth of a contract beside what its buyer published, field by field, as a reader sees it.
 * Pure. Called by PublicationDifferences and the page of facts.
 *
 * What we do not say is no difference: only where our record says something else than the publication, or something
 * that it does not. Considerations are compared as we know them, a clause that hangs on the contract included; those
 * published can no longer be changed, and that is said. */
#ifndef SERVICES_CONTRACTS_PUBLICATION_DIFFERENCES_H
#define SERVICES_CONTRACTS_PUBLICATION_DIFFERENCES_H

#include "common/base/arena.h"
#include "contracts/publication.pb-c.h"

struct differences {
        struct arena *arena;
        Contracts__FieldDifference **at;
        size_t count;
};

/* `social`: considerations_known() of the contract. `ours` may be `published` itself: then only that is compared. */
void differences_find(const Contracts__ContractRecord *ours, const Contracts__ContractRecord *published,
                      uint32_t social, struct differences *to);

#endif
