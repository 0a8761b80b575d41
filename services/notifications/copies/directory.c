/* Of the directory: what an organisation is called, and its SIRET. One that has closed keeps its name. */
#include "directory/events.pb-c.h"
#include "services/notifications/copies/copies.h"
#include "services/notifications/store.h"

void copy_organisations(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Directory__Event *body = event->body;
        if (body->body_case != DIRECTORY__EVENT__BODY_ORGANISATION_PUT || body->organisation_put->organisation == NULL)
                return;
        const Directory__Organisation *organisation = body->organisation_put->organisation;
        Notifications__OrganisationCopy row = NOTIFICATIONS__ORGANISATION_COPY__INIT;
        row.name = organisation->name;
        row.siret = organisation->siret;
        store_put_organisation_copy(txn, id_of(body->organisation_put->organisation_id), &row, arena);
}
