#include "services/contracts/obligations/obligations_rows.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/types.h"
#include "common/store/index.h"

enum { NUMBER_OF_ORDER = 1, NUMBER_OF_INVOICE = 2, NUMBER_OF_MEMBER = 2 /* added */ };

Contracts__TransferView *obligations_transfer_find(struct txn *txn, struct arena *arena, struct id transfer)
{
        return contracts_row_find(txn, T_TRANSFER, transfer, &contracts__transfer_view__descriptor, arena);
}

void obligations_transfer_put(struct txn *txn, struct arena *arena, const Contracts__TransferView *transfer)
{
        struct id id = id_of(transfer->transfer_id);
        contracts_row_put(txn, T_TRANSFER, id, transfer, arena);
        contracts_about_put(txn, id_of(transfer->from_contract_id), ABOUT_TRANSFER, id);
        contracts_about_put(txn, id_of(transfer->to_contract_id), ABOUT_TRANSFER, id);
}

Contracts__TransferView *obligations_next_transfer(struct walk *walk, struct txn *txn, struct arena *arena,
                                                   const Contracts__ObligationRecorded *obligation)
{
        struct id wanted = id_of(obligation->obligation_id), id;
        while (walk_next(walk, &id)) {
                Contracts__TransferView *transfer = obligations_transfer_find(txn, arena, id);
                if (transfer != NULL && (id_equal(id_of(transfer->from_obligation_id), wanted) ||
                                         id_equal(id_of(transfer->to_obligation_id), wanted)))
                        return transfer;
        }
        return NULL;
}

Contracts__ContractOrder *obligations_order_find(struct txn *txn, struct arena *arena, struct id order)
{
        return contracts_row_find(txn, T_ORDER, order, &contracts__contract_order__descriptor, arena);
}

static struct key number_key(const Contracts__ContractOrder *order)
{
        struct key key = key_of_id(id_of(order->obligation_id));
        bool is_members = *order->buyer_siret != '\0';
        uint8_t kind = order->kind == CONTRACTS__ORDER_KIND__CONTRACT_INVOICE ? NUMBER_OF_INVOICE : NUMBER_OF_ORDER;
        key_u8(&key, is_members ? kind + NUMBER_OF_MEMBER : kind);
        if (is_members)
                key_text(&key, order->buyer_siret);
        key_text(&key, order->number);
        return key;
}

void obligations_order_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                           const Contracts__ContractOrder *order)
{
        struct id id = id_of(order->order_id);
        contracts_row_put(txn, T_ORDER, id, order, arena);
        contracts_row_index(txn, T_ORDER_NUMBER, number_key(order), id);
        contracts_about_put(txn, id_of(contract), ABOUT_ORDER, id);
}

bool obligations_number_known(struct txn *txn, const Contracts__ContractOrder *order)
{
        struct key key = number_key(order);
        struct walk walk;
        struct id id;
        walk_up(txn, T_ORDER_NUMBER, key, slice_of(NULL, 0), &walk);
        bool known = walk_next(&walk, &id);
        walk_end(&walk);
        return known;
}

Contracts__ContractOrder *obligations_next_order(struct walk *walk, struct txn *txn, struct arena *arena,
                                                 struct id obligation)
{
        struct id id;
        while (walk_next(walk, &id)) {
                Contracts__ContractOrder *order = obligations_order_find(txn, arena, id);
                if (order != NULL && id_equal(id_of(order->obligation_id), obligation))
                        return order;
        }
        return NULL;
}

Contracts__FrameworkSums *obligations_framework(struct txn *txn, struct arena *arena, struct id obligation)
{
        Contracts__FrameworkSums *sums =
                contracts_row_find(txn, T_FRAMEWORK, obligation, &contracts__framework_sums__descriptor, arena);
        return sums != NULL ? sums : pb_new(&contracts__framework_sums__descriptor, arena);
}

void obligations_framework_put(struct txn *txn, struct arena *arena, struct id obligation,
                               const Contracts__FrameworkSums *sums)
{
        contracts_row_put(txn, T_FRAMEWORK, obligation, sums, arena);
}

Contracts__ObligationTerms *obligations_terms(struct txn *txn, struct arena *arena, const Types__Id *obligation)
{
        Contracts__ObligationTerms *terms =
                contracts_row_find(txn, T_TERMS, id_of(obligation), &contracts__obligation_terms__descriptor, arena);
        if (terms == NULL) {
                terms = pb_new(&contracts__obligation_terms__descriptor, arena);
                terms->obligation_id = id_to(arena, id_of(obligation));
        }
        return terms;
}

void obligations_terms_put(struct txn *txn, struct arena *arena, const Contracts__ObligationTerms *terms)
{
        contracts_row_put(txn, T_TERMS, id_of(terms->obligation_id), terms, arena);
}

void obligations_transfer_remove(struct txn *txn, const Contracts__TransferView *transfer)
{
        struct id id = id_of(transfer->transfer_id);
        contracts_row_remove(txn, T_TRANSFER, id);
        contracts_about_remove(txn, id_of(transfer->from_contract_id), ABOUT_TRANSFER, id);
        contracts_about_remove(txn, id_of(transfer->to_contract_id), ABOUT_TRANSFER, id);
}

