/* Of contracts: what turns an invoice into hours, from when to when there is work for them, which territories an
 * obligation is followed in and who owes it, whom clauses keep their hours for, which needs there are, and which
 * contracts are private, whoever opened them and whenever their kind was set right. */
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
        row.contractor = recorded->contractor_organisation;
        row.contractor_name = recorded->contractor_name;
        row.contractor_siret = recorded->contractor_siret;
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

static void copy_assignment(struct txn *txn, struct arena *arena, const Contracts__ObligationAssigned *assigned)
{
        struct id id = id_of(assigned->obligation_id);
        Tracking__ObligationCopy *row = tracking_obligation(txn, id, arena);
        if (row == NULL || assigned->is_older)
                return; /* never recorded: nothing that a rule could ask for; or told late, and another owes since */
        row->contractor = assigned->contractor_organisation;
        row->contractor_name = assigned->contractor_name;
        row->contractor_siret = assigned->contractor_siret;
        tracking_put_obligation(txn, id, row, arena);
}

/* A substitute takes the place of who left: then the obligation goes on. `left_on` NULL: it is withdrawn. */
static void copy_leaving(struct txn *txn, struct arena *arena, const Contracts__MemberLeft *left, Types__Day *left_on)
{
        struct id id = id_of(left->obligation_id);
        Tracking__ObligationCopy *row = tracking_obligation(txn, id, arena);
        if (row == NULL || left->fate == CONTRACTS__LEFT_HOURS__LEFT_SUBSTITUTED)
                return; /* never recorded, or nothing changes for who works on it */
        row->left_on = left_on;
        tracking_put_obligation(txn, id, row, arena);
}

static void copy_need(struct txn *txn, struct arena *arena, const Types__Id *id, const Contracts__NeedDeclared *need)
{
        Tracking__NeedCopy row = TRACKING__NEED_COPY__INIT;
        row.obligation_id = need->obligation_id;
        row.contract_id = need->contract_id;
        row.territory = need->territory;
        row.title = need->title;
        row.rome_code = need->rome_code;
        row.starts_on = need->starts_on;
        row.partner = need->partner != NULL && need->partner->choice == CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN
                              ? need->partner->organisation_id
                              : NULL;
        tracking_put_need(txn, id_of(id), &row, arena);
}

static void copy_closing(struct txn *txn, struct arena *arena, const Contracts__NeedClosed *closed)
{
        Tracking__NeedCopy *row = tracking_need(txn, id_of(closed->need_id), arena);
        if (row == NULL)
                return; /* the same */
        row->closed = true;
        tracking_put_need(txn, id_of(closed->need_id), row, arena);
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

/* What its invoices are measured by, from when on there is work for it, and whose policy its placements follow. */
static void copy_contract(struct txn *txn, struct arena *arena, const Types__Id *contract_id,
                          const Contracts__ContractRecord *record, bool is_ours)
{
        const Tracking__ContractCopy *before = tracking_contract(txn, id_of(contract_id), arena);
        Tracking__ContractCopy row = TRACKING__CONTRACT_COPY__INIT;
        if (before != NULL && before->is_ours && !is_ours)
                return;
        row.amount = record->amount;
        row.buyer_siret = record->buyer_siret;
        row.notified_on = record->notified_on;
        row.starts_on = record->starts_on;
        row.ended_on = before == NULL ? NULL : before->ended_on;
        row.is_ours = is_ours;
        tracking_put_contract(txn, id_of(contract_id), &row, arena);
}

/* NULL: it goes on after all. */
static void copy_end(struct txn *txn, struct arena *arena, const Types__Id *contract_id, Types__Day *ended_on)
{
        Tracking__ContractCopy *row = tracking_contract(txn, id_of(contract_id), arena);
        if (row == NULL)
                return; /* never told */
        row->ended_on = ended_on;
        tracking_put_contract(txn, id_of(contract_id), row, arena);
}

static void copy_record(struct txn *txn, struct arena *arena, const Contracts__Event *body)
{
        if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_OPENED) {
                const Contracts__ContractOpened *opened = body->contract_opened;
                copy_kind(txn, arena, opened->contract_id, opened->record, opened);
                copy_contract(txn, arena, opened->contract_id, opened->record, true);
        } else if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_AMENDED) {
                const Contracts__ContractAmended *amended = body->contract_amended;
                copy_kind(txn, arena, amended->contract_id, amended->record, NULL);
                copy_contract(txn, arena, amended->contract_id, amended->record, true);
        } else if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED) {
                copy_contract(txn, arena, body->contract_imported->contract_id, body->contract_imported->record, false);
        } else if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_UPDATED) {
                copy_contract(txn, arena, body->contract_updated->contract_id, body->contract_updated->record, false);
        }
}

