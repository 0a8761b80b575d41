#include "directory/events.pb-c.h"
#include "services/reporting/projections/projections.h"
#include "services/reporting/store.h"

/* As in the directory: an organisation that is closed and put again stays closed. */
static void put_organisation(struct txn *txn, struct id id, const Directory__Organisation *organisation)
{
        struct slice nothing;
        if (!txn_get(txn, T_CLOSED, id_slice(&id), &nothing))
                txn_put(txn, T_ORGANISATION, id_slice(&id), slice_of_text(organisation->siret));
}

void project_directory(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Directory__Event *body = event->body;
        struct id id;
        (void)arena;
        switch (body->body_case) {
        case DIRECTORY__EVENT__BODY_ORGANISATION_PUT:
                id = id_of(body->organisation_put->organisation_id);
                put_organisation(txn, id, body->organisation_put->organisation);
                return;
        case DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED:
                id = id_of(body->organisation_closed->organisation_id);
                txn_delete(txn, T_ORGANISATION, id_slice(&id));
                txn_put(txn, T_CLOSED, id_slice(&id), slice_of(NULL, 0));
                return;
        case DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK:
                id = id_of(body->organisation_taken_back->organisation_id);
                txn_delete(txn, T_ORGANISATION, id_slice(&id));
                return;
        case DIRECTORY__EVENT__BODY_BATCH_IMPORTED: /* what was put is told one by one */
        case DIRECTORY__EVENT__BODY_BATCH_UNDONE:
        case DIRECTORY__EVENT__BODY__NOT_SET: /* a later version's event */
        case _DIRECTORY__EVENT__BODY__CASE_IS_INT_SIZE: return;
        }
}
