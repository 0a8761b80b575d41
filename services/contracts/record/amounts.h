/* amounts.h: amounts that stand for "not known" (common/codec/amount.h) are kept, shown as published, and marked; no
 * calculation, lever or check of an obligation takes one by itself. By the rules in force today. */
#ifndef SERVICES_CONTRACTS_RECORD_AMOUNTS_H
#define SERVICES_CONTRACTS_RECORD_AMOUNTS_H

#include "contracts/publication.pb-c.h"
#include "services/contracts/record/context.h"

/* The dated rules and texts of the room. */
#define RECORD_DATED(DATED) DATED(AMOUNTS, "amounts", contracts__amount_rules__descriptor)
RECORD_DATED(DATED_NUMBER)

/* NULL: not told, which is not doubtful. */
bool amount_is_doubtful(const struct work *work, const Types__Money *amount);
/* The amount; NULL where it is doubtful or not told. */
const Types__Money *amount_trusted(const struct work *work, const Types__Money *amount);

/* What an import says of a record: its amount, and those of its modifications, by the names of the format. */
Contracts__FieldProblem **amount_remarks(const struct work *work, const Contracts__ContractRecord *record,
                                         size_t *ret_count);

#endif
