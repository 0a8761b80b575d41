#include "services/contracts/store/store.h"

#include <string.h>

#include "common/base/require.h"
#include "services/contracts/control/pace_rows.h"
#include "services/contracts/store/summaries.h"

const struct table_spec contracts_tables[CONTRACTS_TABLE_COUNT] = {
        [T_CONTRACT - RUNTIME_TABLES] = {"contract", TABLE_STATE},
        [T_CONTRACT_BY_BUYER - RUNTIME_TABLES] = {"contract_by_buyer", TABLE_STATE},
        [T_CLAUSE - RUNTIME_TABLES] = {"clause", TABLE_STATE},
        [T_CLAUSE_BY_LOT - RUNTIME_TABLES] = {"clause_by_lot", TABLE_STATE},
        [T_OBLIGATION - RUNTIME_TABLES] = {"obligation", TABLE_STATE},
        [T_OBLIGATION_BY - RUNTIME_TABLES] = {"obligation_by", TABLE_STATE},
        [T_LEDGER_ENTRY - RUNTIME_TABLES] = {"ledger_entry", TABLE_STATE},
        [T_LEDGER_BALANCE - RUNTIME_TABLES] = {"ledger_balance", TABLE_STATE},
        [T_POSTED - RUNTIME_TABLES] = {"posted", TABLE_STATE},
        [T_NEED - RUNTIME_TABLES] = {"need", TABLE_STATE},
        [T_NEED_BY_TERRITORY - RUNTIME_TABLES] = {"need_by_territory", TABLE_STATE},
        [T_ORGANISATION - RUNTIME_TABLES] = {"organisation", TABLE_COPY},
        [T_FILE - RUNTIME_TABLES] = {"file", TABLE_STATE},
        [T_PUBLISHED - RUNTIME_TABLES] = {"published", TABLE_STATE},
        [T_ABOUT - RUNTIME_TABLES] = {"about", TABLE_STATE},
        [T_HISTORY - RUNTIME_TABLES] = {"history", TABLE_STATE},
        /* agreements */
        [T_AGREEMENT - RUNTIME_TABLES] = {"agreement", TABLE_STATE},
        [T_AGREEMENT_BY_BUYER - RUNTIME_TABLES] = {"agreement_by_buyer", TABLE_STATE},
        [T_FOLLOWED_BY_BUYER - RUNTIME_TABLES] = {"followed_by_buyer", TABLE_STATE},
        /* programming */
        [T_PROGRAMME_LINE - RUNTIME_TABLES] = {"programme_line", TABLE_STATE},
        [T_PROGRAMME_BY_BUYER - RUNTIME_TABLES] = {"programme_by_buyer", TABLE_STATE},
        [T_PROGRAMME_BY_NAME - RUNTIME_TABLES] = {"programme_by_name", TABLE_STATE},
        [T_PROGRAMME_SETTINGS - RUNTIME_TABLES] = {"programme_settings", TABLE_STATE},
        [T_STRUCTURE - RUNTIME_TABLES] = {"structure", TABLE_COPY},
        [T_STRUCTURE_COUNT - RUNTIME_TABLES] = {"structure_count", TABLE_COPY},
        /* clauses */
        /* drafting */
        [T_DRAFT_ITEMS - RUNTIME_TABLES] = {"draft_items", TABLE_STATE},
        [T_DRAFT - RUNTIME_TABLES] = {"draft", TABLE_STATE},
        /* association */
        [T_ASSOCIATION_BY_YEAR - RUNTIME_TABLES] = {"association_by_year", TABLE_STATE},
        [T_DECLINE - RUNTIME_TABLES] = {"decline", TABLE_STATE},
        /* consultation */
        [T_CONSULTATION - RUNTIME_TABLES] = {"consultation", TABLE_STATE},
        [T_QUESTION - RUNTIME_TABLES] = {"question", TABLE_STATE},
        [T_APPRAISAL - RUNTIME_TABLES] = {"appraisal", TABLE_STATE},
        [T_OFFER - RUNTIME_TABLES] = {"offer", TABLE_STATE},
        [T_COMMITMENT - RUNTIME_TABLES] = {"commitment", TABLE_STATE},
        /* reserved */
        [T_RESERVED_BY_YEAR - RUNTIME_TABLES] = {"reserved_by_year", TABLE_STATE},
        [T_RESERVED_AWARD - RUNTIME_TABLES] = {"reserved_award", TABLE_STATE},
        /* obligations */
        [T_TRANSFER - RUNTIME_TABLES] = {"transfer", TABLE_STATE},
        [T_ORDER - RUNTIME_TABLES] = {"order", TABLE_STATE},
        [T_ORDER_NUMBER - RUNTIME_TABLES] = {"order_number", TABLE_STATE},
        [T_FRAMEWORK - RUNTIME_TABLES] = {"framework", TABLE_STATE},
        /* needs */
        [T_NEED_OPEN - RUNTIME_TABLES] = {"need_open", TABLE_STATE},
        [T_CLAUSE_COMING - RUNTIME_TABLES] = {"clause_coming", TABLE_STATE},
        /* control */
        [T_CONTROL_PLAN - RUNTIME_TABLES] = {"control_plan", TABLE_STATE},
        [T_STATEMENT - RUNTIME_TABLES] = {"statement", TABLE_STATE},
        [T_CONTROL_CASE - RUNTIME_TABLES] = {"control_case", TABLE_STATE},
        [T_CASE_BY - RUNTIME_TABLES] = {"case_by", TABLE_STATE},
        [T_CONTROL - RUNTIME_TABLES] = {"control", TABLE_STATE},
        [T_PACE - RUNTIME_TABLES] = {"pace", TABLE_STATE},
        /* publication */
        [T_PUBLICATION_OF - RUNTIME_TABLES] = {"publication_of", TABLE_STATE},
        [T_RECORD - RUNTIME_TABLES] = {"record", TABLE_STATE},
        /* referrals */
        [T_REFERRAL - RUNTIME_TABLES] = {"referral", TABLE_STATE},
        [T_VERSION - RUNTIME_TABLES] = {"version", TABLE_STATE},
};

