#include "services/contracts/needs/needs.h"

#include "services/contracts/store/store.h"

void apply_need_declared(const struct change *change, const Contracts__Event *event)
{
        contracts_need_put(change->txn, change->arena, event->need_declared);
}

void tell_need_declared(struct telling *telling, const Contracts__Event *event)
{
        const Contracts__NeedDeclared *body = event->need_declared;
        tell(telling, "Besoin déclaré par %s : %s « %s » (ROME %s) à partir du %s, commune %s.", body->contractor_name,
             french_count(telling->arena, body->positions, "poste"), body->title, body->rome_code,
             told_day(telling, body->starts_on), body->commune);
}
