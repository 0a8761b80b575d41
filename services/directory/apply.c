#include "services/directory/apply.h"

#include "directory/events.pb-c.h"
#include "services/directory/store.h"

/* A closed organisation that is put again stays closed: re-importing last year's file must not reopen it. */
static void apply_put(struct txn *txn, struct arena *arena, const Directory__OrganisationPut *put)
{
        Directory__OrganisationView *before = store_find_organisation(txn, id_of(put->organisation_id), arena);
        Directory__OrganisationView after = DIRECTORY__ORGANISATION_VIEW__INIT;
        after.organisation_id = put->organisation_id;
        after.organisation = put->organisation;
        if (before != NULL) {
                after.closed = before->closed;
                after.closed_on = before->closed_on;
        }
        store_put_organisation(txn, before, &after, arena);
}

static void apply_closed(struct txn *txn, struct arena *arena, const Directory__OrganisationClosed *closed)
{
        Directory__OrganisationView *before = store_find_organisation(txn, id_of(closed->organisation_id), arena);
        if (before == NULL)
                return;
        Directory__OrganisationView after = *before;
        after.closed = true;
        after.closed_on = closed->closed_on;
        store_put_organisation(txn, before, &after, arena);
}

void directory_apply(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Directory__Event *body = event->body;

        switch ((int)body->body_case) {
        case DIRECTORY__EVENT__BODY_ORGANISATION_PUT: apply_put(txn, arena, body->organisation_put); break;
        case DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED: apply_closed(txn, arena, body->organisation_closed); break;
        }
}
