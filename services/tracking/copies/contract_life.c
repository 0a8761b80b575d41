#include "services/tracking/copies/contract_life.h"

#include "common/base/french.h"
#include "common/codec/types.h"
#include "services/tracking/copies/copies_rows.h"

struct contract_life contract_life_of(struct txn *txn, const Tracking__ObligationCopy *obligation, struct arena *arena)
{
        struct contract_life life = {.has_begun = false};
        const Tracking__ContractCopy *contract =
                obligation == NULL ? NULL : tracking_contract(txn, id_of(obligation->contract_id), arena);
        if (contract == NULL)
                return life;
        const Types__Day *notified = contract->notified_on, *starts = contract->starts_on;
        const Types__Day *first =
                notified == NULL || (starts != NULL && starts->days < notified->days) ? starts : notified;
        life.has_begun = first != NULL;
        life.has_ended = contract->ended_on != NULL;
        if (life.has_begun)
                life.first = day_of(first);
        if (life.has_ended)
                life.last = day_of(contract->ended_on);
        return life;
}

char *contract_life_outside(const struct contract_life *life, struct day first, struct day last, struct arena *arena)
{
        if (life->has_begun && day_number(last) < day_number(life->first))
                return arena_printf(arena,
                                    "Le contrat ne commence que le %s : vérifiez ces dates, ou la fiche du contrat.",
                                    french_day(arena, life->first));
        if (life->has_ended && day_number(first) > day_number(life->last))
                return arena_printf(arena, "Le contrat a pris fin le %s : vérifiez ces dates, ou la fin du contrat.",
                                    french_day(arena, life->last));
        return NULL;
}
