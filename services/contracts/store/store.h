/* store.h: the tables of the contracts daemon; only this room and the <room>_rows.c know them and their keys. Values
 * are messages of proto/contracts. What a find or a read returns lives in the arena and outlives a put. Only apply()
 * and the copy function may call the put functions: the runtime aborts on any other.
 *
 * table              kind   key                                       value
 * contract           STATE  contract id                               u64 number of its record, in the order of arrival
 * record             STATE  u64 number, 1.. without holes             ContractRecord, lists in order (republication.h)
 * contract_by_buyer  STATE  buyer SIRET text, number text, contract   -
 * clause             STATE  clause id                                 ClausePut, the last
 * clause_by_lot      STATE  contract id, u32 lot                      clause id
 * obligation         STATE  obligation id                             ObligationRecorded
 * obligation_by_…    STATE  u8 of whom, id or SIRET text, obligation  -
 *                           (1 contract, 2 clause, 3 contractor's organisation, 4 buyer, 5 contractor's
 *                           SIRET as digits without an end, 6 territory)
 * ledger_entry       STATE  obligation id, u32 number                 LedgerEntry
 * ledger_balance     STATE  obligation id; the zero id: over all      Balances
 * posted             STATE  i32 month, id of placement or invoice     Hours: what the ledger holds of it
 * organisation       COPY   organisation id (directory)               its SIRET, 14 digits
 * file               STATE  contract id                               ContractFile
 * published          STATE  contract id                               ContractRecord: as published, where ours differs
 * about              STATE  contract id, u8 kind (rows.h), id         -
 * history            STATE  id of a contract, agreement or line,      -
 *                           u64 number of the event
 *
 * The tables of a room are described in its own <room>_rows.h.
 * Ids of contracts begin with the day of notification, all others grow with time, so that walks backwards are newest
 * first. Text parts of keys are bounded by contract_check(). */
#ifndef SERVICES_CONTRACTS_STORE_STORE_H
#define SERVICES_CONTRACTS_STORE_STORE_H

#include "common/store/runtime_tables.h"
#include "contracts/events.pb-c.h"
#include "contracts/state.pb-c.h"
#include "services/contracts/obligations/ledger.h"
#include "services/contracts/store/rows.h"

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
        T_FILE,
        T_PUBLISHED,
        T_ABOUT,
        T_HISTORY,
        /* agreements */
        T_AGREEMENT,
        T_AGREEMENT_BY_BUYER,
        T_FOLLOWED_BY_BUYER,
        /* programming */
        T_PROGRAMME_LINE,
        T_PROGRAMME_BY_BUYER,
        T_PROGRAMME_BY_NAME,
        T_PROGRAMME_SETTINGS,
        T_STRUCTURE,
        T_STRUCTURE_COUNT,
        /* clauses */
        /* drafting */
        T_DRAFT_ITEMS,
        T_DRAFT,
        /* association */
        T_ASSOCIATION_BY_YEAR,
        T_DECLINE,
        /* consultation */
        T_CONSULTATION,
        T_QUESTION,
        T_APPRAISAL,
        T_OFFER,
        T_COMMITMENT,
        /* reserved */
        T_RESERVED_BY_YEAR,
        T_RESERVED_AWARD,
        /* obligations */
        T_TRANSFER,
        T_ORDER,
        T_ORDER_NUMBER,
        T_FRAMEWORK,
        /* needs */
        T_NEED_OPEN,
        T_CLAUSE_COMING,
        /* control */
        T_CONTROL_PLAN,
        T_STATEMENT,
        T_CONTROL_CASE,
        T_CASE_BY,
        T_CONTROL,
        T_PACE,
        /* publication */
        T_PUBLICATION_OF,
        T_RECORD,
        /* referrals */
        T_REFERRAL,
        /* versions.h */
        T_VERSION,
        T_END,
        CONTRACTS_TABLE_COUNT = T_END - RUNTIME_TABLES
};
enum { CONTRACTS_STORE_VERSION = 6, SIRET_TEXT_SIZE = 15 };

extern const struct table_spec contracts_tables[CONTRACTS_TABLE_COUNT];

