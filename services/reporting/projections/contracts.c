#include <stdio.h>

#include "common/codec/place.h"
#include "contracts/events.pb-c.h"
#include "services/reporting/projections/projections.h"
#include "services/reporting/store.h"

static uint32_t year_of_event(const struct event *event)
{
        return year_of_day(day_of_instant_ms(event->at_ms));
}

/* The department of the place of execution, where the place is in one. */
static char *territory_of_place(const Contracts__Place *place, struct arena *arena)
{
        char territory[TERRITORY_TEXT_SIZE];
        (void)place_territory(place, territory); /* "": not told, counted as such */
        return arena_text(arena, territory);
}

static uint32_t social_mask(const Contracts__ContractRecord *record)
{
        uint32_t mask = 0;
        for (size_t i = 0; i < record->n_social; i++)
                if ((uint32_t)record->social[i] < CONSIDERATIONS)
                        mask |= 1u << (uint32_t)record->social[i];
        return mask;
}

/* Counts a contract in (sign 1) or out (-1) of its scope. "Not told" is a figure too. A private contract is no public
 * one: what is done under it is in the sums of hours and persons, itself in none. */
static void count_contract(struct txn *txn, const Reporting__ContractRow *row, int32_t sign)
{
        struct demand demand;
        if (row->is_private)
                return;
        struct key key = scope_key(row->year, row->territory);
        row_get(txn, T_DEMAND, &key, &demand, sizeof(demand));
        demand.contracts += (uint32_t)sign;
        uint32_t mask =
                row->social_mask == 0 ? 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN : row->social_mask;
        for (uint32_t i = 0; i < CONSIDERATIONS; i++)
                if ((mask & (1u << i)) != 0)
                        demand.by_consideration[i] += (uint32_t)sign;
        if (row->clauses > 0)
                demand.with_clause += (uint32_t)sign;
        row_put(txn, T_DEMAND, &key, &demand, sizeof(demand));
}

/* Where a private contract is: what was told when it was opened, else its place. */
static void put_territories(Reporting__ContractRow *row, const Reporting__ContractRow *old,
                            const Contracts__ContractOpened *opened)
{
        if (opened != NULL && opened->n_territories > 0) {
                row->territories = opened->territories;
                row->n_territories = opened->n_territories;
        } else if (old != NULL && old->n_territories > 0) {
                row->territories = old->territories;
                row->n_territories = old->n_territories;
        }
}

/* `opened`: the event that told of it first, where it is one of ours; else NULL. */
static void put_contract(struct txn *txn, struct arena *arena, const Types__Id *contract_id,
                         const Contracts__ContractRecord *record, const Contracts__ContractOpened *opened)
{
        struct id contract = id_of(contract_id);
        Reporting__ContractRow row = REPORTING__CONTRACT_ROW__INIT;
        const Reporting__ContractRow *old = contract_get(txn, contract, arena);

        row.number = record->number;
        row.buyer_siret = record->buyer_siret;
        row.object = record->object;
        row.year = record->notified_on == NULL ? 0 : year_of_day(day_of(record->notified_on));
        row.territory = territory_of_place(record->place, arena);
        row.social_mask = social_mask(record);
        row.clauses = old == NULL ? 0 : old->clauses;
        row.is_private = record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
        put_territories(&row, old, opened);
        if (old != NULL)
                count_contract(txn, old, -1);
        count_contract(txn, &row, 1);
        contract_put(txn, contract, &row, arena);
}

static void put_clause(struct txn *txn, struct arena *arena, const Contracts__ClausePut *put)
{
        struct id contract = id_of(put->contract_id);
        Reporting__ContractRow *row = contract_get(txn, contract, arena);
        if (row == NULL)
                return; /* a clause never comes before its contract: same log */
        count_contract(txn, row, -1);
        row->clauses++;
        count_contract(txn, row, 1);
        contract_put(txn, contract, row, arena);
}

static int64_t at_least_zero(int64_t hundredths)
{
        return hundredths > 0 ? hundredths : 0;
}

