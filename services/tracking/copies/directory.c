/* Of the directory: an organisation's kind, its name and SIRET, and whether it has closed. */
#include "directory/events.pb-c.h"
#include "services/tracking/copies/copies.h"
#include "services/tracking/copies/copies_rows.h"

static void copy_put(struct txn *txn, struct arena *arena, const Directory__OrganisationPut *put)
{
        struct id id = id_of(put->organisation_id);
        const Tracking__OrganisationCopy *before = tracking_organisation(txn, id, arena);
        Tracking__OrganisationCopy row = TRACKING__ORGANISATION_COPY__INIT;
        row.kind = (int32_t)put->organisation->kind;
        row.name = put->organisation->name;
        row.siret = put->organisation->siret;
        row.closed_on = before != NULL ? before->closed_on : NULL;
        tracking_put_organisation(txn, id, &row, arena);
}

static void copy_closed(struct txn *txn, struct arena *arena, const Directory__OrganisationClosed *closed)
{
        struct id id = id_of(closed->organisation_id);
        Tracking__OrganisationCopy *row = tracking_organisation(txn, id, arena);
        if (row == NULL)
                return; /* never put: nothing that a rule could ask for */
        row->closed_on = closed->closed_on;
        tracking_put_organisation(txn, id, row, arena);
}

void tracking_copy_directory(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Directory__Event *body = event->body;
        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_PUT && body->organisation_put->organisation != NULL)
                copy_put(txn, arena, body->organisation_put);
        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED)
                copy_closed(txn, arena, body->organisation_closed);
        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK)
                tracking_delete_organisation(txn, id_of(body->organisation_taken_back->organisation_id), arena);
}
