#include "services/tracking/placements/scope.h"

#include "services/tracking/copies/copies_rows.h"

bool scope_is_watcher(const Wire__Passport *actor)
{
        return actor->role == TYPES__ROLE__FACILITATOR || actor->role == TYPES__ROLE__COORDINATOR ||
               actor->role == TYPES__ROLE__AUDITOR;
}

/* Security: a company acts for the placements it hosts or employs, a structure for those it employs. */
static bool is_partner(const Wire__Passport *actor, const struct placement *placement)
{
        if (actor->role == TYPES__ROLE__COMPANY && passport_is_organisation(actor, placement->host))
                return true;
        return (actor->role == TYPES__ROLE__COMPANY || actor->role == TYPES__ROLE__STRUCTURE) &&
               passport_is_organisation(actor, placement->employer);
}

bool scope_sees_placement(const Wire__Passport *actor, const struct placement *placement)
{
        return (scope_is_watcher(actor) && passport_covers(actor, placement->territory)) ||
               is_partner(actor, placement);
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

bool scope_reads_placement(const struct work *work, const struct placement *placement)
{
        if (is_partner(work->actor, placement))
                return true;
        return scope_sees_placement(work->actor, placement) && scope_reads_obligation(work, placement->obligation);
}

bool scope_states_hours(const struct work *work, const struct placement *placement)
{
        return is_partner(work->actor, placement) || scope_changes_placement(work, placement);
}

bool scope_changes_placement(const struct work *work, const struct placement *placement)
{
        return work->actor->role == TYPES__ROLE__FACILITATOR && passport_covers(work->actor, placement->territory) &&
               scope_reads_obligation(work, placement->obligation);
}

struct reply reply_no_placement(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "placement_id",
                            "Ce parcours n'existe pas ici : vérifiez son identifiant.");
}
