/* Of contracts: what turns an invoice into hours, which territories an obligation is followed in, whom clauses keep
 * their hours for, and which contracts are private, whoever opened them and whenever their kind was set right. */
#include "common/codec/place.h"
#include "contracts/events.pb-c.h"
#include "services/tracking/copies/copies.h"
#include "services/tracking/copies/copies_rows.h"

static void copy_obligation(struct txn *txn, struct arena *arena, const Contracts__ObligationRecorded *recorded)
{
        Tracking__ObligationCopy row = TRACKING__OBLIGATION_COPY__INIT;
        row.hourly_cost = recorded->hourly_cost;
        row.labour_share = recorded->labour_share;
        row.n_territories = recorded->n_territories;
        row.territories = recorded->territories;
        row.contract_id = recorded->contract_id;
        row.clause_id = recorded->clause_id;
        tracking_put_obligation(txn, id_of(recorded->obligation_id), &row, arena);
}

/* For whom its hours are kept; of all other clauses there is no row. */
static void copy_clause(struct txn *txn, struct arena *arena, const Contracts__ClausePut *put)
{
        Tracking__ClauseCopy row = TRACKING__CLAUSE_COPY__INIT;
        if (put->calibration != NULL) {
                row.target_publics = put->calibration->target_publics;
                row.n_target_publics = put->calibration->n_target_publics;
        }
        tracking_put_clause(txn, id_of(put->clause_id), &row, arena);
}

/* `opened`: where the event is the one that opened it; else what was told then stays, or its place says where it is. */
static void copy_kind(struct txn *txn, struct arena *arena, const Types__Id *contract_id,
                      const Contracts__ContractRecord *record, const Contracts__ContractOpened *opened)
{
        struct id contract = id_of(contract_id);
        char territory[TERRITORY_TEXT_SIZE], *of_place = territory;
        Tracking__PrivateContract row = TRACKING__PRIVATE_CONTRACT__INIT;
        const Tracking__PrivateContract *old = tracking_private(txn, contract, arena);

        if (record->kind != CONTRACTS__CONTRACT_KIND__PRIVATE) {
                tracking_delete_private(txn, contract);
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
        tracking_put_private(txn, contract, &row, arena);
}

void tracking_copy_contracts(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__Event *body = event->body;
        if (body->body_case == CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED)
                copy_obligation(txn, arena, body->obligation_recorded);
        else if (body->body_case == CONTRACTS__EVENT__BODY_CLAUSE_PUT)
                copy_clause(txn, arena, body->clause_put);
        else if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_OPENED)
                copy_kind(txn, arena, body->contract_opened->contract_id, body->contract_opened->record,
                          body->contract_opened);
        else if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_AMENDED)
                copy_kind(txn, arena, body->contract_amended->contract_id, body->contract_amended->record, NULL);
}
