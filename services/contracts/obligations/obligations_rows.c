#include "services/contracts/obligations/obligations_rows.h"

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
