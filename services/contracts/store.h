/* store.h: the tables of the contracts daemon; no other file knows them or their keys. Values are messages of
 * proto/contracts. What a find or a read returns lives in the arena and outlives a put. Only apply() and the copy
 * function may call the put functions: the runtime aborts on any other.
 *
 * table              kind   key                                       value
 * contract           STATE  contract id                               ContractRecord, lists in order (republication.h)
 * contract_by_buyer  STATE  buyer SIRET text, number text, contract   -
 * clause             STATE  clause id                                 ClausePut, the last
 * clause_by_lot      STATE  contract id, u32 lot                      clause id
 * obligation         STATE  obligation id                             ObligationRecorded
 * obligation_by_…    STATE  u8 of whom, id or SIRET text, obligation  -
 *                           (1 contract, 2 clause, 3 contractor's organisation, 4 buyer)
 * ledger_entry       STATE  obligation id, u32 number                 LedgerEntry
 * ledger_balance     STATE  obligation id; the zero id: over all      Balances
 * posted             STATE  i32 month, id of placement or invoice     Hours: what the ledger holds of it
 * need               STATE  need id                                   NeedDeclared
 * need_by_territory  STATE  territory text, need id                   -
 * organisation       COPY   organisation id (directory)               its SIRET, 14 digits
 *
 * Ids of contracts begin with the day of notification, all others grow with time, so that walks backwards are newest
 * first. Text parts of keys are bounded by contract_check(). */
#ifndef SERVICES_CONTRACTS_STORE_H
#define SERVICES_CONTRACTS_STORE_H

#include "common/service/work.h"
#include "common/store/runtime_tables.h"
#include "contracts/events.pb-c.h"
#include "contracts/state.pb-c.h"
#include "services/contracts/ledger.h"

enum {
        T_CONTRACT = RUNTIME_TABLES,
        T_CONTRACT_BY_BUYER,
        T_CLAUSE,
        T_CLAUSE_BY_LOT,
        T_OBLIGATION,
        T_OBLIGATION_BY,
        T_LEDGER_ENTRY,
        T_LEDGER_BALANCE,
        T_POSTED,
        T_NEED,
        T_NEED_BY_TERRITORY,
        T_ORGANISATION,
        T_END,
        CONTRACTS_TABLE_COUNT = T_END - RUNTIME_TABLES
};
enum { CONTRACTS_STORE_VERSION = 1, SIRET_TEXT_SIZE = 15 };

extern const struct table_spec contracts_tables[CONTRACTS_TABLE_COUNT];

/* ---- contracts */
bool contracts_record_bytes(struct txn *txn, struct id contract, struct slice *ret); /* dies with the transaction */
Contracts__ContractRecord *contracts_record_find(struct txn *txn, struct arena *arena, struct id contract);
void contracts_record_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                        const Contracts__ContractRecord *record);

/* ---- clauses */
Contracts__ClausePut *contracts_clause_find(struct txn *txn, struct arena *arena, struct id clause);
bool contracts_clause_of_lot(struct txn *txn, struct id contract, uint32_t lot, struct id *ret_clause);
void contracts_clause_put(struct txn *txn, struct arena *arena, const Contracts__ClausePut *clause);

/* ---- obligations and their ledger */
Contracts__ObligationRecorded *contracts_obligation_find(struct txn *txn, struct arena *arena, struct id obligation);
void contracts_obligation_put(struct txn *txn, struct arena *arena, const Contracts__ObligationRecorded *obligation,
                          const char *buyer_siret);
struct ledger contracts_ledger(struct txn *txn, struct arena *arena, struct id obligation); /* all zero if none */
struct ledger contracts_ledger_of_all(struct txn *txn, struct arena *arena);
void contracts_ledger_put(struct txn *txn, struct arena *arena, struct id obligation, const struct ledger *ledger);
void contracts_ledger_of_all_put(struct txn *txn, struct arena *arena, const struct ledger *ledger);
void contracts_entry_put(struct txn *txn, struct arena *arena, struct id obligation,
                         const Contracts__LedgerEntry *entry);
struct hours contracts_posted(struct txn *txn, struct arena *arena, struct month month, struct id source); /* or zero */
void contracts_posted_put(struct txn *txn, struct arena *arena, struct month month, struct id source,
                          struct hours hours);

/* ---- needs */
Contracts__NeedDeclared *contracts_need_find(struct txn *txn, struct arena *arena, struct id need);
void contracts_need_put(struct txn *txn, struct arena *arena, const Contracts__NeedDeclared *need);

/* ---- organisations */
bool contracts_organisation_siret(struct txn *txn, struct id organisation, char ret_siret[SIRET_TEXT_SIZE]);
void contracts_organisation_put(struct txn *txn, struct id organisation, const char *siret); /* "": forgets it */

/* ---- walks. Each yields ids in key order; ended by contracts_walk_end(). Rows must not be written meanwhile.
 *     struct walk walk;
 *     contracts_walk_needs(txn, "31", before, &walk);
 *     while (contracts_walk_next(&walk, &id)) …
 *     contracts_walk_end(&walk); */
struct walk {
        struct scan scan;
        struct key prefix; /* what the scan borrows */
        struct key from;
        bool id_in_value;
};
/* `after`, `before`: where a page ended, as contracts_walk_cursor() gave it; empty: from the first. Newest first: */
void contracts_walk_records(struct txn *txn, struct slice before, struct walk *ret);
/* Of one buyer, by number; with one number where `number` is not empty. */
void contracts_walk_records_of_buyer(struct txn *txn, const char *siret, const char *number, struct slice after,
                             struct walk *ret);
void contracts_walk_clauses_of_contract(struct txn *txn, struct id contract, struct walk *ret);
void contracts_walk_obligations(struct txn *txn, struct slice after, struct walk *ret);
void contracts_walk_obligations_of_contract(struct txn *txn, struct id contract, struct slice after, struct walk *ret);
void contracts_walk_obligations_of_clause(struct txn *txn, struct id clause, struct walk *ret);
void contracts_walk_obligations_of_organisation(struct txn *txn, struct id organisation, struct slice after,
                                                struct walk *ret);
void contracts_walk_obligations_of_buyer(struct txn *txn, const char *siret, struct slice after, struct walk *ret);
/* Newest first. An empty territory: all of them. */
void contracts_walk_needs(struct txn *txn, const char *territory, struct slice before, struct walk *ret);
bool contracts_walk_next(struct walk *walk, struct id *ret);
/* The cursor that a page of this walk ends with, in the arena. Valid after a contracts_walk_next() that was true. */
struct slice contracts_walk_cursor(const struct walk *walk, struct arena *arena);
void contracts_walk_end(struct walk *walk);

/* The entries of an obligation from number `from` on, oldest first. */
void contracts_walk_entries(struct txn *txn, struct id obligation, uint32_t from, struct walk *ret);
Contracts__LedgerEntry *contracts_walk_next_entry(struct walk *walk, struct arena *arena); /* NULL: that was the last */

#endif