/* Whose obligations a row of obligation_by is one of. */
enum { OF_CONTRACT = 1, OF_CLAUSE = 2, OF_ORGANISATION = 3, OF_BUYER = 4, OF_CONTRACTOR = 5, OF_TERRITORY = 6 };

static const struct slice nothing; /* the value of an index row */

static void obligations_change_buyer(struct txn *txn, struct arena *arena, struct id contract, const char *old,
                                     const char *buyer_siret);

/* ---- contracts */

/* Records are the large rows, and ids of contracts come in no order within a day: the rows lie in the order of arrival,
 * so that an import writes pages that it fills, and the id's row says which one is the contract's. */
static bool record_key(struct txn *txn, struct id contract, struct key *ret)
{
        struct key key = key_of_id(contract);
        struct slice number;
        if (!txn_get(txn, T_CONTRACT, key_slice(&key), &number))
                return false;
        *ret = key_empty();
        key_u64(ret, key_read_u64(number, 0));
        return true;
}

static struct key record_key_make(struct txn *txn, struct id contract)
{
        struct key key = key_of_id(contract), number = key_empty();
        key_u64(&number, txn_count(txn, T_RECORD) + 1);
        txn_put(txn, T_CONTRACT, key_slice(&key), key_slice(&number));
        return number;
}

bool contracts_published_bytes(struct txn *txn, struct id contract, struct slice *ret)
{
        struct key key = key_of_id(contract);
        /* Beside our own truth, or in its place where there is none. What is ours from the beginning has an id that no
         * publication has. */
        return txn_get(txn, T_PUBLISHED, key_slice(&key), ret) ||
               (record_key(txn, contract, &key) && txn_get(txn, T_RECORD, key_slice(&key), ret));
}

Contracts__ContractRecord *contracts_record_find(struct txn *txn, struct arena *arena, struct id contract)
{
        struct key number;
        return record_key(txn, contract, &number)
                       ? contracts_row_find_key(txn, T_RECORD, &number, &contracts__contract_record__descriptor, arena)
                       : NULL;
}

static struct key by_buyer(const Contracts__ContractRecord *record)
{
        struct key key = key_of_text(record->buyer_siret);
        key_text(&key, record->number);
        return key;
}

