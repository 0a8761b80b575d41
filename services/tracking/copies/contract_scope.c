#include "services/tracking/copies/contract_scope.h"

#include "services/tracking/copies/copies_rows.h"

bool scope_is_watcher(const Wire__Passport *actor)
{
        return actor->role == TYPES__ROLE__FACILITATOR || actor->role == TYPES__ROLE__COORDINATOR ||
               actor->role == TYPES__ROLE__AUDITOR;
}

static bool reads_private(const struct work *work, const Tracking__PrivateContract *contract)
{
        if (work->actor->role == TYPES__ROLE__COORDINATOR)
                return true;
        for (size_t i = 0; work->actor->role == TYPES__ROLE__FACILITATOR && i < contract->n_territories; i++)
                if (passport_covers(work->actor, contract->territories[i]))
                        return true;
        return false;
}

bool scope_reads_obligation(const struct work *work, struct id obligation)
{
        const Tracking__PrivateContract *contract = tracking_private_of(work->txn, obligation, work->arena);
        return contract == NULL || reads_private(work, contract);
}