/* What an obligation owes changed by `hundredths`: its sums hold what is left of each one, and what is over of each. */
static void change_balance(struct txn *txn, struct id obligation, int64_t hundredths)
{
        struct balance balance;
        struct demand demand;
        struct key key = key_of_id(obligation);
        row_get(txn, T_BALANCE, &key, &balance, sizeof(balance));
        int64_t before = balance.remaining_hundredths, after = before + hundredths;
        balance.remaining_hundredths = after;
        row_put(txn, T_BALANCE, &key, &balance, sizeof(balance));

        struct key scope = scope_key(balance.year, balance.territory);
        row_get(txn, T_DEMAND, &scope, &demand, sizeof(demand));
        demand.remaining_hundredths += at_least_zero(after) - at_least_zero(before);
        demand.surplus_hundredths += at_least_zero(-after) - at_least_zero(-before);
        row_put(txn, T_DEMAND, &scope, &demand, sizeof(demand));
}

/* The account DUE is what is still owed, whatever the other one is. */
static void move_balance(struct txn *txn, const Types__Id *obligation, Contracts__Account from, Contracts__Account to,
                         const Types__Hours *hours)
{
        int64_t hundredths = hours_hundredths(hours_of(hours));
        if (to == CONTRACTS__ACCOUNT__DUE)
                change_balance(txn, id_of(obligation), hundredths);
        else if (from == CONTRACTS__ACCOUNT__DUE)
                change_balance(txn, id_of(obligation), -hundredths);
}

static void put_obligation(struct txn *txn, const struct event *event, const Contracts__ObligationRecorded *recorded)
{
        struct demand demand;
        /* A framework agreement opens with nothing due: its invoices make it. */
        int64_t due_hundredths = recorded->by_invoices ? 0 : hours_hundredths(hours_of(recorded->hours));
        struct key scope = scope_key(year_of_event(event), recorded->n_territories > 0 ? recorded->territories[0] : "");
        row_get(txn, T_DEMAND, &scope, &demand, sizeof(demand));
        demand.obligations++;
        demand.due_hundredths += due_hundredths;
        row_put(txn, T_DEMAND, &scope, &demand, sizeof(demand));

        struct key key = key_of_id(id_of(recorded->contract_id));
        key_id(&key, id_of(recorded->obligation_id));
        row_put(txn, T_OBLIGATIONS, &key, &due_hundredths, sizeof(due_hundredths));

        struct balance balance = {.year = year_of_event(event)};
        (void)snprintf(balance.territory, sizeof(balance.territory), "%s", scope_territory(key_slice(&scope)));
        struct key own = key_of_id(id_of(recorded->obligation_id));
        row_put(txn, T_BALANCE, &own, &balance, sizeof(balance));
        change_balance(txn, id_of(recorded->obligation_id), due_hundredths);
}

static void waive(struct txn *txn, const Contracts__Posting *posting, struct passed_on *passed_on)
{
        struct balance balance;
        struct demand demand;
        struct key key = key_of_id(id_of(posting->obligation_id));
        row_get(txn, T_BALANCE, &key, &balance, sizeof(balance));
        struct key scope = scope_key(balance.year, balance.territory);
        row_get(txn, T_DEMAND, &scope, &demand, sizeof(demand));
        demand.waived_hundredths += hours_hundredths(hours_of(posting->hours));
        row_put(txn, T_DEMAND, &scope, &demand, sizeof(demand));
        passed_on->waived_hundredths += hours_hundredths(hours_of(posting->hours));
}

/* One movement of the ledger. Hours done and converted come from tracking, with their person and modality. */
static void put_posting(struct txn *txn, const struct event *event, const Contracts__Posting *posting)
{
        int64_t hundredths = hours_hundredths(hours_of(posting->hours));
        struct key key = key_of_id(id_of(posting->contract_id));
        key_id(&key, id_of(posting->obligation_id));

        move_balance(txn, posting->obligation_id, posting->from, posting->to, posting->hours);
        if (posting->from == CONTRACTS__ACCOUNT__CLAUSE) { /* an amendment, an invoice of a framework agreement */
                struct demand demand;
                int64_t due_hundredths;
                row_get(txn, T_OBLIGATIONS, &key, &due_hundredths, sizeof(due_hundredths));
                due_hundredths += hundredths;
                row_put(txn, T_OBLIGATIONS, &key, &due_hundredths, sizeof(due_hundredths));
                struct key scope = scope_key(year_of_event(event), posting->territory);
                row_get(txn, T_DEMAND, &scope, &demand, sizeof(demand));
                demand.due_hundredths += hundredths;
                row_put(txn, T_DEMAND, &scope, &demand, sizeof(demand));
                return;
        }
        struct passed_on passed_on;
        row_get(txn, T_PASSED_ON, &key, &passed_on, sizeof(passed_on));
        if (posting->to == CONTRACTS__ACCOUNT__TRANSFERRED)
                passed_on.transferred_hundredths += hundredths;
        else if (posting->from == CONTRACTS__ACCOUNT__TRANSFERRED)
                passed_on.transferred_hundredths -= hundredths;
        else if (posting->to == CONTRACTS__ACCOUNT__WAIVED)
                waive(txn, posting, &passed_on);
        else
                return; /* what orders forecast is owed by nobody yet */
        row_put(txn, T_PASSED_ON, &key, &passed_on, sizeof(passed_on));
}