/* ---- contracts */
/* The record as published; dies with the transaction. */
bool contracts_published_bytes(struct txn *txn, struct id contract, struct slice *ret);
Contracts__ContractRecord *contracts_record_find(struct txn *txn, struct arena *arena, struct id contract);
void contracts_record_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                          const Contracts__ContractRecord *record);
/* The same where number or buyer may have been others: takes the old one off the index. */
void contracts_record_replace(struct txn *txn, struct arena *arena, const Types__Id *contract,
                              const Contracts__ContractRecord *record);

/* ---- contract files. A record is our own truth where there is one (format OURS), else what the buyer published; the
 * buyer's is then kept beside it. */
Contracts__ContractRecord *contracts_published_find(struct txn *txn, struct arena *arena, struct id contract);
void contracts_published_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                             const Contracts__ContractRecord *record);
bool contracts_record_is_ours(const Contracts__ContractRecord *record); /* NULL: no */
/* Of a contract of which nobody has said more: an empty one with its id. */
Contracts__ContractFile *contracts_file_of(struct txn *txn, struct arena *arena, const Types__Id *contract);
Contracts__ContractFile *contracts_file_find(struct txn *txn, struct arena *arena, struct id contract);
void contracts_file_put(struct txn *txn, struct arena *arena, const Contracts__ContractFile *file);

/* ---- the history of a contract: numbers of events in this daemon's log */
void contracts_history_put(struct txn *txn, struct id contract, uint64_t number);
void contracts_walk_history(struct txn *txn, struct id contract, struct slice after, struct walk *ret);
void contracts_walk_history_backwards(struct txn *txn, struct id contract, struct walk *ret);

/* ---- clauses */
Contracts__ClausePut *contracts_clause_find(struct txn *txn, struct arena *arena, struct id clause);
bool contracts_clause_of_lot(struct txn *txn, struct id contract, uint32_t lot, struct id *ret_clause);
void contracts_clause_put(struct txn *txn, struct arena *arena, const Contracts__ClausePut *clause);

/* ---- obligations and their ledger */
Contracts__ObligationRecorded *contracts_obligation_find(struct txn *txn, struct arena *arena, struct id obligation);
void contracts_obligation_put(struct txn *txn, struct arena *arena, const Contracts__ObligationRecorded *obligation,
                          const char *buyer_siret);
/* The same obligation with another contractor: takes the former one off the indexes. */
void contracts_obligation_reassign(struct txn *txn, struct arena *arena,
                                   const Contracts__ObligationRecorded *obligation);
struct ledger contracts_ledger(struct txn *txn, struct arena *arena, struct id obligation); /* all zero if none */
struct ledger contracts_ledger_of_all(struct txn *txn, struct arena *arena);
void contracts_ledger_put(struct txn *txn, struct arena *arena, struct id obligation, const struct ledger *ledger);
void contracts_ledger_of_all_put(struct txn *txn, struct arena *arena, const struct ledger *ledger);
void contracts_entry_put(struct txn *txn, struct arena *arena, struct id obligation,
                         const Contracts__LedgerEntry *entry);
struct hours contracts_posted(struct txn *txn, struct arena *arena, struct month month, struct id source); /* or zero */
void contracts_posted_put(struct txn *txn, struct arena *arena, struct month month, struct id source,
                          struct hours hours);

/* ---- organisations */
bool contracts_organisation_siret(struct txn *txn, struct id organisation, char ret_siret[SIRET_TEXT_SIZE]);
void contracts_organisation_put(struct txn *txn, struct id organisation, const char *siret); /* "": forgets it */

/* ---- walks: see rows.h.
 * `after`, `before`: where a page ended, as contracts_walk_cursor() gave it; empty: from the first. Newest first: */
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
void contracts_walk_obligations_of_territory(struct txn *txn, const char *territory, struct slice after,
                                             struct walk *ret);
/* Of a company: 14 digits of a SIRET, or the 9 of its SIREN. */
void contracts_walk_obligations_of_contractor(struct txn *txn, const char *digits, struct slice after,
                                              struct walk *ret);
/* The entries of an obligation from number `from` on, oldest first. */
void contracts_walk_entries(struct txn *txn, struct id obligation, uint32_t from, struct walk *ret);
Contracts__LedgerEntry *contracts_walk_next_entry(struct walk *walk, struct arena *arena); /* NULL: that was the last */

#endif
