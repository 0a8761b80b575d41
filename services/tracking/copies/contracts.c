/* Of contracts: what turns an invoice into hours, and which territories an obligation is followed in. */
#include "contracts/events.pb-c.h"
#include "services/tracking/copies/copies.h"
#include "services/tracking/store.h"

void tracking_copy_contracts(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__Event *body = event->body;
        if (body->body_case != CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED)
                return;
        const Contracts__ObligationRecorded *recorded = body->obligation_recorded;
        Tracking__ObligationCopy row = TRACKING__OBLIGATION_COPY__INIT;
        row.hourly_cost = recorded->hourly_cost;
        row.labour_share = recorded->labour_share;
        row.n_territories = recorded->n_territories;
        row.territories = recorded->territories;
        tracking_put_obligation(txn, id_of(recorded->obligation_id), &row, arena);
}
