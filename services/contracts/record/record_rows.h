/* record_rows.h: the tables of contracts and their files; only this room knows them and their keys. Values are messages
 * of proto/contracts. What a find or a read returns lives in the arena and outlives a put. Only apply() and the copy
 * function may call the put functions: the runtime aborts on any other.
 *
 * table              kind   key                                       value
 * contract           STATE  contract id                               u64 number of its record, in the order of arrival
 * record             STATE  u64 number, 1.. without holes             ContractRecord, lists in order (republication.h)
 * contract_by_buyer  STATE  buyer SIRET text, number text, contract   -
 * organisation       COPY   organisation id (directory)               its SIRET, 14 digits
 * party              COPY   SIRET text, organisation id               Party (party_rows.h)
 * file               STATE  contract id                               ContractFile
 * published          STATE  contract id                               ContractRecord: as published, where ours differs
 * about              STATE  contract id, u8 kind (rows.h), id         -
 * history            STATE  id of a contract, agreement or line,      -
 *                           u64 number of the event
 * withdrawn          STATE  u64 number of an event                    u64 number of the event that withdrew it
 * version            STATE  see common/service/versions.h
 *
 * Ids of contracts begin with the day of notification, all others grow with time, so that walks backwards are newest
 * first. Text parts of keys are bounded by contract_check(). */
#ifndef SERVICES_CONTRACTS_RECORD_RECORD_ROWS_H
#define SERVICES_CONTRACTS_RECORD_RECORD_ROWS_H

#include "common/store/tables.h"
#include "contracts/events.pb-c.h"
#include "contracts/state.pb-c.h"
#include "services/contracts/record/rows.h"

#define RECORD_TABLES(TABLE)                                                                                           \
        TABLE(CONTRACT, "contract", TABLE_STATE)                                                                       \
        TABLE(CONTRACT_BY_BUYER, "contract_by_buyer", TABLE_STATE)                                                     \
        TABLE(RECORD, "record", TABLE_STATE)                                                                           \
        TABLE(ORGANISATION, "organisation", TABLE_COPY)                                                                \
        TABLE(PARTY, "party", TABLE_COPY)                                                                              \
        TABLE(FILE, "file", TABLE_STATE)                                                                               \
        TABLE(PUBLISHED, "published", TABLE_STATE)                                                                     \
        TABLE(ABOUT, "about", TABLE_STATE)                                                                             \
        TABLE(HISTORY, "history", TABLE_STATE)                                                                         \
        TABLE(WITHDRAWN, "withdrawn", TABLE_STATE)                                                                     \
        TABLE(VERSION, "version", TABLE_STATE)
/* The first of the store: constants. */
#define TABLE_CONSTANT(NAME, text, kind) T_##NAME,
enum { RECORD_TABLES_BEGIN = RUNTIME_TABLES - 1, RECORD_TABLES(TABLE_CONSTANT) RECORD_TABLES_END };

enum { SIRET_TEXT_SIZE = 15 };

/* ---- contracts */
/* The record as published; dies with the transaction. */
bool contracts_published_bytes(struct txn *txn, struct id contract, struct slice *ret);
Contracts__ContractRecord *contracts_record_find(struct txn *txn, struct arena *arena, struct id contract);
void contracts_record_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                          const Contracts__ContractRecord *record);
/* A member of its buyers lists the contract too, under no number; or no more. */
void contracts_record_list_for(struct txn *txn, struct id contract, const char *siret, bool is_listed);
/* The same where number or buyer may have been others: takes the old one off the index. */
void contracts_record_replace(struct txn *txn, struct arena *arena, const Types__Id *contract,
                              const Contracts__ContractRecord *record);

/* Taken back by a withdrawal (corrections/): a contract that was opened by what is withdrawn. Its number among the
 * records stays taken, by an empty one. */
void contracts_record_remove(struct txn *txn, struct arena *arena, struct id contract);

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
/* Nobody has said more of the contract after all. */
void contracts_file_remove(struct txn *txn, struct arena *arena, struct id contract);

/* ---- the history of a contract: numbers of events in this daemon's log */
void contracts_history_put(struct txn *txn, struct id contract, uint64_t number);
void contracts_walk_history(struct txn *txn, struct id contract, enum walk_order order, struct slice after,
                            struct walk *ret);
bool contracts_history_has(struct txn *txn, struct id contract, uint64_t number);
uint64_t contracts_withdrawn_by(struct txn *txn, uint64_t number); /* 0: the act stands */
void contracts_withdrawn_put(struct txn *txn, uint64_t number, uint64_t by);

/* ---- organisations */
bool contracts_organisation_siret(struct txn *txn, struct id organisation, char ret_siret[SIRET_TEXT_SIZE]);
void contracts_organisation_put(struct txn *txn, struct id organisation, const char *siret); /* "": forgets it */

/* ---- walks: see rows.h.
 * `after`, `before`: where a page ended, as walk_cursor() gave it; empty: from the first. Newest first: */
void contracts_walk_records(struct txn *txn, struct slice before, struct walk *ret);
/* Of one buyer, by number; with one number where `number` is not empty. */
void contracts_walk_records_of_buyer(struct txn *txn, const char *siret, const char *number, struct slice after,
                                     struct walk *ret);

#endif
