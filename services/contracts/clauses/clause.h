/* clause.h: what a clause on a lot must be. Pure. Called by PutClause. There is one clause a lot; putting it again
 * recalculates it, as long as nobody owes its hours. */
#ifndef SERVICES_CONTRACTS_CLAUSES_CLAUSE_H
#define SERVICES_CONTRACTS_CLAUSES_CLAUSE_H

#include "common/base/arena.h"
#include "common/codec/refusal.h"
#include "contracts/commands.pb-c.h"
#include "contracts/events.pb-c.h"
#include "contracts/record.pb-c.h"

/* The departments asked for, each once; those of the place of execution where none is asked for. The list lives in the
 * arena. */
struct territories {
        char **codes;
        size_t count;
};
bool clause_territories(const struct territories *asked, const Contracts__ContractRecord *record, struct arena *arena,
                        struct territories *ret, struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* Same calculation, hours and territories; the version of the rules is not compared. */
bool clause_says_same(const Contracts__ClausePut *a, const Contracts__ClausePut *b, struct arena *arena);

/* Whether a lot's clause may be put anew; `owed`: somebody's obligation rests on it. */
bool clause_may_change(bool owed, struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
