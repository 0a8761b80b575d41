/* republication.h: what is known of a contract once it was published again. Pure. Called by ImportContract.
 *
 * The files of one contract come in any order, from several platforms, again and again. So merging is an upper bound:
 * its result does not depend on the order or the number of times (merge(a, b) = merge(b, a), merge(a, a) = a), and
 * nothing that was appended is lost:
 *   - modifications, subcontracts and their modifications: the union. The same one = the same number and day of
 *     notification (buyers do use a number twice), and the n-th of these; of two texts of it the one published later
 *   - all else: from the later publication. Where the dates are equal or absent: from the newer format, then from the
 *     one with fewer letters lost in transit, then from the one that tells more. What was published is unchangeable by
 *     law, so that these differ at all is a slip of somebody's. */
#ifndef SERVICES_CONTRACTS_PUBLICATION_REPUBLICATION_H
#define SERVICES_CONTRACTS_PUBLICATION_REPUBLICATION_H

#include "common/base/arena.h"
#include "contracts/record.pb-c.h"

/* `known` may be NULL: then only the lists are put in order. The result lives in the arena and points into both. */
Contracts__ContractRecord *republication_merge(const Contracts__ContractRecord *known,
                                               const Contracts__ContractRecord *incoming,
                                               struct arena *arena) ATTR_MUST_CHECK;

#endif
