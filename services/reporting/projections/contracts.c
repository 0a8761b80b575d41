#include <stdio.h>
#include <string.h>

#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/place.h"
#include "contracts/events.pb-c.h"
#include "services/reporting/projections/projections.h"
#include "services/reporting/store.h"

/* By the day on the wall of the territory: the new year begins there before it does in UTC, or after. */
static uint32_t year_there(const char *territory, const struct event *event)
{
        return year_of_day(local_day(territory, event->at_ms));
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

/* What hangs on it here is known, whatever its buyer published: with it there is no "none", and no "not told". */
static uint32_t known_mask(const Reporting__ContractRow *row)
{
        uint32_t ours = 0, mask = row->social_mask;
        if (row->clauses > 0)
                ours |= 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE;
        if (row->n_reserved_lots > 0 || row->n_planned_lots > 0)
                ours |= 1u << CONTRACTS__SOCIAL_CONSIDERATION__RESERVED;
        if (ours != 0)
                mask &= ~(1u << CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL);
        mask |= ours;
        return mask == 0 ? 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN : mask;
}

/* Counts a contract in (sign 1) or out (-1) of its scope. "Not told" is a figure too. A private contract is no public
 * one: neither it nor what is done under it is in a sum. */
static void count_contract(struct txn *txn, const Reporting__ContractRow *row, int32_t sign)
{
        struct demand demand;
        if (row->is_private || row->is_joined)
                return;
        struct key key = scope_key(row->year, row->territory);
        row_get(txn, T_DEMAND, &key, &demand, sizeof(demand));
        demand.contracts += (uint32_t)sign;
        uint32_t mask = known_mask(row);
        for (uint32_t i = 0; i < CONSIDERATIONS; i++)
                if ((mask & (1u << i)) != 0)
                        demand.by_consideration[i] += (uint32_t)sign;
        if (row->clauses > 0)
                demand.with_clause += (uint32_t)sign;
        row_put(txn, T_DEMAND, &key, &demand, sizeof(demand));
}

static int64_t at_least_zero(int64_t hundredths)
{
        return hundredths > 0 ? hundredths : 0;
}

/* The sums that an obligation counts in; not those of a private contract, which is no public one. */
static void add_demand(struct txn *txn, const struct balance *balance, const struct demand *more)
{
        struct demand demand;
        struct key scope = scope_key(balance->year, balance->territory);
        if (!balance->is_counted)
                return;
        row_get(txn, T_DEMAND, &scope, &demand, sizeof(demand));
        demand.obligations += more->obligations;
        demand.due_hundredths += more->due_hundredths;
        demand.remaining_hundredths += more->remaining_hundredths;
        demand.surplus_hundredths += more->surplus_hundredths;
        demand.waived_hundredths += more->waived_hundredths;
        row_put(txn, T_DEMAND, &scope, &demand, sizeof(demand));
}

static struct balance balance_get(struct txn *txn, const Types__Id *obligation)
{
        struct balance balance;
        struct key key = key_of_id(id_of(obligation));
        row_get(txn, T_BALANCE, &key, &balance, sizeof(balance));
        return balance;
}

static void balance_put(struct txn *txn, const Types__Id *obligation, const struct balance *balance)
{
        struct key key = key_of_id(id_of(obligation));
        row_put(txn, T_BALANCE, &key, balance, sizeof(*balance));
}

/* What an obligation owes changed by `hundredths`: its sums hold what is left of each one, and what is over of each. */
static void change_balance(struct txn *txn, const Types__Id *obligation, int64_t hundredths)
{
        struct balance balance = balance_get(txn, obligation);
        int64_t before = balance.remaining_hundredths, after = before + hundredths;
        struct demand more = {.remaining_hundredths = at_least_zero(after) - at_least_zero(before),
                              .surplus_hundredths = at_least_zero(-after) - at_least_zero(-before)};
        balance.remaining_hundredths = after;
        balance_put(txn, obligation, &balance);
        add_demand(txn, &balance, &more);
}

/* A contract whose kind was set right: what its obligations are goes into the public sums, or out of them. */
static void count_obligations(struct txn *txn, struct arena *arena, struct id contract, bool is_private)
{
        struct scan scan = scan_prefix(txn, T_OBLIGATIONS, id_slice(&contract));
        while (scan_next(&scan)) {
                struct id id = key_read_id(scan.key, sizeof(struct id));
                Types__Id *obligation = id_to(arena, id);
                struct balance balance = balance_get(txn, obligation);
                struct passed_on passed_on;
                struct key key = key_of_id(contract);
                key_id(&key, id);
                row_get(txn, T_PASSED_ON, &key, &passed_on, sizeof(passed_on));
                int64_t sign = is_private ? -1 : 1, due_hundredths;
                memcpy(&due_hundredths, scan.value.data, sizeof(due_hundredths));
                struct demand more = {
                        .obligations = (uint32_t)sign,
                        .due_hundredths = sign * due_hundredths,
                        .remaining_hundredths = sign * at_least_zero(balance.remaining_hundredths),
                        .surplus_hundredths = sign * at_least_zero(-balance.remaining_hundredths),
                        .waived_hundredths = sign * passed_on.waived_hundredths,
                };
                balance.is_counted = true;
                add_demand(txn, &balance, &more);
                balance.is_counted = !is_private;
                balance_put(txn, obligation, &balance);
        }
        scan_end(&scan);
}

/* ---- needs: what is known of a contract when its need comes says whether it counts; flags of events are of then */

static struct key need_key(const Types__Id *contract, const Types__Id *need)
{
        struct key key = key_of_id(id_of(contract));
        key_id(&key, id_of(need));
        return key;
}

static void count_need(struct txn *txn, const struct need *need, int32_t sign)
{
        struct demand demand;
        struct key key = scope_key(need->year, need->territory);
        row_get(txn, T_DEMAND, &key, &demand, sizeof(demand));
        demand.needs += (uint32_t)sign;
        demand.positions += (uint32_t)sign * need->positions;
        row_put(txn, T_DEMAND, &key, &demand, sizeof(demand));
}

/* What its needs are goes in, or out, likewise. */
static void count_needs(struct txn *txn, struct id contract, bool is_private)
{
        struct scan scan = scan_prefix(txn, T_NEED, id_slice(&contract));
        while (scan_next(&scan)) {
                struct need need;
                require(scan.value.size == sizeof(need));
                memcpy(&need, scan.value.data, sizeof(need));
                count_need(txn, &need, is_private ? -1 : 1);
        }
        scan_end(&scan);
}

static bool counts(struct txn *txn, struct arena *arena, const Contracts__NeedDeclared *declared)
{
        const Reporting__ContractRow *contract = contract_get(txn, id_of(declared->contract_id), arena);
        return contract == NULL ? !declared->is_private : !contract->is_private;
}

/* In the year of its declaration, whatever is amended of it later. */
static void put_need(struct txn *txn, struct arena *arena, uint32_t year, const Contracts__NeedDeclared *declared)
{
        struct need need = {.year = year, .positions = declared->positions};
        struct key key = need_key(declared->contract_id, declared->need_id);
        (void)snprintf(need.territory, sizeof(need.territory), "%s", declared->territory);
        row_put(txn, T_NEED, &key, &need, sizeof(need));
        if (counts(txn, arena, declared))
                count_need(txn, &need, 1);
}

static void amend_need(struct txn *txn, struct arena *arena, const Contracts__NeedAmended *amended)
{
        struct need before;
        struct key key = need_key(amended->contract_id, amended->need_id);
        row_get(txn, T_NEED, &key, &before, sizeof(before));
        if (before.year == 0)
                return; /* a need never comes before its declaration: same log */
        if (counts(txn, arena, amended->need))
                count_need(txn, &before, -1);
        put_need(txn, arena, before.year, amended->need);
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
        row.reserved_lots = old == NULL ? NULL : old->reserved_lots;
        row.n_reserved_lots = old == NULL ? 0 : old->n_reserved_lots;
        row.planned_lots = old == NULL ? NULL : old->planned_lots;
        row.n_planned_lots = old == NULL ? 0 : old->n_planned_lots;
        row.is_joined = old != NULL && old->is_joined;
        row.is_private = record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
        put_territories(&row, old, opened);
        if (old != NULL)
                count_contract(txn, old, -1);
        if (old != NULL && old->is_private != row.is_private) {
                count_obligations(txn, arena, contract, row.is_private);
                count_needs(txn, contract, row.is_private);
        }
        count_contract(txn, &row, 1);
        contract_put(txn, contract, &row, arena);
}

/* What was published twice is counted once. */
static void join(struct txn *txn, struct arena *arena, const Types__Id *twin, bool is_joined)
{
        struct id contract = id_of(twin);
        Reporting__ContractRow *row = contract_get(txn, contract, arena);
        if (row == NULL)
                return;
        count_contract(txn, row, -1);
        row->is_joined = is_joined;
        count_contract(txn, row, 1);
        contract_put(txn, contract, row, arena);
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

/* A list of lots with this one in it, or without it. */
static void put_lot(uint32_t **lots, size_t *count, uint32_t lot, bool is_in, struct arena *arena)
{
        size_t place = 0;
        while (place < *count && (*lots)[place] != lot)
                place++;
        if (is_in && place == *count) {
                *lots = pb_append(*lots, count, sizeof(**lots), arena);
                (*lots)[place] = lot;
        } else if (!is_in && place < *count) {
                (*lots)[place] = (*lots)[--*count];
        }
}

/* A lot that was recorded as reserved, or that the drafted documents reserve (planned). */
struct reserved_lot {
        const Types__Id *contract_id;
        uint32_t lot;
        bool is_reserved, is_planned;
};

static void put_reserved(struct txn *txn, struct arena *arena, const struct reserved_lot *told)
{
        struct id contract = id_of(told->contract_id);
        Reporting__ContractRow *row = contract_get(txn, contract, arena);
        if (row == NULL)
                return; /* a reservation never comes before its contract: same log */
        count_contract(txn, row, -1);
        if (told->is_planned)
                put_lot(&row->planned_lots, &row->n_planned_lots, told->lot, told->is_reserved, arena);
        else
                put_lot(&row->reserved_lots, &row->n_reserved_lots, told->lot, told->is_reserved, arena);
        count_contract(txn, row, 1);
        contract_put(txn, contract, row, arena);
}

static void put_recorded(struct txn *txn, struct arena *arena, const Contracts__ReservedRecorded *body)
{
        put_reserved(txn, arena, &(struct reserved_lot){body->contract_id, body->entry->lot, true, false});
}

static void put_withdrawn(struct txn *txn, struct arena *arena, const Contracts__ReservedWithdrawn *body)
{
        put_reserved(txn, arena, &(struct reserved_lot){body->contract_id, body->lot, false, false});
}

static void put_planned(struct txn *txn, struct arena *arena, const Contracts__DraftItemsPut *body)
{
        bool is_reserved = body->items->reservation != CONTRACTS__DRAFT_RESERVATION__DRAFT_RESERVATION_UNKNOWN;
        put_reserved(txn, arena, &(struct reserved_lot){body->contract_id, body->lot, is_reserved, true});
}

/* The account DUE is what is still owed, whatever the other one is. */
static void move_balance(struct txn *txn, const Types__Id *obligation, Contracts__Account from, Contracts__Account to,
                         const Types__Hours *hours)
{
        int64_t hundredths = hours_hundredths(hours_of(hours));
        if (to == CONTRACTS__ACCOUNT__DUE)
                change_balance(txn, obligation, hundredths);
        else if (from == CONTRACTS__ACCOUNT__DUE)
                change_balance(txn, obligation, -hundredths);
}

static void put_obligation(struct txn *txn, struct arena *arena, const struct event *event,
                           const Contracts__ObligationRecorded *recorded)
{
        const Reporting__ContractRow *contract = contract_get(txn, id_of(recorded->contract_id), arena);
        const char *territory = recorded->n_territories > 0 ? recorded->territories[0] : "";
        struct balance balance = {.year = year_there(territory, event),
                                  .is_counted = contract == NULL || !contract->is_private};
        /* A framework agreement opens with nothing due: its invoices make it. */
        struct demand more = {.obligations = 1,
                              .due_hundredths =
                                      recorded->by_invoices ? 0 : hours_hundredths(hours_of(recorded->hours))};

        (void)snprintf(balance.territory, sizeof(balance.territory), "%s", territory);
        balance_put(txn, recorded->obligation_id, &balance);
        add_demand(txn, &balance, &more);
        change_balance(txn, recorded->obligation_id, more.due_hundredths);

        struct key key = key_of_id(id_of(recorded->contract_id));
        key_id(&key, id_of(recorded->obligation_id));
        row_put(txn, T_OBLIGATIONS, &key, &more.due_hundredths, sizeof(more.due_hundredths));
}

/* One movement of the ledger. Hours done and converted come from tracking, with their person and modality. */
static void put_posting(struct txn *txn, const Contracts__Posting *posting)
{
        int64_t hundredths = hours_hundredths(hours_of(posting->hours));
        struct key key = key_of_id(id_of(posting->contract_id));
        key_id(&key, id_of(posting->obligation_id));

        move_balance(txn, posting->obligation_id, posting->from, posting->to, posting->hours);
        struct balance balance = balance_get(txn, posting->obligation_id);
        if (posting->from == CONTRACTS__ACCOUNT__CLAUSE) { /* an amendment, an invoice of a framework agreement */
                int64_t due_hundredths;
                row_get(txn, T_OBLIGATIONS, &key, &due_hundredths, sizeof(due_hundredths));
                due_hundredths += hundredths;
                row_put(txn, T_OBLIGATIONS, &key, &due_hundredths, sizeof(due_hundredths));
                add_demand(txn, &balance, &(struct demand){.due_hundredths = hundredths});
                return;
        }
        struct passed_on passed_on;
        row_get(txn, T_PASSED_ON, &key, &passed_on, sizeof(passed_on));
        if (posting->to == CONTRACTS__ACCOUNT__TRANSFERRED)
                passed_on.transferred_hundredths += hundredths;
        else if (posting->from == CONTRACTS__ACCOUNT__TRANSFERRED)
                passed_on.transferred_hundredths -= hundredths;
        else if (posting->to == CONTRACTS__ACCOUNT__WAIVED) {
                passed_on.waived_hundredths += hundredths;
                add_demand(txn, &balance, &(struct demand){.waived_hundredths = hundredths});
        } else
                return; /* what orders forecast is owed by nobody yet */
        row_put(txn, T_PASSED_ON, &key, &passed_on, sizeof(passed_on));
}

static void put_postings(struct txn *txn, Contracts__Posting *const *postings, size_t count)
{
        for (size_t i = 0; i < count; i++)
                put_posting(txn, postings[i]);
}

/* ---- acts that are withdrawn: what they posted is posted back, what they counted is counted no more */

static void withdraw_obligation(struct txn *txn, const Contracts__ObligationRecorded *recorded)
{
        struct balance balance = balance_get(txn, recorded->obligation_id);
        struct key key = key_of_id(id_of(recorded->contract_id));
        key_id(&key, id_of(recorded->obligation_id));
        add_demand(txn, &balance, &(struct demand){.obligations = (uint32_t)-1});
        txn_delete(txn, T_OBLIGATIONS, key_slice(&key));
        key = key_of_id(id_of(recorded->obligation_id));
        txn_delete(txn, T_BALANCE, key_slice(&key));
}

static void withdraw_clause(struct txn *txn, struct arena *arena, const Contracts__ClausePut *put)
{
        struct id contract = id_of(put->contract_id);
        Reporting__ContractRow *row = contract_get(txn, contract, arena);
        if (row == NULL || row->clauses == 0)
                return;
        count_contract(txn, row, -1);
        row->clauses--;
        count_contract(txn, row, 1);
        contract_put(txn, contract, row, arena);
}

static void withdraw_acts(struct txn *txn, struct arena *arena, const Contracts__ActWithdrawn *withdrawn)
{
        put_postings(txn, withdrawn->postings, withdrawn->n_postings);
        for (size_t i = 0; i < withdrawn->n_acts; i++) {
                const Contracts__Event *act =
                        pb_decode(&contracts__event__descriptor, pb_slice(withdrawn->acts[i]->event), arena);
                if (act == NULL)
                        continue; /* of a later program */
                if (act->body_case == CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED)
                        withdraw_obligation(txn, act->obligation_recorded);
                else if (act->body_case == CONTRACTS__EVENT__BODY_CLAUSE_PUT)
                        withdraw_clause(txn, arena, act->clause_put);
        }
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
        case CONTRACTS__EVENT__BODY_PUBLICATIONS_JOINED:
                join(txn, arena, body->publications_joined->twin_id, true);
                return;
        case CONTRACTS__EVENT__BODY_PUBLICATIONS_SEPARATED:
                join(txn, arena, body->publications_separated->twin_id, false);
                return;
        case CONTRACTS__EVENT__BODY_CLAUSE_PUT: put_clause(txn, arena, body->clause_put); return;
        case CONTRACTS__EVENT__BODY_RESERVED_RECORDED: put_recorded(txn, arena, body->reserved_recorded); return;
        case CONTRACTS__EVENT__BODY_RESERVED_WITHDRAWN: put_withdrawn(txn, arena, body->reserved_withdrawn); return;
        case CONTRACTS__EVENT__BODY_DRAFT_ITEMS_PUT: put_planned(txn, arena, body->draft_items_put); return;
        case CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED:
                put_obligation(txn, arena, event, body->obligation_recorded);
                return;
        case CONTRACTS__EVENT__BODY_LEDGER_POSTED: /* work: whose and how, tracking tells; here only what it leaves owed
                                                    */
                move_balance(txn, body->ledger_posted->obligation_id, body->ledger_posted->from,
                             body->ledger_posted->to, body->ledger_posted->hours);
                return;
        case CONTRACTS__EVENT__BODY_TRANSFER_AGREED:
                put_postings(txn, body->transfer_agreed->postings, body->transfer_agreed->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_HOURS_WAIVED:
                put_postings(txn, body->hours_waived->postings, body->hours_waived->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_OBLIGATION_AMENDED:
                put_postings(txn, body->obligation_amended->postings, body->obligation_amended->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_INVOICE_RECORDED:
                put_postings(txn, body->contract_invoice_recorded->postings,
                             body->contract_invoice_recorded->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_PART_PUT:
                put_postings(txn, body->contract_part_put->postings, body->contract_part_put->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_PART_DECIDED:
                put_postings(txn, body->contract_part_decided->postings, body->contract_part_decided->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_PARTS_BEGAN:
                put_postings(txn, body->contract_parts_began->postings, body->contract_parts_began->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_NEED_DECLARED:
                put_need(txn, arena, year_there(body->need_declared->territory, event), body->need_declared);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_ENDED:
                put_postings(txn, body->contract_ended->postings, body->contract_ended->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_ACT_WITHDRAWN: withdraw_acts(txn, arena, body->act_withdrawn); return;
        case CONTRACTS__EVENT__BODY_NEED_AMENDED: amend_need(txn, arena, body->need_amended); return;
        default: return; /* nothing that is counted: hours come from tracking, with their person and modality */
        }
}
