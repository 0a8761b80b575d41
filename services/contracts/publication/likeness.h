/* likeness.h: how much a publication looks like being about a contract of ours. Pure. Called by PublicationSuggestions.
 * The buyer is the same: that is for the caller to see. The buyer's own number decides alone; without it, amount, day
 * of notification, object, CPV and contractors each add what they are worth. The facilitator links, never the machine.
 */
#ifndef SERVICES_CONTRACTS_PUBLICATION_LIKENESS_H
#define SERVICES_CONTRACTS_PUBLICATION_LIKENESS_H

#include "common/base/arena.h"
#include "contracts/publication.pb-c.h"

enum { LIKENESS_CERTAIN = 100, LIKENESS_WORTH_SAYING = 40 };

/* 0..100, and French reasons for what it is made of: at most LIKENESS_REASONS_MAX. */
enum { LIKENESS_REASONS_MAX = 6 };
struct likeness {
        uint32_t score;
        const char *reasons[LIKENESS_REASONS_MAX];
        size_t reason_count;
};
struct likeness likeness_of(const Contracts__ContractRecord *ours, const Contracts__ContractRecord *published,
                            struct arena *arena);

#endif
