#include "services/directory/organisations/putting.h"

#include "directory/events.pb-c.h"
#include "services/directory/organisations/organisations_rows.h"

bool organisation_may_touch(const Wire__Passport *actor, const Directory__Organisation *organisation)
{
        return actor->role != TYPES__ROLE__FACILITATOR || organisation->territory[0] == '\0' ||
               passport_covers(actor, organisation->territory);
}

bool putting_may_be_made(const struct work *work, Directory__Organisation *organisation, struct putting *ret,
                         struct refusal *ret_refusal)
{
        if (!organisation_check(organisation, ret_refusal))
                return false;
        *ret = (struct putting){.id = organisation_id(organisation, work->arena), .organisation = organisation};
        ret->before = store_find_organisation(work->txn, ret->id, work->arena);
        if (!organisation_may_touch(work->actor, organisation) ||
            (ret->before != NULL && !organisation_may_touch(work->actor, ret->before->organisation)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "organisation.territory",
                              "Cette organisation relève d'un territoire qui n'est pas le vôtre. Adressez-vous à "
                              "la coordination.");
        ret->outcome = organisation_put_outcome(ret->before == NULL ? NULL : ret->before->organisation, organisation,
                                                work->arena);
        return true;
}

void putting_record(struct work *work, const struct putting *putting, const Types__Id *batch)
{
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        bool replaced = batch != NULL && putting->before != NULL;
        put.organisation_id = id_to(work->arena, putting->id);
        put.organisation = putting->organisation;
        put.batch_id = (Types__Id *)(uintptr_t)batch;
        work_record_sealed(work, &put.base,
                           replaced ? pb_encode(putting->before->organisation, work->arena) : slice_of(NULL, 0));
}
