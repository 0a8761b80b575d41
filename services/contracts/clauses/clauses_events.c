#include "contracts/calls.h"
#include "services/contracts/clauses/clauses.h"

#include "services/contracts/clauses/calibration.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/record/telling.h"

void apply_clause_put(const struct change *change, const Contracts__ClausePut *body)
{
        clauses_coming_put(change->txn, change->arena, body); /* before: it looks at the former one */
        contracts_clause_put(change->txn, change->arena, body);
}

void tell_clause_put(struct telling *telling, const Contracts__ClausePut *body)
{
        tell(telling, "Clause posée sur le lot %u : %s d'insertion (%s).", body->lot, told_hours(telling, body->hours),
             calibration_told(body->calibration, telling->arena));
}
