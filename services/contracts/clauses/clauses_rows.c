#include "services/contracts/clauses/clauses_rows.h"

#include "services/contracts/record/short_rows.h"

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
        struct summed before = short_rows_before(txn, arena, id_of(clause->contract_id));
        contracts_row_put(txn, T_CLAUSE, id, clause, arena);
        txn_put(txn, T_CLAUSE_BY_LOT, key_slice(&by_lot), id_slice(&id));
        short_rows_move(&before);
}

void contracts_walk_clauses_of_contract(struct txn *txn, struct id contract, struct walk *ret)
{
        struct key prefix = key_of_id(contract);
        walk_up(txn, T_CLAUSE_BY_LOT, prefix, slice_of(NULL, 0), ret);
        ret->id_in_value = true; /* the key ends with the lot */
}

static void rows_of_coming(const void *record, struct index_rows *rows);

void contracts_clause_remove(struct txn *txn, struct arena *arena, const Contracts__ClausePut *clause)
{
        struct key by_lot = lot_key(id_of(clause->contract_id), clause->lot);
        struct summed before = short_rows_before(txn, arena, id_of(clause->contract_id));
        contracts_row_remove(txn, T_CLAUSE, id_of(clause->clause_id));
        txn_delete(txn, T_CLAUSE_BY_LOT, key_slice(&by_lot));
        index_move(txn, rows_of_coming, clause, NULL);
        short_rows_move(&before);
}

/* ---- clauses that no need speaks of yet */

static void rows_of_coming(const void *record, struct index_rows *rows)
{
        const Contracts__ClausePut *clause = record;
        for (size_t i = 0; i < clause->n_territories; i++)
                index_id(rows, T_CLAUSE_COMING, key_of_text(clause->territories[i]), id_of(clause->clause_id));
}

void clauses_coming_put(struct txn *txn, struct arena *arena, const Contracts__ClausePut *clause)
{
        /* put again, perhaps for other departments */
        index_move(txn, rows_of_coming, contracts_clause_find(txn, arena, id_of(clause->clause_id)), clause);
}

void clauses_coming_remove(struct txn *txn, const Contracts__ClausePut *clause)
{
        index_move(txn, rows_of_coming, clause, NULL);
}

void clauses_walk_coming(struct txn *txn, const char *territory, struct walk *ret)
{
        struct key prefix = *territory == '\0' ? key_empty() : key_of_text(territory);
        walk_down(txn, T_CLAUSE_COMING, prefix, slice_of(NULL, 0), ret);
}

const char *clauses_coming_territory(const struct walk *walk, struct arena *arena)
{
        return arena_text(arena, (const char *)walk->scan.key.data); /* the key's first part, which ends with a zero */
}