void contracts_record_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                          const Contracts__ContractRecord *record)
{
        struct key number;
        struct summed before = {.record = NULL};
        bool is_known = record_key(txn, id_of(contract), &number);
        if (is_known)
                before = summed_of(txn, arena, id_of(contract));
        else
                number = record_key_make(txn, id_of(contract));
        contracts_row_put_key(txn, T_RECORD, &number, record, arena);
        contracts_row_index(txn, T_CONTRACT_BY_BUYER, by_buyer(record), id_of(contract));
        if (!is_known)
                return;
        pace_rows_of_contract(txn, arena, id_of(contract));
        summed_move(txn, arena, &before);
}

void contracts_record_replace(struct txn *txn, struct arena *arena, const Types__Id *contract,
                              const Contracts__ContractRecord *record)
{
        const Contracts__ContractRecord *old = contracts_record_find(txn, arena, id_of(contract));
        if (old != NULL) {
                contracts_row_unindex(txn, T_CONTRACT_BY_BUYER, by_buyer(old), id_of(contract));
                if (strcmp(old->buyer_siret, record->buyer_siret) != 0)
                        obligations_change_buyer(txn, arena, id_of(contract), old->buyer_siret, record->buyer_siret);
        }
        contracts_record_put(txn, arena, contract, record);
}

/* ---- contract files */

Contracts__ContractRecord *contracts_published_find(struct txn *txn, struct arena *arena, struct id contract)
{
        return contracts_row_find(txn, T_PUBLISHED, contract, &contracts__contract_record__descriptor, arena);
}

void contracts_published_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                             const Contracts__ContractRecord *record)
{
        contracts_row_put(txn, T_PUBLISHED, id_of(contract), record, arena);
}

bool contracts_record_is_ours(const Contracts__ContractRecord *record)
{
        return record != NULL && record->format == CONTRACTS__RECORD_FORMAT__OURS;
}

Contracts__ContractFile *contracts_file_find(struct txn *txn, struct arena *arena, struct id contract)
{
        return contracts_row_find(txn, T_FILE, contract, &contracts__contract_file__descriptor, arena);
}

Contracts__ContractFile *contracts_file_of(struct txn *txn, struct arena *arena, const Types__Id *contract)
{
        Contracts__ContractFile *file = contracts_file_find(txn, arena, id_of(contract));
        if (file == NULL) {
                file = pb_new(&contracts__contract_file__descriptor, arena);
                file->contract_id = id_to(arena, id_of(contract));
        }
        return file;
}

void contracts_file_put(struct txn *txn, struct arena *arena, const Contracts__ContractFile *file)
{
        struct summed before = summed_of(txn, arena, id_of(file->contract_id));
        contracts_row_put(txn, T_FILE, before.contract, file, arena);
        pace_rows_of_contract(txn, arena, before.contract);
        summed_move(txn, arena, &before);
}

/* ---- history */

static struct key history_key(struct id contract, uint64_t number)
{
        struct key key = key_of_id(contract);
        key_u64(&key, number);
        return key;
}

void contracts_history_put(struct txn *txn, struct id contract, uint64_t number)
{
        struct key key = history_key(contract, number);
        txn_put(txn, T_HISTORY, key_slice(&key), nothing);
}

void contracts_walk_history(struct txn *txn, struct id contract, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_HISTORY, WALK_UP, CURSOR_NUMBER}, key_of_id(contract), after, ret);
}

void contracts_walk_history_backwards(struct txn *txn, struct id contract, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_HISTORY, WALK_DOWN, CURSOR_NUMBER}, key_of_id(contract), nothing, ret);
}

/* ---- clauses */

static struct key lot_key(struct id contract, uint32_t lot)
{
        struct key key = key_of_id(contract);
        key_u32(&key, lot);
        return key;
}

Contracts__ClausePut *contracts_clause_find(struct txn *txn, struct arena *arena, struct id clause)
{
        return contracts_row_find(txn, T_CLAUSE, clause, &contracts__clause_put__descriptor, arena);
}