void obligations_order_remove(struct txn *txn, const Types__Id *contract, const Contracts__ContractOrder *order)
{
        struct id id = id_of(order->order_id);
        contracts_row_remove(txn, T_ORDER, id);
        contracts_row_index_remove(txn, T_ORDER_NUMBER, number_key(order), id);
        contracts_about_remove(txn, id_of(contract), ABOUT_ORDER, id);
}

/* ---- what offers promised */

Contracts__CommitmentRow *commitment_find(struct txn *txn, struct arena *arena, struct id obligation)
{
        return contracts_row_find(txn, T_COMMITMENT, obligation, &contracts__commitment_row__descriptor, arena);
}

void commitment_put(struct txn *txn, struct arena *arena, const Contracts__CommitmentRow *row)
{
        contracts_row_put(txn, T_COMMITMENT, id_of(row->obligation_id), row, arena);
}

/* ---- hours that were taken over */

enum { OF_OBLIGATION = 1, OF_PERSON = 2 };

static struct key taken_over_key(uint8_t of, struct id id)
{
        struct key key = key_empty();
        key_u8(&key, of);
        key_id(&key, id);
        return key;
}

static void rows_of_line(const void *record, struct index_rows *rows)
{
        const Contracts__TakenOverRow *row = record;
        struct id line = id_of(row->line->line_id), person = id_of(row->line->person);
        struct key key = taken_over_key(OF_OBLIGATION, id_of(row->obligation_id));
        key_i32(&key, month_number(month_of(row->line->month)));
        index_id(rows, T_TAKEN_OVER_BY, key, line);
        if (id_is_zero(person))
                return;
        key = taken_over_key(OF_PERSON, person);
        key_i32(&key, month_number(month_of(row->line->month)));
        index_id(rows, T_TAKEN_OVER_BY, key, line);
}

Contracts__TakenOverRow *taken_over_find(struct txn *txn, struct arena *arena, struct id line)
{
        return contracts_row_find(txn, T_TAKEN_OVER, line, &contracts__taken_over_row__descriptor, arena);
}

_Static_assert(sizeof(struct taken_over_sum) == 16, "no bytes of chance between its members");

/* Into what its person did in all (sign 1), or out of it (-1). A sum of nothing is no row. */
static void add_up(struct txn *txn, const Contracts__TakenOverRow *row, int32_t sign)
{
        int64_t hundredths = hours_hundredths(taken_over_counted(row));
        struct key key = key_of_id(id_of(row->obligation_id));
        struct taken_over_sum sum = {.lines = 0};
        struct slice kept;
        if (hundredths == 0)
                return;
        key_id(&key, id_of(row->line->person));
        key_u32(&key, (uint32_t)row->line->modality);
        if (txn_get(txn, T_TAKEN_OVER_SUM, key_slice(&key), &kept)) {
                require(kept.size == sizeof(sum));
                memcpy(&sum, kept.data, sizeof(sum));
        }
        sum.hundredths += sign * hundredths;
        sum.lines += (uint32_t)sign;
        if (sum.lines == 0)
                txn_delete(txn, T_TAKEN_OVER_SUM, key_slice(&key));
        else
                txn_put(txn, T_TAKEN_OVER_SUM, key_slice(&key), slice_of(&sum, sizeof(sum)));
}

void taken_over_put(struct txn *txn, struct arena *arena, const Contracts__TakenOverRow *row)
{
        const Contracts__TakenOverRow *before = taken_over_find(txn, arena, id_of(row->line->line_id));
        if (before != NULL)
                add_up(txn, before, -1);
        add_up(txn, row, 1);
        contracts_row_put(txn, T_TAKEN_OVER, id_of(row->line->line_id), row, arena);
        index_move(txn, rows_of_line, NULL, row);
}

void taken_over_remove(struct txn *txn, const Contracts__TakenOverRow *row)
{
        add_up(txn, row, -1);
        contracts_row_remove(txn, T_TAKEN_OVER, id_of(row->line->line_id));
        index_move(txn, rows_of_line, row, NULL);
}

void taken_over_walk(struct txn *txn, struct id obligation, const struct month *month, struct walk *ret)
{
        struct key prefix = taken_over_key(OF_OBLIGATION, obligation);
        if (month != NULL)
                key_i32(&prefix, month_number(*month));
        walk_up(txn, T_TAKEN_OVER_BY, prefix, slice_of(NULL, 0), ret);
}

void taken_over_walk_person(struct txn *txn, struct id person, struct month month, struct walk *ret)
{
        struct key prefix = taken_over_key(OF_PERSON, person);
        key_i32(&prefix, month_number(month));
        walk_up(txn, T_TAKEN_OVER_BY, prefix, slice_of(NULL, 0), ret);
}

void taken_over_walk_sums(struct txn *txn, struct id obligation, struct walk *ret)
{
        walk_up(txn, T_TAKEN_OVER_SUM, key_of_id(obligation), slice_of(NULL, 0), ret);
}

void taken_over_read_sum(const struct walk *walk, struct taken_over_done *ret)
{
        require(walk->scan.value.size == sizeof(ret->sum));
        ret->person = key_read_id(walk->scan.key, sizeof(struct id));
        ret->modality = key_read_u32(walk->scan.key, 2 * sizeof(struct id));
        memcpy(&ret->sum, walk->scan.value.data, sizeof(ret->sum));
}

struct hours taken_over_counted(const Contracts__TakenOverRow *row)
{
        return row == NULL || row->is_replaced ? hours_of_hundredths(0) : hours_of(row->line->hours);
}
