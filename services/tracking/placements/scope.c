#include "services/tracking/placements/scope.h"

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
