#include "services/contracts/ledger/ledger_rows.h"

#include <string.h>

#include "common/store/index.h"
#include "services/contracts/record/short_rows.h"

/* Whose obligations a row of obligation_by is one of. */
enum {
        OF_CONTRACT = 1,
        OF_CLAUSE = 2,
        OF_ORGANISATION = 3,
        OF_BUYER = 4,
        OF_CONTRACTOR = 5,
        OF_TERRITORY = 6,
        OF_UNNAMED = 7, /* a contractor's SIRET, of obligations without an organisation */
};

static const struct slice nothing;

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

static struct key of_unnamed(const char *siret)
{
        struct key key = key_empty();
        key_u8(&key, OF_UNNAMED);
        key_text(&key, siret);
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

static void rows_of_contractor(const void *record, struct index_rows *rows)
{
        const Contracts__ObligationRecorded *obligation = record;
        struct id id = id_of(obligation->obligation_id);
        if (obligation->contractor_organisation != NULL)
                index_id(rows, T_OBLIGATION_BY, of_id(OF_ORGANISATION, id_of(obligation->contractor_organisation)), id);
        else
                index_id(rows, T_OBLIGATION_BY, of_unnamed(obligation->contractor_siret), id);
        index_id(rows, T_OBLIGATION_BY, of_contractor(obligation->contractor_siret), id);
}

/* An obligation is its contract's buyer's. */
struct bought {
        struct id obligation;
        const char *buyer_siret;
};

static void rows_of_buyer(const void *record, struct index_rows *rows)
{
        const struct bought *bought = record;
        index_id(rows, T_OBLIGATION_BY, of_buyer(bought->buyer_siret), bought->obligation);
}

static void rows_that_stay(const void *record, struct index_rows *rows)
{
        const Contracts__ObligationRecorded *obligation = record;
        struct id id = id_of(obligation->obligation_id);
        index_id(rows, T_OBLIGATION_BY, of_id(OF_CONTRACT, id_of(obligation->contract_id)), id);
        index_id(rows, T_OBLIGATION_BY, of_id(OF_CLAUSE, id_of(obligation->clause_id)), id);
        for (size_t i = 0; i < obligation->n_territories; i++)
                index_id(rows, T_OBLIGATION_BY, of_territory(obligation->territories[i]), id);
}

void contracts_obligation_put(struct txn *txn, struct arena *arena, const Contracts__ObligationRecorded *obligation,
                              const char *buyer_siret)
{
        struct id id = id_of(obligation->obligation_id);
        contracts_row_put(txn, T_OBLIGATION, id, obligation, arena);
        index_move(txn, rows_that_stay, NULL, obligation);
        index_move(txn, rows_of_buyer, NULL, &(struct bought){id, buyer_siret});
        index_move(txn, rows_of_contractor, NULL, obligation);
        short_rows_of_contract(txn, arena, id_of(obligation->contract_id));
}

void contracts_obligation_reassign(struct txn *txn, struct arena *arena,
                                   const Contracts__ObligationRecorded *obligation)
{
        struct id id = id_of(obligation->obligation_id);
        const Contracts__ObligationRecorded *old = contracts_obligation_find(txn, arena, id);
        contracts_row_put(txn, T_OBLIGATION, id, obligation, arena);
        index_move(txn, rows_of_contractor, old, obligation);
        short_rows_of_contract(txn, arena, id_of(obligation->contract_id));
}

void contracts_obligation_remove(struct txn *txn, const Contracts__ObligationRecorded *obligation,
                                 const char *buyer_siret)
{
        struct id id = id_of(obligation->obligation_id);
        contracts_row_remove(txn, T_OBLIGATION, id);
        index_move(txn, rows_that_stay, obligation, NULL);
        index_move(txn, rows_of_buyer, &(struct bought){id, buyer_siret}, NULL);
        index_move(txn, rows_of_contractor, obligation, NULL);
        short_rows_without(txn, id);
}

/* The rows that are walked are of the same table as those that move: first which, then the moves. */
void obligations_change_buyer(struct txn *txn, struct arena *arena, struct id contract, const char *old,
                              const char *buyer_siret)
{
        struct id *ids = NULL;
        size_t count = 0;
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_contract(txn, contract, nothing, &walk);
        while (walk_next(&walk, &id)) {
                ids = pb_append(ids, &count, sizeof(*ids), arena);
                ids[count - 1] = id;
        }
        walk_end(&walk);
        for (size_t i = 0; i < count; i++)
                index_move(txn, rows_of_buyer, &(struct bought){ids[i], old}, &(struct bought){ids[i], buyer_siret});
}

static const struct id over_all; /* no obligation has the zero id */

static void list_for(struct txn *txn, struct id contract, const char *siret, bool is_listed)
{
        struct walk walk;
        struct id id;
        contracts_record_list_for(txn, contract, siret, is_listed);
        contracts_walk_obligations_of_contract(txn, contract, nothing, &walk);
        while (walk_next(&walk, &id)) {
                if (is_listed)
                        contracts_row_index(txn, T_OBLIGATION_BY, of_buyer(siret), id);
                else
                        contracts_row_index_remove(txn, T_OBLIGATION_BY, of_buyer(siret), id);
        }
        walk_end(&walk);
}

void obligations_list_for_members(struct txn *txn, struct arena *arena, struct id contract)
{
        const Contracts__ContractFile *file = contracts_file_find(txn, arena, contract);
        for (size_t i = 0; file != NULL && file->group_buyers != NULL && i < file->group_buyers->n_buyers; i++)
                list_for(txn, contract, file->group_buyers->buyers[i]->siret, true);
}

void obligations_list_no_more(struct txn *txn, struct id contract, const char *siret)
{
        list_for(txn, contract, siret, false);
}

struct ledger contracts_ledger(struct txn *txn, struct arena *arena, struct id obligation)
{
        struct ledger ledger = {0};
        const Contracts__Balances *row =
                contracts_row_find(txn, T_LEDGER_BALANCE, obligation, &contracts__balances__descriptor, arena);
        if (row == NULL)
                return ledger;
        const Types__Hours *const balance[ACCOUNT_COUNT] = {
                [ACCOUNT_CLAUSE] = row->clause,
                [ACCOUNT_DUE] = row->due,
                [ACCOUNT_DONE] = row->done,
                [ACCOUNT_CONVERTED] = row->converted,
                [ACCOUNT_TRANSFERRED] = row->transferred,
                [ACCOUNT_WAIVED] = row->waived,
                [ACCOUNT_PLANNED] = row->planned,
                [ACCOUNT_FORECAST] = row->forecast,
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
        short_rows_of_ledger(txn, obligation, ledger);
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

/* ---- walks */

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

void contracts_walk_obligations_of_organisation(struct txn *txn, struct id organisation, const char *siret,
                                                struct slice after, struct walk *ret)
{
        walk_up(txn, T_OBLIGATION_BY, of_id(OF_ORGANISATION, organisation), after, ret);
        if (*siret != '\0')
                walk_then(ret, of_unnamed(siret), after);
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

void contracts_walk_obligations_of_contractor(struct txn *txn, const char *digits, struct slice after, struct walk *ret)
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
