#include "services/contracts/needs/needs.h"

#include "services/contracts/store/store.h"

void apply_need_declared(const struct change *change, const Contracts__Event *event)
{
        contracts_need_put(change->txn, change->arena, event->need_declared);
}

void tell_need_declared(struct telling *telling, const Contracts__Event *event)
{
        const Contracts__NeedDeclared *body = event->need_declared;
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(telling->txn, telling->arena, id_of(body->obligation_id));
        /* The event of a private contract's need does not name the company. */
        const char *company = body->contractor_name[0] == '\0' && obligation != NULL ? obligation->contractor_name
                                                                                     : body->contractor_name;
        tell(telling, "Besoin déclaré par %s : %s « %s » (ROME %s) à partir du %s, commune %s.", company,
             french_count(telling->arena, body->positions, "poste"), body->title, body->rome_code,
             told_day(telling, body->starts_on), body->commune);
}
