#include "services/contracts/clauses/clauses.h"

#include "services/contracts/clauses/calibration.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/record/telling.h"

void apply_clause_put(const struct change *change, const Contracts__Event *event)
{
        clauses_coming_put(change->txn, change->arena, event->clause_put); /* before: it looks at the former one */
        contracts_clause_put(change->txn, change->arena, event->clause_put);
}

void tell_clause_put(struct telling *telling, const Contracts__Event *event)
{
        const Contracts__ClausePut *body = event->clause_put;
        tell(telling, "Clause posée sur le lot %u : %s d'insertion (%s).", body->lot, told_hours(telling, body->hours),
             calibration_told(body->calibration, telling->arena));
}
