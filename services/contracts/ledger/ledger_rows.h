/* ledger_rows.h: who owes the hours of which clause, and the double entry of what became of them. What commands do to
 * them: obligations/. Finds return what lives in the arena, NULL where there is none; puts are for apply() only.
 *
 * table           kind   key                                       value
 * obligation      STATE  obligation id                             ObligationRecorded
 * obligation_by_… STATE  u8 of whom, id or SIRET text, obligation  -
 *                        (1 contract, 2 clause, 3 contractor's organisation, 4 buyer, 5 contractor's SIRET as digits
 *                        without an end, 6 territory, 7 contractor's SIRET where its organisation was not told)
 * ledger_entry    STATE  obligation id, u32 number                 LedgerEntry
 * ledger_balance  STATE  obligation id; the zero id: over all      Balances
 * posted          STATE  i32 month, id of placement or invoice     Hours: what the ledger holds of it */
#ifndef SERVICES_CONTRACTS_LEDGER_LEDGER_ROWS_H
#define SERVICES_CONTRACTS_LEDGER_LEDGER_ROWS_H

#include "services/contracts/ledger/ledger.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

#define LEDGER_TABLES(TABLE)                                                                                           \
        TABLE(OBLIGATION, "obligation", TABLE_STATE)                                                                   \
        TABLE(OBLIGATION_BY, "obligation_by", TABLE_STATE)                                                             \
        TABLE(LEDGER_ENTRY, "ledger_entry", TABLE_STATE)                                                               \
        TABLE(LEDGER_BALANCE, "ledger_balance", TABLE_STATE)                                                           \
        TABLE(POSTED, "posted", TABLE_STATE)
LEDGER_TABLES(TABLE_NUMBER)

Contracts__ObligationRecorded *contracts_obligation_find(struct txn *txn, struct arena *arena, struct id obligation);
void contracts_obligation_put(struct txn *txn, struct arena *arena, const Contracts__ObligationRecorded *obligation,
                              const char *buyer_siret);
/* The same obligation with another contractor, role or end: takes the former one off the indexes. */
void contracts_obligation_reassign(struct txn *txn, struct arena *arena,
                                   const Contracts__ObligationRecorded *obligation);
/* Taken back by a withdrawal (corrections/): leaves every index; its ledger is told to the end. */
void contracts_obligation_remove(struct txn *txn, const Contracts__ObligationRecorded *obligation,
                                 const char *buyer_siret);
/* As short_rows.of_contract: the members of its buyers list the contract and its obligations too. */
void obligations_list_for_members(struct txn *txn, struct arena *arena, struct id contract);
/* That one is no member any more. */
void obligations_list_no_more(struct txn *txn, struct id contract, const char *siret);
struct ledger contracts_ledger(struct txn *txn, struct arena *arena, struct id obligation); /* all zero if none */
struct ledger contracts_ledger_of_all(struct txn *txn, struct arena *arena);
void contracts_ledger_put(struct txn *txn, struct arena *arena, struct id obligation, const struct ledger *ledger);
void contracts_ledger_of_all_put(struct txn *txn, struct arena *arena, const struct ledger *ledger);
void contracts_entry_put(struct txn *txn, struct arena *arena, struct id obligation,
                         const Contracts__LedgerEntry *entry);
struct hours contracts_posted(struct txn *txn, struct arena *arena, struct month month, struct id source); /* or zero */
void contracts_posted_put(struct txn *txn, struct arena *arena, struct month month, struct id source,
                          struct hours hours);
/* A contract's buyer is another one now: its obligations go under that one. */
void obligations_change_buyer(struct txn *txn, struct arena *arena, struct id contract, const char *old,
                              const char *buyer_siret);

/* ---- walks: see record/rows.h. `after`: where a page ended; empty: from the first. */
void contracts_walk_obligations(struct txn *txn, struct slice after, struct walk *ret);
void contracts_walk_obligations_of_contract(struct txn *txn, struct id contract, struct slice after, struct walk *ret);
void contracts_walk_obligations_of_clause(struct txn *txn, struct id clause, struct walk *ret);
/* `siret` as well, of obligations that were recorded without an organisation; "": none. */
void contracts_walk_obligations_of_organisation(struct txn *txn, struct id organisation, const char *siret,
                                                struct slice after, struct walk *ret);
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