bool contracts_clause_of_lot(struct txn *txn, struct id contract, uint32_t lot, struct id *ret_clause)
{
        struct key key = lot_key(contract, lot);
        struct slice value;
        if (!txn_get(txn, T_CLAUSE_BY_LOT, key_slice(&key), &value))
                return false;
        *ret_clause = key_read_id(value, 0);
        return true;
}

void contracts_clause_put(struct txn *txn, struct arena *arena, const Contracts__ClausePut *clause)
{
        struct id id = id_of(clause->clause_id);
        struct key by_lot = lot_key(id_of(clause->contract_id), clause->lot);
        struct summed before = summed_of(txn, arena, id_of(clause->contract_id));
        contracts_row_put(txn, T_CLAUSE, id, clause, arena);
        txn_put(txn, T_CLAUSE_BY_LOT, key_slice(&by_lot), id_slice(&id));
        summed_move(txn, arena, &before);
}

/* ---- obligations and their ledger */

static struct key of_id(uint8_t whom, struct id id)
{
        struct key key = key_empty();
        key_u8(&key, whom);
        key_id(&key, id);
        return key;
}

static struct key of_buyer(const char *siret)
{
        struct key key = key_empty();
        key_u8(&key, OF_BUYER);
        key_text(&key, siret);
        return key;
}

static struct key of_territory(const char *territory)
{
        struct key key = key_empty();
        key_u8(&key, OF_TERRITORY);
        key_text(&key, territory);
        return key;
}

/* The digits without an end, so that the nine of a company find all of its establishments. */
static struct key of_contractor(const char *digits)
{
        struct key key = key_empty();
        key_u8(&key, OF_CONTRACTOR);
        for (; *digits != '\0'; digits++)
                key_u8(&key, (uint8_t)*digits);
        return key;
}

Contracts__ObligationRecorded *contracts_obligation_find(struct txn *txn, struct arena *arena, struct id obligation)
{
        return contracts_row_find(txn, T_OBLIGATION, obligation, &contracts__obligation_recorded__descriptor, arena);
}

static void index_contractor(struct txn *txn, const Contracts__ObligationRecorded *obligation,
                             void (*index)(struct txn *txn, size_t table, struct key key, struct id id))
{
        struct id id = id_of(obligation->obligation_id);
        if (obligation->contractor_organisation != NULL)
                index(txn, T_OBLIGATION_BY, of_id(OF_ORGANISATION, id_of(obligation->contractor_organisation)), id);
        index(txn, T_OBLIGATION_BY, of_contractor(obligation->contractor_siret), id);
}

void contracts_obligation_put(struct txn *txn, struct arena *arena, const Contracts__ObligationRecorded *obligation,
                          const char *buyer_siret)
{
        struct id id = id_of(obligation->obligation_id);
        contracts_row_put(txn, T_OBLIGATION, id, obligation, arena);
        contracts_row_index(txn, T_OBLIGATION_BY, of_id(OF_CONTRACT, id_of(obligation->contract_id)), id);
        contracts_row_index(txn, T_OBLIGATION_BY, of_id(OF_CLAUSE, id_of(obligation->clause_id)), id);
        contracts_row_index(txn, T_OBLIGATION_BY, of_buyer(buyer_siret), id);
        for (size_t i = 0; i < obligation->n_territories; i++)
                contracts_row_index(txn, T_OBLIGATION_BY, of_territory(obligation->territories[i]), id);
        index_contractor(txn, obligation, contracts_row_index);
        pace_rows_of_contract(txn, arena, id_of(obligation->contract_id));
}

void contracts_obligation_reassign(struct txn *txn, struct arena *arena,
                                   const Contracts__ObligationRecorded *obligation)
{
        struct id id = id_of(obligation->obligation_id);
        const Contracts__ObligationRecorded *old = contracts_obligation_find(txn, arena, id);
        if (old != NULL)
                index_contractor(txn, old, contracts_row_unindex);
        contracts_row_put(txn, T_OBLIGATION, id, obligation, arena);
        index_contractor(txn, obligation, contracts_row_index);
}

