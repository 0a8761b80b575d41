/* sought.h: which contracts a list of them is about, besides whose they are: by words, place, kind, year, and by where
 * they stand today. Called by the list of contracts, of each contract that it walks over. */
#ifndef SERVICES_CONTRACTS_PAGE_SOUGHT_H
#define SERVICES_CONTRACTS_PAGE_SOUGHT_H

#include "services/contracts/record/record_rows.h"

enum { SOUGHT_WORDS_MAX = 16, SOUGHT_WORD_SIZE = 64 };

struct sought {
        const Contracts__ContractsRequest *query;
        char words[SOUGHT_WORDS_MAX][SOUGHT_WORD_SIZE]; /* folded */
        size_t count;
};
struct sought sought_of(const Contracts__ContractsRequest *query);

bool sought_holds(const struct work *work, const struct sought *sought, struct id contract,
                  const Contracts__ContractRecord *record);

#endif