static void put_postings(struct txn *txn, const struct event *event, Contracts__Posting *const *postings, size_t count)
{
        for (size_t i = 0; i < count; i++)
                put_posting(txn, event, postings[i]);
}

static void put_need(struct txn *txn, const struct event *event, const Contracts__NeedDeclared *declared)
{
        struct demand demand;
        struct key key = scope_key(year_of_event(event), declared->territory);
        row_get(txn, T_DEMAND, &key, &demand, sizeof(demand));
        demand.needs++;
        demand.positions += declared->positions;
        row_put(txn, T_DEMAND, &key, &demand, sizeof(demand));
}

static void count_positions(struct txn *txn, const Types__Id *need, const char *territory, int64_t positions)
{
        struct demand demand;
        /* It counts in the year of its declaration, which its id knows. */
        struct key key = scope_key(year_of_day(day_of_instant_ms(id_instant_ms(id_of(need)))), territory);
        row_get(txn, T_DEMAND, &key, &demand, sizeof(demand));
        demand.positions += (uint32_t)positions;
        row_put(txn, T_DEMAND, &key, &demand, sizeof(demand));
}

static void amend_need(struct txn *txn, const Contracts__NeedAmended *amended)
{
        count_positions(txn, amended->need_id, amended->former_territory, -(int64_t)amended->former_positions);
        count_positions(txn, amended->need_id, amended->need->territory, amended->need->positions);
}

void project_contracts(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__Event *body = event->body;
        switch (body->body_case) {
        case CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED:
                put_contract(txn, arena, body->contract_imported->contract_id, body->contract_imported->record, NULL);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_UPDATED:
                put_contract(txn, arena, body->contract_updated->contract_id, body->contract_updated->record, NULL);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_OPENED:
                put_contract(txn, arena, body->contract_opened->contract_id, body->contract_opened->record,
                             body->contract_opened);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_AMENDED:
                put_contract(txn, arena, body->contract_amended->contract_id, body->contract_amended->record, NULL);
                return;
        case CONTRACTS__EVENT__BODY_CLAUSE_PUT: put_clause(txn, arena, body->clause_put); return;
        case CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED:
                put_obligation(txn, event, body->obligation_recorded);
                return;
        case CONTRACTS__EVENT__BODY_LEDGER_POSTED: /* work: whose and how, tracking tells; here only what it leaves owed
                                                    */
                move_balance(txn, body->ledger_posted->obligation_id, body->ledger_posted->from,
                             body->ledger_posted->to, body->ledger_posted->hours);
                return;
        case CONTRACTS__EVENT__BODY_TRANSFER_AGREED:
                put_postings(txn, event, body->transfer_agreed->postings, body->transfer_agreed->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_HOURS_WAIVED:
                put_postings(txn, event, body->hours_waived->postings, body->hours_waived->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_OBLIGATION_AMENDED:
                put_postings(txn, event, body->obligation_amended->postings, body->obligation_amended->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_INVOICE_RECORDED:
                put_postings(txn, event, body->contract_invoice_recorded->postings,
                             body->contract_invoice_recorded->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_NEED_DECLARED: put_need(txn, event, body->need_declared); return;
        case CONTRACTS__EVENT__BODY_NEED_AMENDED: amend_need(txn, body->need_amended); return;
        default: return; /* nothing that is counted: hours come from tracking, with their person and modality */
        }
}
