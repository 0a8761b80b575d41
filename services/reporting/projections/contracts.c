#include <stdio.h>
#include <string.h>

#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/place.h"
#include "contracts/events.pb-c.h"
#include "services/reporting/projections/projections.h"
#include "services/reporting/projections/taking.h"
#include "services/reporting/projections/worked.h"
#include "services/reporting/store.h"

/* By the day on the wall of the territory: the new year begins there before it does in UTC, or after. */
static uint32_t year_there(const char *territory, const struct taking *taking)
{
        return year_of_day(local_day(territory, taking->event->at_ms));
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
        if (row->n_clauses > 0)
                ours |= 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE;
        if (row->n_reserved_lots > 0 || row->n_planned_lots > 0)
                ours |= 1u << CONTRACTS__SOCIAL_CONSIDERATION__RESERVED;
        if (ours != 0)
                mask &= ~(1u << CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL);
        mask |= ours;
        return mask == 0 ? 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN : mask;
}

/* More of a scope's sums; a figure that falls is a uint32_t below zero. */
static void change_demand(struct taking *taking, uint32_t year, const char *territory, const struct demand *more)
{
        struct demand demand;
        struct key key = scope_key(year, territory);
        row_get(taking->txn, T_DEMAND, &key, &demand, sizeof(demand));
        demand.contracts += more->contracts;
        for (size_t i = 0; i < CONSIDERATIONS; i++)
                demand.by_consideration[i] += more->by_consideration[i];
        demand.with_clause += more->with_clause;
        demand.obligations += more->obligations;
        demand.needs += more->needs;
        demand.positions += more->positions;
        demand.due_hundredths += more->due_hundredths;
        demand.remaining_hundredths += more->remaining_hundredths;
        demand.surplus_hundredths += more->surplus_hundredths;
        demand.waived_hundredths += more->waived_hundredths;
        row_put(taking->txn, T_DEMAND, &key, &demand, sizeof(demand));
        const struct counted counted = {.due_hundredths = more->due_hundredths,
                                        .remaining_hundredths = more->remaining_hundredths,
                                        .surplus_hundredths = more->surplus_hundredths,
                                        .waived_hundredths = more->waived_hundredths,
                                        .contracts = (int32_t)more->contracts,
                                        .with_clause = (int32_t)more->with_clause,
                                        .obligations = (int32_t)more->obligations,
                                        .needs = (int32_t)more->needs,
                                        .positions = (int32_t)more->positions};
        take_sums(taking, T_DEMAND_MONTH, year, territory, &counted);
}

/* Counts a contract in (sign 1) or out (-1) of its scope. "Not told" is a figure too. A private contract is no public
 * one: neither it nor what is done under it is in a sum. */
static void count_contract(struct taking *taking, const Reporting__ContractRow *row, int32_t sign)
{
        struct demand more = {.contracts = (uint32_t)sign};
        if (row->is_private || row->is_joined)
                return;
        uint32_t mask = known_mask(row);
        for (uint32_t i = 0; i < CONSIDERATIONS; i++)
                if ((mask & (1u << i)) != 0)
                        more.by_consideration[i] = (uint32_t)sign;
        if (row->n_clauses > 0)
                more.with_clause = (uint32_t)sign;
        change_demand(taking, row->year, row->territory, &more);
}

static int64_t at_least_zero(int64_t hundredths)
{
        return hundredths > 0 ? hundredths : 0;
}

