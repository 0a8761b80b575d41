#include "services/tracking/placements/reference.h"

#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"

bool reference_is_given_by(const Wire__Passport *actor, const struct placement *placement)
{
        return (actor->role == TYPES__ROLE__COMPANY || actor->role == TYPES__ROLE__STRUCTURE) &&
               passport_is_organisation(actor, placement->employer);
}

char *reference_of(const struct work *work, struct id id, const struct placement *placement)
{
        struct slice sealed;
        int err;
        if (!tracking_employer_reference(work->txn, id, &sealed))
                return arena_text(work->arena, "");
        const Tracking__Sealed *content =
                work_unseal(work, placement->beneficiary, sealed, &tracking__sealed__descriptor, &err);
        return content != NULL && content->content_case == TRACKING__SEALED__CONTENT_EMPLOYER_REFERENCE
                       ? content->employer_reference
                       : arena_text(work->arena, "");
}

char *reference_shown(const struct work *work, struct id id, const struct placement *placement)
{
        if (!reference_is_given_by(work->actor, placement) && !scope_changes_placement(work, placement))
                return arena_text(work->arena, "");
        return reference_of(work, id, placement);
}