/* The rows that are walked are of the same table as those that move: first which, then the moves. */
static void obligations_change_buyer(struct txn *txn, struct arena *arena, struct id contract, const char *old,
                                     const char *buyer_siret)
{
        struct id *ids = NULL;
        size_t count = 0;
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_contract(txn, contract, nothing, &walk);
        while (contracts_walk_next(&walk, &id)) {
                ids = pb_append(ids, &count, sizeof(*ids), arena);
                ids[count - 1] = id;
        }
        contracts_walk_end(&walk);
        for (size_t i = 0; i < count; i++) {
                contracts_row_unindex(txn, T_OBLIGATION_BY, of_buyer(old), ids[i]);
                contracts_row_index(txn, T_OBLIGATION_BY, of_buyer(buyer_siret), ids[i]);
        }
}

static const struct id over_all; /* no obligation has the zero id */

struct ledger contracts_ledger(struct txn *txn, struct arena *arena, struct id obligation)
{
        struct ledger ledger = {0};
        const Contracts__Balances *row =
                contracts_row_find(txn, T_LEDGER_BALANCE, obligation, &contracts__balances__descriptor, arena);
        if (row == NULL)
                return ledger;
        const Types__Hours *const balance[ACCOUNT_COUNT] = {
                [ACCOUNT_CLAUSE] = row->clause,           [ACCOUNT_DUE] = row->due,
                [ACCOUNT_DONE] = row->done,               [ACCOUNT_CONVERTED] = row->converted,
                [ACCOUNT_TRANSFERRED] = row->transferred, [ACCOUNT_WAIVED] = row->waived,
                [ACCOUNT_PLANNED] = row->planned,         [ACCOUNT_FORECAST] = row->forecast,
        };
        for (size_t i = 0; i < ACCOUNT_COUNT; i++)
                ledger.balance[i] = hours_of(balance[i]);
        ledger.entries = row->entries;
        return ledger;
}

struct ledger contracts_ledger_of_all(struct txn *txn, struct arena *arena)
{
        return contracts_ledger(txn, arena, over_all);
}

void contracts_ledger_put(struct txn *txn, struct arena *arena, struct id obligation, const struct ledger *ledger)
{
        Contracts__Balances row = CONTRACTS__BALANCES__INIT;
        row.clause = hours_to(arena, ledger->balance[ACCOUNT_CLAUSE]);
        row.due = hours_to(arena, ledger->balance[ACCOUNT_DUE]);
        row.done = hours_to(arena, ledger->balance[ACCOUNT_DONE]);
        row.converted = hours_to(arena, ledger->balance[ACCOUNT_CONVERTED]);
        row.transferred = hours_to(arena, ledger->balance[ACCOUNT_TRANSFERRED]);
        row.waived = hours_to(arena, ledger->balance[ACCOUNT_WAIVED]);
        row.planned = hours_to(arena, ledger->balance[ACCOUNT_PLANNED]);
        row.forecast = hours_to(arena, ledger->balance[ACCOUNT_FORECAST]);
        row.entries = ledger->entries;
        contracts_row_put(txn, T_LEDGER_BALANCE, obligation, &row, arena);
        pace_rows_of_ledger(txn, obligation, ledger);
}

void contracts_ledger_of_all_put(struct txn *txn, struct arena *arena, const struct ledger *ledger)
{
        contracts_ledger_put(txn, arena, over_all, ledger);
}

void contracts_entry_put(struct txn *txn, struct arena *arena, struct id obligation,
                         const Contracts__LedgerEntry *entry)
{
        struct key key = key_of_id(obligation);
        key_u32(&key, entry->number);
        txn_put_message(txn, T_LEDGER_ENTRY, key_slice(&key), entry, arena);
}

/* The month first: a month's end touches rows that lie together. */
static struct key posted_key(struct month month, struct id source)
{
        struct key key = key_empty();
        key_i32(&key, month_number(month));
        key_id(&key, source);
        return key;
}

struct hours contracts_posted(struct txn *txn, struct arena *arena, struct month month, struct id source)
{
        struct key key = posted_key(month, source);
        return hours_of(txn_get_message(txn, T_POSTED, key_slice(&key), &types__hours__descriptor, arena));
}

