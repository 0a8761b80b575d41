/* short_rows.h: rows of the rooms above that are made of a contract's record, its file, its clauses, its obligations or
 * their ledgers: what sums, ranks and walks by buyer read. Whoever puts one of these says so here, and the rooms make
 * their rows anew. Which rooms: contracts_short_rows, in rooms.c. Called by the put functions of record, clauses and
 * ledger. */
#ifndef SERVICES_CONTRACTS_RECORD_SHORT_ROWS_H
#define SERVICES_CONTRACTS_RECORD_SHORT_ROWS_H

#include "common/store/index.h"
#include "contracts/file.pb-c.h"
#include "contracts/record.pb-c.h"
#include "services/contracts/record/rows.h"

struct ledger;

/* A contract as its short rows see it. */
struct summed {
        struct txn *txn;
        struct arena *arena;
        struct id contract;
        const Contracts__ContractFile *file;     /* may be NULL */
        const Contracts__ContractRecord *record; /* NULL: no row is made of it; of most none is, and it is not read */
        uint32_t rooms;                          /* that have rows of it: bits of contracts_short_rows */
};

/* What a room does; NULL: nothing. */
struct short_rows {
        /* Whether there are rows of the contract as it stands; which (common/store/index.h). */
        bool (*has)(const struct summed *summed);
        void (*rows_of)(const void *summed, struct index_rows *rows);
        void (*change_buyer)(struct txn *txn, struct arena *arena, struct id contract, const char *old,
                             const char *buyer_siret);
        /* A record, a file or an obligation was put: rows of the contract's obligations. */
        void (*of_contract)(struct txn *txn, struct arena *arena, struct id contract);
        void (*of_ledger)(struct txn *txn, struct id obligation, const struct ledger *ledger);
        void (*without)(struct txn *txn, struct id obligation); /* it is gone: a withdrawal */
};
extern const struct short_rows contracts_short_rows[];
extern const size_t contracts_short_rows_count;

/* As the contract stands, before a record, a file or a clause is put; its rows become those of how it stands now. */
struct summed short_rows_before(struct txn *txn, struct arena *arena, struct id contract);
void short_rows_move(const struct summed *before);
void short_rows_change_buyer(struct txn *txn, struct arena *arena, struct id contract, const char *old,
                             const char *buyer_siret);
void short_rows_of_contract(struct txn *txn, struct arena *arena, struct id contract);
void short_rows_of_ledger(struct txn *txn, struct id obligation, const struct ledger *ledger);
void short_rows_without(struct txn *txn, struct id obligation);

#endif
