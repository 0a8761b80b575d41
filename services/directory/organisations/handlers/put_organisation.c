/* PutOrganisation: keeps an organisation as its source tells it. Emits OrganisationPut, unless nothing differs: then
 * nothing is recorded. Refuses what organisation_check() refuses, and a facilitator outside of her territories. */
#include "directory/events.pb-c.h"

#include "directory/calls.h"
#include "services/directory/organisations/organisation.h"
#include "services/directory/organisations/organisations_rows.h"

/* Security: a facilitator keeps the organisations of her own territories, and those of which none is known. */
static bool may_touch(const Wire__Passport *actor, const Directory__Organisation *organisation)
{
        return actor->role != TYPES__ROLE__FACILITATOR || organisation->territory[0] == '\0' ||
               passport_covers(actor, organisation->territory);
}

static void record_organisation(struct work *work, struct id id, Directory__Organisation *organisation)
{
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        put.organisation_id = id_to(work->arena, id);
        put.organisation = organisation;
        work_record(work, &put.base);
}

struct reply handle_put_organisation(struct work *work, const ProtobufCMessage *message)
{
        const Directory__PutOrganisation *command = (const Directory__PutOrganisation *)message;
        struct refusal refusal;
        if (!organisation_check(command->organisation, &refusal))
                return reply_refusal(work, &refusal);

        struct id id = organisation_id(command->organisation, work->arena);
        const Directory__OrganisationView *row = store_find_organisation(work->txn, id, work->arena);
        if (!may_touch(work->actor, command->organisation) ||
            (row != NULL && !may_touch(work->actor, row->organisation)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "organisation.territory",
                                    "Cette organisation relève d'un territoire qui n'est pas le vôtre. Adressez-vous à "
                                    "la coordination.");

        Directory__PutOutcome outcome =
                organisation_put_outcome(row == NULL ? NULL : row->organisation, command->organisation, work->arena);
        if (outcome != DIRECTORY__PUT_OUTCOME__SAME)
                record_organisation(work, id, command->organisation);

        Directory__PutOrganisationReply *reply = pb_new(&directory__put_organisation_reply__descriptor, work->arena);
        reply->organisation_id = id_to(work->arena, id);
        reply->outcome = outcome;
        return reply_ok(work, reply);
}