/* ---- acts that are withdrawn: the copy says what it said before them */

/* Security: whose it was is kept: a placement on it is still of a private contract, where it was of one. */
static void withdraw_obligation(struct txn *txn, struct arena *arena, const Contracts__ObligationRecorded *recorded)
{
        struct id id = id_of(recorded->obligation_id);
        Tracking__ObligationCopy *row = tracking_obligation(txn, id, arena);
        if (row == NULL)
                return; /* never told */
        row->withdrawn = true;
        tracking_put_obligation(txn, id, row, arena);
}

static void withdraw_closing(struct txn *txn, struct arena *arena, const Contracts__NeedClosed *closed)
{
        Tracking__NeedCopy *row = tracking_need(txn, id_of(closed->need_id), arena);
        if (row == NULL)
                return; /* never told */
        row->closed = false;
        tracking_put_need(txn, id_of(closed->need_id), row, arena);
}

static void withdraw_acts(struct txn *txn, struct arena *arena, const Contracts__ActWithdrawn *withdrawn)
{
        for (size_t i = 0; i < withdrawn->n_acts; i++) {
                const Contracts__Event *act =
                        pb_decode(&contracts__event__descriptor, pb_slice(withdrawn->acts[i]->event), arena);
                if (act == NULL)
                        continue; /* of a later program */
                if (act->body_case == CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED)
                        withdraw_obligation(txn, arena, act->obligation_recorded);
                else if (act->body_case == CONTRACTS__EVENT__BODY_NEED_CLOSED)
                        withdraw_closing(txn, arena, act->need_closed);
                else if (act->body_case == CONTRACTS__EVENT__BODY_MEMBER_LEFT)
                        copy_leaving(txn, arena, act->member_left, NULL);
                else if (act->body_case == CONTRACTS__EVENT__BODY_CONTRACT_ENDED)
                        copy_end(txn, arena, act->contract_ended->contract_id, NULL);
        }
        for (size_t i = 0; i < withdrawn->n_holders; i++)
                copy_assignment(txn, arena, withdrawn->holders[i]);
}

void tracking_copy_contracts(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__Event *body = event->body;
        copy_record(txn, arena, body);
        if (body->body_case == CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED)
                copy_obligation(txn, arena, body->obligation_recorded);
        else if (body->body_case == CONTRACTS__EVENT__BODY_CLAUSE_PUT)
                copy_clause(txn, arena, body->clause_put);
        else if (body->body_case == CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED)
                copy_assignment(txn, arena, body->obligation_assigned);
        else if (body->body_case == CONTRACTS__EVENT__BODY_MEMBER_LEFT)
                copy_leaving(txn, arena, body->member_left, body->member_left->left_on);
        else if (body->body_case == CONTRACTS__EVENT__BODY_NEED_DECLARED)
                copy_need(txn, arena, body->need_declared->need_id, body->need_declared);
        else if (body->body_case == CONTRACTS__EVENT__BODY_NEED_AMENDED && body->need_amended->need != NULL)
                copy_need(txn, arena, body->need_amended->need_id, body->need_amended->need);
        else if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_ENDED)
                copy_end(txn, arena, body->contract_ended->contract_id, body->contract_ended->ended_on);
        else if (body->body_case == CONTRACTS__EVENT__BODY_NEED_CLOSED)
                copy_closing(txn, arena, body->need_closed);
        else if (body->body_case == CONTRACTS__EVENT__BODY_ACT_WITHDRAWN)
                withdraw_acts(txn, arena, body->act_withdrawn);
}
