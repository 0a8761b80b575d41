/* obligations_rows.h: rows of transfers and of framework agreements. Finds return what lives in the arena, NULL where
 * there is none; puts are for apply() only. The obligations themselves and their ledger: store.h.
 *
 * table         kind   key                                         value
 * transfer      STATE  transfer id                                 TransferView: as proposed, and what was decided
 * order         STATE  order or invoice id                         ContractOrder
 * order_number  STATE  obligation id, u8 (1 order, 2 invoice; 3, 4: of a member of several buyers, then its SIRET
 *                      text), number text, id                     -
 * framework     STATE  obligation id                               FrameworkSums
 * terms         STATE  obligation id                               ObligationTerms, of one that was amended
 * commitment    STATE  obligation id                               CommitmentRow: promised besides hours, and done
 * part_due…     STATE  see common/service/due.h: contract id       when its next tranche or renewal begins
 * taken_over    STATE  line id                                     TakenOverRow: hours done before we followed
 * taken_over_by STATE  u8 of what, id, i32 month, line id          - (1 obligation, 2 person)
 * taken_over_sum STATE obligation id, person id, u32 modality      struct taken_over_sum: of the lines that count
 *
 * Both belong to contracts by the index `about`: ABOUT_TRANSFER (of both contracts), ABOUT_ORDER. */
#ifndef SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_ROWS_H
#define SERVICES_CONTRACTS_OBLIGATIONS_OBLIGATIONS_ROWS_H

#include "common/store/tables.h"
#include "contracts/consultation.pb-c.h"
#include "services/contracts/record/record_rows.h"

#define OBLIGATIONS_TABLES(TABLE)                                                                                      \
        TABLE(TRANSFER, "transfer", TABLE_STATE)                                                                       \
        TABLE(ORDER, "order", TABLE_STATE)                                                                             \
        TABLE(ORDER_NUMBER, "order_number", TABLE_STATE)                                                               \
        TABLE(FRAMEWORK, "framework", TABLE_STATE)                                                                     \
        TABLE(TERMS, "terms", TABLE_STATE)                                                                             \
        TABLE(COMMITMENT, "commitment", TABLE_STATE)                                                                   \
        TABLE(PART_DUE, "part_due", TABLE_STATE)                                                                       \
        TABLE(PART_DUE_BY_NAME, "part_due_by_name", TABLE_STATE)                                                       \
        TABLE(PART_PARKED, "part_parked", TABLE_STATE)                                                                 \
        TABLE(TAKEN_OVER, "taken_over", TABLE_STATE)                                                                   \
        TABLE(TAKEN_OVER_BY, "taken_over_by", TABLE_STATE)                                                             \
        TABLE(TAKEN_OVER_SUM, "taken_over_sum", TABLE_STATE)
OBLIGATIONS_TABLES(TABLE_NUMBER)

Contracts__TransferView *obligations_transfer_find(struct txn *txn, struct arena *arena, struct id transfer);
void obligations_transfer_put(struct txn *txn, struct arena *arena, const Contracts__TransferView *transfer);
/* Those of the contract that concern the obligation; NULL: no (more). */
Contracts__TransferView *obligations_next_transfer(struct walk *walk, struct txn *txn, struct arena *arena,
                                                   const Contracts__ObligationRecorded *obligation);

Contracts__ContractOrder *obligations_order_find(struct txn *txn, struct arena *arena, struct id order);
void obligations_order_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                           const Contracts__ContractOrder *order);
/* Whether the obligation has an order (or an invoice) of that number and buyer already. */
bool obligations_number_known(struct txn *txn, const Contracts__ContractOrder *order);
Contracts__ContractOrder *obligations_next_order(struct walk *walk, struct txn *txn, struct arena *arena,
                                                 struct id obligation);

/* Zeros where nothing was ordered or invoiced. */
Contracts__FrameworkSums *obligations_framework(struct txn *txn, struct arena *arena, struct id obligation);
void obligations_framework_put(struct txn *txn, struct arena *arena, struct id obligation,
                               const Contracts__FrameworkSums *sums);

/* Empty where nothing was amended. */
Contracts__ObligationTerms *obligations_terms(struct txn *txn, struct arena *arena, const Types__Id *obligation);
void obligations_terms_put(struct txn *txn, struct arena *arena, const Contracts__ObligationTerms *terms);

/* NULL: nothing besides hours was promised. */
Contracts__CommitmentRow *commitment_find(struct txn *txn, struct arena *arena, struct id obligation);
void commitment_put(struct txn *txn, struct arena *arena, const Contracts__CommitmentRow *row);
Contracts__TakenOverRow *taken_over_find(struct txn *txn, struct arena *arena, struct id line);
void taken_over_put(struct txn *txn, struct arena *arena, const Contracts__TakenOverRow *row);
/* Ids of lines: of an obligation (in that month; NULL: in all), of a person in a month. */
void taken_over_walk(struct txn *txn, struct id obligation, const struct month *month, struct walk *ret);
void taken_over_walk_person(struct txn *txn, struct id person, struct month month, struct walk *ret);
/* The hours of a line that count: none once tracking told of its month. */
struct hours taken_over_counted(const Contracts__TakenOverRow *row); /* NULL: none */

/* What a person (zero: not told) did in a modality, over all lines that count: added up as they are put, since a
 * statement reads no line of thousands. */
struct taken_over_sum {
        int64_t hundredths;
        uint32_t lines; /* that have hours */
        uint32_t unused;
};
struct taken_over_done {
        struct id person;
        uint32_t modality;
        struct taken_over_sum sum;
};
void taken_over_walk_sums(struct txn *txn, struct id obligation, struct walk *ret);
void taken_over_read_sum(const struct walk *walk, struct taken_over_done *ret);

/* ---- taken back by a withdrawal (corrections/) */
void obligations_transfer_remove(struct txn *txn, const Contracts__TransferView *transfer);
void obligations_order_remove(struct txn *txn, const Types__Id *contract, const Contracts__ContractOrder *order);
void taken_over_remove(struct txn *txn, const Contracts__TakenOverRow *row);

#endif
