#include "services/notifications/copies/copies.h"

#include "accounts/events.pb-c.h"
#include "common/codec/place.h"
#include "contracts/events.pb-c.h"
#include "directory/events.pb-c.h"
#include "services/notifications/store.h"
#include "tracking/events.pb-c.h"

/* Of contracts: which are private, whenever their kind was set right, and whose; which contract a need is of. */

/* `opened`: where the event is the one that opened it; else what was told then stays, or its place says where it is. */
static void copy_kind(struct txn *txn, struct arena *arena, const Types__Id *contract_id,
                      const Contracts__ContractRecord *record, const Contracts__ContractOpened *opened)
{
        struct id contract = id_of(contract_id);
        char territory[TERRITORY_TEXT_SIZE], *of_place = territory;
        Notifications__PrivateContract row = NOTIFICATIONS__PRIVATE_CONTRACT__INIT;
        const Notifications__PrivateContract *old = store_private_contract(txn, contract, arena);

        if (record->kind != CONTRACTS__CONTRACT_KIND__PRIVATE) {
                store_delete_private_contract(txn, contract);
                return;
        }
        if (opened != NULL && opened->n_territories > 0) {
                row.territories = opened->territories;
                row.n_territories = opened->n_territories;
        } else if (old != NULL) {
                row = *old;
        } else if (place_territory(record->place, territory)) {
                row.territories = &of_place;
                row.n_territories = 1;
        }
        store_put_private_contract(txn, contract, &row, arena);
}

void copy_from_contracts(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__Event *body = event->body;
        if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_OPENED)
                copy_kind(txn, arena, body->contract_opened->contract_id, body->contract_opened->record,
                          body->contract_opened);
        else if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_AMENDED)
                copy_kind(txn, arena, body->contract_amended->contract_id, body->contract_amended->record, NULL);
        else if (body->body_case == CONTRACTS__EVENT__BODY_NEED_DECLARED)
                store_put_need(txn, id_of(body->need_declared->need_id), id_of(body->need_declared->contract_id));
}

/* Of tracking: which placements are under a private contract. */
void copy_from_tracking(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Tracking__Event *body = event->body;
        (void)arena;
        if (body->body_case == TRACKING__EVENT__BODY_PLACEMENT_OPENED && body->placement_opened->is_private)
                store_set_private_placement(txn, id_of(body->placement_opened->placement_id), true);
        else if (body->body_case == TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED)
                store_set_private_placement(txn, id_of(body->placement_reclassified->placement_id),
                                            body->placement_reclassified->is_private);
}

/* Of the directory: what an organisation is called, and its SIRET. One that has closed keeps its name; one that was
 * taken back has none. */
void copy_organisations(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Directory__Event *body = event->body;
        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK)
                store_delete_organisation_copy(txn, id_of(body->organisation_taken_back->organisation_id), arena);
        if (body->body_case != DIRECTORY__EVENT__BODY_ORGANISATION_PUT || body->organisation_put->organisation == NULL)
                return;
        const Directory__Organisation *organisation = body->organisation_put->organisation;
        Notifications__OrganisationCopy row = NOTIFICATIONS__ORGANISATION_COPY__INIT;
        row.name = organisation->name;
        row.siret = organisation->siret;
        store_put_organisation_copy(txn, id_of(body->organisation_put->organisation_id), &row, arena);
}

/* Of accounts: the links that may still open something. Whether one has expired is accounts' to say, when it is drawn.
 */
void copy_links(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Accounts__Event *body = event->body;
        switch ((int)body->body_case) {
        case ACCOUNTS__EVENT__BODY_LINK_GIVEN: store_put_open_link(txn, body->link_given->link, arena); break;
        case ACCOUNTS__EVENT__BODY_LINK_USED:
                store_delete_open_link(txn, id_of(body->link_used->link_id), arena);
                break;
        case ACCOUNTS__EVENT__BODY_LINK_ENDED:
                store_delete_open_link(txn, id_of(body->link_ended->link_id), arena);
                break;
        case ACCOUNTS__EVENT__BODY_LINK_DISOWNED:
                store_delete_open_link(txn, id_of(body->link_disowned->link->link_id), arena);
                break;
        }
}