void contracts_posted_put(struct txn *txn, struct arena *arena, struct month month, struct id source,
                          struct hours hours)
{
        struct key key = posted_key(month, source);
        txn_put_message(txn, T_POSTED, key_slice(&key), hours_to(arena, hours), arena);
}

/* ---- organisations */

bool contracts_organisation_siret(struct txn *txn, struct id organisation, char ret_siret[SIRET_TEXT_SIZE])
{
        struct key key = key_of_id(organisation);
        struct slice value;
        if (!txn_get(txn, T_ORGANISATION, key_slice(&key), &value))
                return false;
        require(value.size == SIRET_TEXT_SIZE - 1);
        memcpy(ret_siret, value.data, value.size);
        ret_siret[value.size] = '\0';
        return true;
}

void contracts_organisation_put(struct txn *txn, struct id organisation, const char *siret)
{
        struct key key = key_of_id(organisation);
        if (*siret == '\0')
                txn_delete(txn, T_ORGANISATION, key_slice(&key));
        else
                txn_put(txn, T_ORGANISATION, key_slice(&key), slice_of(siret, SIRET_TEXT_SIZE - 1));
}

/* ---- walks */

void contracts_walk_records(struct txn *txn, struct slice before, struct walk *ret)
{
        walk_down(txn, T_CONTRACT, key_empty(), before, ret);
}

void contracts_walk_records_of_buyer(struct txn *txn, const char *siret, const char *number, struct slice after,
                             struct walk *ret)
{
        struct key prefix = key_of_text(siret);
        if (*number != '\0')
                key_text(&prefix, number);
        walk_up(txn, T_CONTRACT_BY_BUYER, prefix, after, ret);
}

void contracts_walk_clauses_of_contract(struct txn *txn, struct id contract, struct walk *ret)
{
        walk_up(txn, T_CLAUSE_BY_LOT, key_of_id(contract), nothing, ret);
        ret->id_in_value = true; /* the key ends with the lot */
}

void contracts_walk_obligations(struct txn *txn, struct slice after, struct walk *ret)
{
        walk_up(txn, T_OBLIGATION, key_empty(), after, ret);
}

void contracts_walk_obligations_of_contract(struct txn *txn, struct id contract, struct slice after, struct walk *ret)
{
        walk_up(txn, T_OBLIGATION_BY, of_id(OF_CONTRACT, contract), after, ret);
}

void contracts_walk_obligations_of_clause(struct txn *txn, struct id clause, struct walk *ret)
{
        walk_up(txn, T_OBLIGATION_BY, of_id(OF_CLAUSE, clause), nothing, ret);
}

void contracts_walk_obligations_of_organisation(struct txn *txn, struct id organisation, struct slice after,
                                                struct walk *ret)
{
        walk_up(txn, T_OBLIGATION_BY, of_id(OF_ORGANISATION, organisation), after, ret);
}

void contracts_walk_obligations_of_buyer(struct txn *txn, const char *siret, struct slice after, struct walk *ret)
{
        struct key prefix = key_empty();
        key_u8(&prefix, OF_BUYER);
        key_text(&prefix, siret);
        walk_up(txn, T_OBLIGATION_BY, prefix, after, ret);
}

void contracts_walk_obligations_of_territory(struct txn *txn, const char *territory, struct slice after,
                                             struct walk *ret)
{
        walk_up(txn, T_OBLIGATION_BY, of_territory(territory), after, ret);
}

void contracts_walk_obligations_of_contractor(struct txn *txn, const char *digits, struct slice after,
                                              struct walk *ret)
{
        walk_up(txn, T_OBLIGATION_BY, of_contractor(digits), after, ret);
}

void contracts_walk_entries(struct txn *txn, struct id obligation, uint32_t from, struct walk *ret)
{
        struct key first = key_of_id(obligation);
        key_u32(&first, from);
        walk_from(txn, (struct walk_spec){T_LEDGER_ENTRY, WALK_UP, CURSOR_KEY}, key_of_id(obligation), first, ret);
}

Contracts__LedgerEntry *contracts_walk_next_entry(struct walk *walk, struct arena *arena)
{
        return walk_step(walk) ? walk_message(walk, &contracts__ledger_entry__descriptor, arena) : NULL;
}