/* The sums that an obligation counts in; not those of a private contract, which is no public one. */
static void add_demand(struct taking *taking, const struct balance *balance, const struct demand *more)
{
        if (balance->is_counted)
                change_demand(taking, balance->year, balance->territory, more);
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
static void change_balance(struct taking *taking, const Types__Id *obligation, int64_t hundredths)
{
        struct balance balance = balance_get(taking->txn, obligation);
        int64_t before = balance.remaining_hundredths, after = before + hundredths;
        struct demand more = {.remaining_hundredths = at_least_zero(after) - at_least_zero(before),
                              .surplus_hundredths = at_least_zero(-after) - at_least_zero(-before)};
        balance.remaining_hundredths = after;
        balance_put(taking->txn, obligation, &balance);
        add_demand(taking, &balance, &more);
}

static struct key owed_key(struct id contract, struct id obligation)
{
        struct key key = key_of_id(contract);
        key_id(&key, obligation);
        return key;
}

/* A contract whose kind was set right: what its obligations are goes into the public sums, or out of them. */
static void count_obligations(struct taking *taking, struct id contract, bool is_private)
{
        struct scan scan = scan_prefix(taking->txn, T_OBLIGATIONS, id_slice(&contract));
        while (scan_next(&scan)) {
                struct id id = key_read_id(scan.key, sizeof(struct id));
                Types__Id *obligation = id_to(taking->arena, id);
                struct balance balance = balance_get(taking->txn, obligation);
                struct passed_on passed_on;
                struct owed owed;
                struct key key = owed_key(contract, id);
                row_get(taking->txn, T_PASSED_ON, &key, &passed_on, sizeof(passed_on));
                memcpy(&owed, scan.value.data, sizeof(owed));
                if (owed.is_gone)
                        continue;
                int64_t sign = is_private ? -1 : 1;
                struct demand more = {
                        .obligations = (uint32_t)sign,
                        .due_hundredths = sign * owed.due_hundredths,
                        .remaining_hundredths = sign * at_least_zero(balance.remaining_hundredths),
                        .surplus_hundredths = sign * at_least_zero(-balance.remaining_hundredths),
                        .waived_hundredths = sign * passed_on.waived_hundredths,
                };
                balance.is_counted = true;
                add_demand(taking, &balance, &more);
                balance.is_counted = !is_private;
                balance_put(taking->txn, obligation, &balance);
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

static void count_need(struct taking *taking, const struct need *need, int32_t sign)
{
        const struct demand more = {.needs = (uint32_t)sign, .positions = (uint32_t)sign * need->positions};
        change_demand(taking, need->year, need->territory, &more);
}

/* What its needs are goes in, or out, likewise. */
static void count_needs(struct taking *taking, struct id contract, bool is_private)
{
        struct scan scan = scan_prefix(taking->txn, T_NEED, id_slice(&contract));
        while (scan_next(&scan)) {
                struct need need;
                require(scan.value.size == sizeof(need));
                memcpy(&need, scan.value.data, sizeof(need));
                count_need(taking, &need, is_private ? -1 : 1);
        }
        scan_end(&scan);
}

static bool counts(const struct taking *taking, const Contracts__NeedDeclared *declared)
{
        const Reporting__ContractRow *contract = contract_get(taking->txn, id_of(declared->contract_id), taking->arena);
        return contract == NULL ? !declared->is_private : !contract->is_private;
}

/* In the year of its declaration, whatever is amended of it later. */
static void put_need(struct taking *taking, uint32_t year, const Contracts__NeedDeclared *declared)
{
        struct need need = {.year = year, .positions = declared->positions};
        struct key key = need_key(declared->contract_id, declared->need_id);
        (void)snprintf(need.territory, sizeof(need.territory), "%s", declared->territory);
        row_put(taking->txn, T_NEED, &key, &need, sizeof(need));
        if (counts(taking, declared))
                count_need(taking, &need, 1);
}

static void amend_need(struct taking *taking, const Contracts__NeedAmended *amended)
{
        struct need before;
        struct key key = need_key(amended->contract_id, amended->need_id);
        row_get(taking->txn, T_NEED, &key, &before, sizeof(before));
        if (before.year == 0)
                return; /* a need never comes before its declaration: same log */
        if (counts(taking, amended->need))
                count_need(taking, &before, -1);
        put_need(taking, before.year, amended->need);
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
static void put_contract(struct taking *taking, const Types__Id *contract_id, const Contracts__ContractRecord *record,
                         const Contracts__ContractOpened *opened)
{
        struct id contract = id_of(contract_id);
        Reporting__ContractRow row = REPORTING__CONTRACT_ROW__INIT;
        const Reporting__ContractRow *old = contract_get(taking->txn, contract, taking->arena);

        row.number = record->number;
        row.buyer_siret = record->buyer_siret;
        row.object = record->object;
        row.year = record->notified_on == NULL ? 0 : year_of_day(day_of(record->notified_on));
        row.territory = territory_of_place(record->place, taking->arena);
        row.social_mask = social_mask(record);
        row.clauses = old == NULL ? NULL : old->clauses;
        row.n_clauses = old == NULL ? 0 : old->n_clauses;
        row.reserved_lots = old == NULL ? NULL : old->reserved_lots;
        row.n_reserved_lots = old == NULL ? 0 : old->n_reserved_lots;
        row.planned_lots = old == NULL ? NULL : old->planned_lots;
        row.n_planned_lots = old == NULL ? 0 : old->n_planned_lots;
        row.is_joined = old != NULL && old->is_joined;
        row.is_private = record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
        put_territories(&row, old, opened);
        if (old != NULL)
                count_contract(taking, old, -1);
        if (old != NULL && old->is_private != row.is_private) {
                count_obligations(taking, contract, row.is_private);
                count_needs(taking, contract, row.is_private);
        }
        count_contract(taking, &row, 1);
        contract_put(taking->txn, contract, &row, taking->arena);
}

/* A contract's row as it is changed between the two; NULL: it is not known (all that concerns it comes after it: same
 * log), and nothing is to be done. */
static Reporting__ContractRow *open_row(struct taking *taking, struct id contract)
{
        Reporting__ContractRow *row = contract_get(taking->txn, contract, taking->arena);
        if (row != NULL)
                count_contract(taking, row, -1);
        return row;
}

static void close_row(struct taking *taking, struct id contract, const Reporting__ContractRow *row)
{
        count_contract(taking, row, 1);
        contract_put(taking->txn, contract, row, taking->arena);
}

/* What was published twice is counted once. */
static void join(struct taking *taking, const Types__Id *twin, bool is_joined)
{
        Reporting__ContractRow *row = open_row(taking, id_of(twin));
        if (row == NULL)
                return;
        row->is_joined = is_joined;
        close_row(taking, id_of(twin), row);
}

/* An act of putting it, or (-1) one that is withdrawn. */
static void put_clause(struct taking *taking, const Contracts__ClausePut *put, int32_t by)
{
        Reporting__ContractRow *row = open_row(taking, id_of(put->contract_id));
        size_t at = 0;
        if (row == NULL)
                return;
        while (at < row->n_clauses && !id_equal(id_of(row->clauses[at]->clause_id), id_of(put->clause_id)))
                at++;
        if (at == row->n_clauses && by > 0) {
                row->clauses = pb_append(row->clauses, &row->n_clauses, sizeof(*row->clauses), taking->arena);
                row->clauses[at] = pb_new(&reporting__put_clause__descriptor, taking->arena);
                row->clauses[at]->clause_id = put->clause_id;
        }
        if (at < row->n_clauses && (row->clauses[at]->times += (uint32_t)by) == 0)
                row->clauses[at] = row->clauses[--row->n_clauses];
        close_row(taking, id_of(put->contract_id), row);
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

static void put_reserved(struct taking *taking, const struct reserved_lot *told)
{
        Reporting__ContractRow *row = open_row(taking, id_of(told->contract_id));
        if (row == NULL)
                return;
        if (told->is_planned)
                put_lot(&row->planned_lots, &row->n_planned_lots, told->lot, told->is_reserved, taking->arena);
        else
                put_lot(&row->reserved_lots, &row->n_reserved_lots, told->lot, told->is_reserved, taking->arena);
        close_row(taking, id_of(told->contract_id), row);
}

static void put_recorded(struct taking *taking, const Contracts__ReservedRecorded *body)
{
        put_reserved(taking, &(struct reserved_lot){body->contract_id, body->entry->lot, true, false});
}

static void put_withdrawn(struct taking *taking, const Contracts__ReservedWithdrawn *body)
{
        put_reserved(taking, &(struct reserved_lot){body->contract_id, body->lot, false, false});
}

static void put_planned(struct taking *taking, const Contracts__DraftItemsPut *body)
{
        bool is_reserved = body->items->reservation != CONTRACTS__DRAFT_RESERVATION__DRAFT_RESERVATION_UNKNOWN;
        put_reserved(taking, &(struct reserved_lot){body->contract_id, body->lot, is_reserved, true});
}

/* The account DUE is what is still owed, whatever the other one is. */
static void move_balance(struct taking *taking, const Types__Id *obligation, Contracts__Account from,
                         Contracts__Account to, const Types__Hours *hours)
{
        int64_t hundredths = hours_hundredths(hours_of(hours));
        if (to == CONTRACTS__ACCOUNT__DUE)
                change_balance(taking, obligation, hundredths);
        else if (from == CONTRACTS__ACCOUNT__DUE)
                change_balance(taking, obligation, -hundredths);
}

static void put_obligation(struct taking *taking, const Contracts__ObligationRecorded *recorded)
{
        struct id contract_id = id_of(recorded->contract_id), obligation = id_of(recorded->obligation_id);
        const Reporting__ContractRow *contract = contract_get(taking->txn, contract_id, taking->arena);
        const char *territory = recorded->n_territories > 0 ? recorded->territories[0] : "";
        struct balance balance = {.year = year_there(territory, taking),
                                  .is_counted = contract == NULL || !contract->is_private};
        /* A framework agreement opens with nothing due: its invoices make it. */
        struct owed owed = {.due_hundredths = recorded->by_invoices ? 0 : hours_hundredths(hours_of(recorded->hours))};
        const struct demand more = {.obligations = 1, .due_hundredths = owed.due_hundredths};
        Reporting__OwedChange change = REPORTING__OWED_CHANGE__INIT;

        (void)snprintf(balance.territory, sizeof(balance.territory), "%s", territory);
        balance_put(taking->txn, recorded->obligation_id, &balance);
        add_demand(taking, &balance, &more);
        change_balance(taking, recorded->obligation_id, owed.due_hundredths);

        struct key key = owed_key(contract_id, obligation);
        row_put(taking->txn, T_OBLIGATIONS, &key, &owed, sizeof(owed));
        change.obligation_id = recorded->obligation_id;
        change.due_hundredths = owed.due_hundredths;
        change.obligations = 1;
        take_owed(taking, contract_id, change);
}

/* An amendment, an invoice of a framework agreement. */
static void put_demanded(struct taking *taking, const Contracts__Posting *posting, int64_t hundredths)
{
        struct owed owed;
        struct balance balance = balance_get(taking->txn, posting->obligation_id);
        struct key key = owed_key(id_of(posting->contract_id), id_of(posting->obligation_id));
        row_get(taking->txn, T_OBLIGATIONS, &key, &owed, sizeof(owed));
        owed.due_hundredths += hundredths;
        row_put(taking->txn, T_OBLIGATIONS, &key, &owed, sizeof(owed));
        add_demand(taking, &balance, &(struct demand){.due_hundredths = hundredths});
}

static void put_passed_on(struct taking *taking, const Contracts__Posting *posting, const struct passed_on *more)
{
        struct passed_on sum;
        struct balance balance = balance_get(taking->txn, posting->obligation_id);
        struct key key = owed_key(id_of(posting->contract_id), id_of(posting->obligation_id));
        row_get(taking->txn, T_PASSED_ON, &key, &sum, sizeof(sum));
        sum.transferred_hundredths += more->transferred_hundredths;
        sum.waived_hundredths += more->waived_hundredths;
        row_put(taking->txn, T_PASSED_ON, &key, &sum, sizeof(sum));
        add_demand(taking, &balance, &(struct demand){.waived_hundredths = more->waived_hundredths});
}

/* One movement of the ledger. Hours done and converted come from tracking, with their person and modality; what orders
 * forecast is owed by nobody yet. */
static void put_posting(struct taking *taking, const Contracts__Posting *posting)
{
        int64_t hundredths = hours_hundredths(hours_of(posting->hours));
        Reporting__OwedChange change = REPORTING__OWED_CHANGE__INIT;
        change.obligation_id = posting->obligation_id;

        move_balance(taking, posting->obligation_id, posting->from, posting->to, posting->hours);
        if (posting->from == CONTRACTS__ACCOUNT__CLAUSE)
                change.due_hundredths = hundredths;
        else if (posting->to == CONTRACTS__ACCOUNT__TRANSFERRED)
                change.transferred_hundredths = hundredths;
        else if (posting->from == CONTRACTS__ACCOUNT__TRANSFERRED)
                change.transferred_hundredths = -hundredths;
        else if (posting->to == CONTRACTS__ACCOUNT__WAIVED)
                change.waived_hundredths = hundredths;
        else
                return;
        if (posting->from == CONTRACTS__ACCOUNT__CLAUSE)
                put_demanded(taking, posting, hundredths);
        else
                put_passed_on(taking, posting,
                              &(struct passed_on){change.transferred_hundredths, change.waived_hundredths});
        take_owed(taking, id_of(posting->contract_id), change);
}

static void put_postings(struct taking *taking, Contracts__Posting *const *postings, size_t count)
{
        for (size_t i = 0; i < count; i++)
                put_posting(taking, postings[i]);
}

/* ---- hours that were taken over: whose and how is told with them */

/* Whether a line has hours is a person more, or none. */
static void count_person(struct taking *taking, const struct worked *worked, int32_t lines)
{
        struct id obligation = id_of(worked->obligation_id);
        struct key key = key_of_id(obligation);
        struct worker worker;
        if (id_is_zero(worked->person) || lines == 0)
                return;
        key_id(&key, worked->person);
        row_get(taking->txn, T_WORKER, &key, &worker, sizeof(worker));
        worker.placements[worked->modality] += (uint32_t)lines;
        row_put(taking->txn, T_WORKER, &key, &worker, sizeof(worker));
        take_work(taking, obligation,
                  (struct work_change){.beneficiary = worked->person,
                                       .lines = lines,
                                       .modality = worked->modality,
                                       .day = worked_day(taking, worked->on, worked->territory)});
}

/* A line that said `former` says `hundredths` now. What the event tells of all its lines is in `worked`. */
struct line_change {
        const Contracts__TakenOverLine *line;
        int64_t former, hundredths;
};

static void count_line(struct taking *taking, struct worked worked, const struct line_change *change)
{
        uint32_t modality = (uint32_t)change->line->modality;
        worked.person = id_of(change->line->person);
        worked.month = month_of(change->line->month);
        worked.modality = modality < MODALITIES ? modality : 0;
        if (change->line->modality == TYPES__MODALITY__SUBCONTRACTING) {
                converted_count(taking, &worked, change->hundredths - change->former);
                return;
        }
        worked_count(taking, &worked, change->hundredths - change->former);
        count_person(taking, &worked, (change->hundredths > 0) - (change->former > 0));
}

static void take_over(struct taking *taking, const Contracts__HoursTakenOver *body, bool is_withdrawn)
{
        const struct worked worked = {.obligation_id = body->obligation_id,
                                      .territory = body->territory,
                                      .is_private = body->is_private,
                                      .on = taking->on};
        for (size_t i = 0; i < body->n_lines; i++) {
                int64_t former = hours_hundredths(hours_of(body->lines[i]->former)),
                        hundredths = hours_hundredths(hours_of(body->lines[i]->hours));
                const struct line_change change = {body->lines[i], is_withdrawn ? hundredths : former,
                                                   is_withdrawn ? former : hundredths};
                count_line(taking, worked, &change);
        }
}

static void put_taken_over(struct taking *taking, const Contracts__HoursTakenOver *body)
{
        put_postings(taking, body->postings, body->n_postings);
        take_over(taking, body, false);
}

static void replace_taken_over(struct taking *taking, const Contracts__TakenOverReplaced *body)
{
        const struct worked worked = {
                .obligation_id = body->obligation_id, .territory = body->territory, .is_private = body->is_private};
        put_postings(taking, body->postings, body->n_postings);
        for (size_t i = 0; i < body->n_lines; i++) {
                const struct line_change change = {body->lines[i], hours_hundredths(hours_of(body->lines[i]->hours)),
                                                   0};
                count_line(taking, worked, &change);
        }
}

/* ---- acts that are withdrawn: what they posted is posted back, what they counted is counted no more */

static void withdraw_obligation(struct taking *taking, const Contracts__ObligationRecorded *recorded)
{
        struct balance balance = balance_get(taking->txn, recorded->obligation_id);
        struct key key = owed_key(id_of(recorded->contract_id), id_of(recorded->obligation_id));
        Reporting__OwedChange change = REPORTING__OWED_CHANGE__INIT;
        struct owed owed;

        row_get(taking->txn, T_OBLIGATIONS, &key, &owed, sizeof(owed));
        owed.is_gone = true;
        row_put(taking->txn, T_OBLIGATIONS, &key, &owed, sizeof(owed));
        add_demand(taking, &balance, &(struct demand){.obligations = (uint32_t)-1});
        key = key_of_id(id_of(recorded->obligation_id));
        txn_delete(taking->txn, T_BALANCE, key_slice(&key));
        change.obligation_id = recorded->obligation_id;
        change.obligations = -1;
        take_owed(taking, id_of(recorded->contract_id), change);
}

/* Behind what was told of it. */
static void withdraw_contract(struct taking *taking, const Contracts__ContractOpened *opened)
{
        if (open_row(taking, id_of(opened->contract_id)) != NULL)
                contract_remove(taking->txn, id_of(opened->contract_id));
}

static void withdraw_act(struct taking *taking, const Contracts__Event *act)
{
        switch (act->body_case) {
        case CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED: withdraw_obligation(taking, act->obligation_recorded); return;
        case CONTRACTS__EVENT__BODY_CLAUSE_PUT: put_clause(taking, act->clause_put, -1); return;
        case CONTRACTS__EVENT__BODY_HOURS_TAKEN_OVER: take_over(taking, act->hours_taken_over, true); return;
        case CONTRACTS__EVENT__BODY_CONTRACT_OPENED: withdraw_contract(taking, act->contract_opened); return;
        default: return;
        }
}

/* The last first. */
static void withdraw_acts(struct taking *taking, const Contracts__ActWithdrawn *withdrawn)
{
        put_postings(taking, withdrawn->postings, withdrawn->n_postings);
        for (size_t i = withdrawn->n_acts; i > 0; i--) {
                const Contracts__Event *act = pb_decode(&contracts__event__descriptor,
                                                        pb_slice(withdrawn->acts[i - 1]->event), taking->arena);
                if (act != NULL) /* else of a later program */
                        withdraw_act(taking, act);
        }
}

/* ---- what an event says of itself */

/* With the document that it rests on, where there is one. */
static const char *reason_with(const struct taking *taking, const char *reference, const char *reason)
{
        if (reference[0] == '\0' || reason[0] == '\0')
                return reference[0] == '\0' ? reason : reference;
        return arena_printf(taking->arena, "%s (%s)", reason, reference);
}

static void because(struct taking *taking, Reporting__ChangeCause cause, const Types__Day *on, const char *reason)
{
        taking->cause = cause;
        taking->on = on;
        taking->reason = reason;
}

static const char *reference_of(const Contracts__LedgerDecision *decision)
{
        return decision == NULL ? "" : decision->reference;
}

static const Types__Day *day_of_decision(const Contracts__LedgerDecision *decision)
{
        return decision == NULL ? NULL : decision->decided_on;
}

#define CAUSE(name) REPORTING__CHANGE_CAUSE__##name
/* What moves the ledger. */
static void explain_owed(struct taking *taking, const Contracts__Event *body)
{
        switch ((int)body->body_case) {
        case CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED: because(taking, CAUSE(OBLIGATION_ADDED), NULL, NULL); return;
        case CONTRACTS__EVENT__BODY_LEDGER_POSTED: because(taking, CAUSE(BALANCE_FOLLOWED), NULL, NULL); return;
        case CONTRACTS__EVENT__BODY_HOURS_TAKEN_OVER:
                because(taking, CAUSE(HOURS_TAKEN_UP), body->hours_taken_over->taken_over_on, NULL);
                return;
        case CONTRACTS__EVENT__BODY_TAKEN_OVER_REPLACED: because(taking, CAUSE(HOURS_TAKEN_UP), NULL, NULL); return;
        case CONTRACTS__EVENT__BODY_TRANSFER_AGREED:
                because(taking, CAUSE(HOURS_PASSED_ON), day_of_decision(body->transfer_agreed->decision),
                        reference_of(body->transfer_agreed->decision));
                return;
        case CONTRACTS__EVENT__BODY_HOURS_WAIVED:
                because(taking, CAUSE(HOURS_LET_GO), day_of_decision(body->hours_waived->decision),
                        reason_with(taking, reference_of(body->hours_waived->decision), body->hours_waived->reason));
                return;
        case CONTRACTS__EVENT__BODY_MEMBER_LEFT:
                because(taking,
                        body->member_left->fate == CONTRACTS__LEFT_HOURS__LEFT_WAIVED ? CAUSE(HOURS_LET_GO)
                                                                                      : CAUSE(HOURS_PASSED_ON),
                        body->member_left->left_on,
                        reason_with(taking, reference_of(body->member_left->decision), body->member_left->reason));
                return;
        case CONTRACTS__EVENT__BODY_OBLIGATION_AMENDED:
                because(taking, CAUSE(OBLIGATION_CHANGED), body->obligation_amended->amended_on,
                        reason_with(taking, body->obligation_amended->reference, body->obligation_amended->reason));
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_INVOICE_RECORDED: {
                const Contracts__ContractOrder *invoice = body->contract_invoice_recorded->invoice;
                because(taking, CAUSE(CONTRACTOR_INVOICED), invoice == NULL ? NULL : invoice->starts_on,
                        invoice == NULL ? NULL : invoice->number);
                return;
        }
        case CONTRACTS__EVENT__BODY_CONTRACT_ENDED:
                because(taking, CAUSE(CONTRACT_OVER), body->contract_ended->ended_on, body->contract_ended->reason);
                return;
        case CONTRACTS__EVENT__BODY_ACT_WITHDRAWN:
                because(taking, CAUSE(ACT_TAKEN_BACK), body->act_withdrawn->withdrawn_on,
                        reason_with(taking, body->act_withdrawn->told, body->act_withdrawn->reason));
                return;
        default: because(taking, CAUSE(CONTRACT_COUNTED), NULL, NULL); return;
        }
}

static void explain(struct taking *taking, const Contracts__Event *body)
{
        switch ((int)body->body_case) {
        case CONTRACTS__EVENT__BODY_CLAUSE_PUT: because(taking, CAUSE(CLAUSE_COUNTED), NULL, NULL); return;
        case CONTRACTS__EVENT__BODY_NEED_DECLARED:
        case CONTRACTS__EVENT__BODY_NEED_AMENDED: because(taking, CAUSE(NEED_COUNTED), NULL, NULL); return;
        case CONTRACTS__EVENT__BODY_CONTRACT_PART_PUT: because(taking, CAUSE(PART_BEGUN), NULL, NULL); return;
        case CONTRACTS__EVENT__BODY_CONTRACT_PART_DECIDED:
                because(taking, CAUSE(PART_BEGUN), day_of_decision(body->contract_part_decided->decision),
                        reason_with(taking, reference_of(body->contract_part_decided->decision),
                                    body->contract_part_decided->reason));
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_PARTS_BEGAN:
                because(taking, CAUSE(PART_BEGUN), body->contract_parts_began->on, NULL);
                return;
        default: explain_owed(taking, body); return;
        }
}

void project_contracts(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__Event *body = event->body;
        struct taking of = {.txn = txn, .arena = arena, .event = event}, *taking = &of;
        explain(taking, body);
        switch (body->body_case) {
        case CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED:
                put_contract(taking, body->contract_imported->contract_id, body->contract_imported->record, NULL);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_UPDATED:
                put_contract(taking, body->contract_updated->contract_id, body->contract_updated->record, NULL);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_OPENED:
                put_contract(taking, body->contract_opened->contract_id, body->contract_opened->record,
                             body->contract_opened);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_AMENDED:
                put_contract(taking, body->contract_amended->contract_id, body->contract_amended->record, NULL);
                return;
        case CONTRACTS__EVENT__BODY_PUBLICATIONS_JOINED: join(taking, body->publications_joined->twin_id, true); return;
        case CONTRACTS__EVENT__BODY_PUBLICATIONS_SEPARATED:
                join(taking, body->publications_separated->twin_id, false);
                return;
        case CONTRACTS__EVENT__BODY_CLAUSE_PUT: put_clause(taking, body->clause_put, 1); return;
        case CONTRACTS__EVENT__BODY_RESERVED_RECORDED: put_recorded(taking, body->reserved_recorded); return;
        case CONTRACTS__EVENT__BODY_RESERVED_WITHDRAWN: put_withdrawn(taking, body->reserved_withdrawn); return;
        case CONTRACTS__EVENT__BODY_DRAFT_ITEMS_PUT: put_planned(taking, body->draft_items_put); return;
        case CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED: put_obligation(taking, body->obligation_recorded); return;
        case CONTRACTS__EVENT__BODY_LEDGER_POSTED: /* work: whose and how, tracking tells; here only what it leaves owed
                                                    */
                move_balance(taking, body->ledger_posted->obligation_id, body->ledger_posted->from,
                             body->ledger_posted->to, body->ledger_posted->hours);
                return;
        case CONTRACTS__EVENT__BODY_TRANSFER_AGREED:
                put_postings(taking, body->transfer_agreed->postings, body->transfer_agreed->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_HOURS_WAIVED:
                put_postings(taking, body->hours_waived->postings, body->hours_waived->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_MEMBER_LEFT:
                put_postings(taking, body->member_left->postings, body->member_left->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_OBLIGATION_AMENDED:
                put_postings(taking, body->obligation_amended->postings, body->obligation_amended->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_INVOICE_RECORDED:
                put_postings(taking, body->contract_invoice_recorded->postings,
                             body->contract_invoice_recorded->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_PART_PUT:
                put_postings(taking, body->contract_part_put->postings, body->contract_part_put->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_PART_DECIDED:
                put_postings(taking, body->contract_part_decided->postings, body->contract_part_decided->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_PARTS_BEGAN:
                put_postings(taking, body->contract_parts_began->postings, body->contract_parts_began->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_NEED_DECLARED:
                put_need(taking, year_there(body->need_declared->territory, taking), body->need_declared);
                return;
        case CONTRACTS__EVENT__BODY_CONTRACT_ENDED:
                put_postings(taking, body->contract_ended->postings, body->contract_ended->n_postings);
                return;
        case CONTRACTS__EVENT__BODY_HOURS_TAKEN_OVER: put_taken_over(taking, body->hours_taken_over); return;
        case CONTRACTS__EVENT__BODY_TAKEN_OVER_REPLACED: replace_taken_over(taking, body->taken_over_replaced); return;
        case CONTRACTS__EVENT__BODY_ACT_WITHDRAWN: withdraw_acts(taking, body->act_withdrawn); return;
        case CONTRACTS__EVENT__BODY_NEED_AMENDED: amend_need(taking, body->need_amended); return;
        default: return; /* nothing that is counted: hours come from tracking, with their person and modality */
        }
}
