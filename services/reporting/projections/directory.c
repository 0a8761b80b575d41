#include "directory/events.pb-c.h"
#include "services/reporting/projections/projections.h"
#include "services/reporting/store.h"

void project_directory(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Directory__Event *body = event->body;
        struct id id;
        (void)arena;
        switch (body->body_case) {
        case DIRECTORY__EVENT__BODY_ORGANISATION_PUT:
                id = id_of(body->organisation_put->organisation_id);
                txn_put(txn, T_ORGANISATION, id_slice(&id), slice_of_text(body->organisation_put->organisation->siret));
                return;
        case DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED:
                id = id_of(body->organisation_closed->organisation_id);
                txn_delete(txn, T_ORGANISATION, id_slice(&id));
                return;
        case DIRECTORY__EVENT__BODY__NOT_SET: /* a later version's event */
        case _DIRECTORY__EVENT__BODY__CASE_IS_INT_SIZE: return;
        }
}
