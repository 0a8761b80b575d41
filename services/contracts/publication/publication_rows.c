#include "services/contracts/publication/publication_rows.h"

#include "common/codec/contract_key.h"
#include "common/store/key.h"
#include "services/contracts/clauses/considerations.h"

bool publication_is_of(struct txn *txn, struct id published, struct id *ret_contract)
{
        struct key key = key_of_id(published);
        struct slice value;
        if (!txn_get(txn, T_PUBLICATION_OF, key_slice(&key), &value))
                return false;
        *ret_contract = key_read_id(value, 0);
        return true;
}

void publication_link(struct txn *txn, struct id published, struct id contract)
{
        struct key key = key_of_id(published);
        txn_put(txn, T_PUBLICATION_OF, key_slice(&key), id_slice(&contract));
}

void publication_unlink(struct txn *txn, struct id published)
{
        struct key key = key_of_id(published);
        txn_delete(txn, T_PUBLICATION_OF, key_slice(&key));
}

/* ---- several publications of one contract */

bool publication_is_twin(struct txn *txn, struct id publication, struct id *ret_contract)
{
        struct key key = key_of_id(publication);
        struct slice value;
        if (!txn_get(txn, T_TWIN, key_slice(&key), &value))
                return false;
        *ret_contract = key_read_id(value, 0);
        return true;
}

void publication_join(struct txn *txn, struct id twin, struct id contract)
{
        struct key key = key_of_id(twin);
        txn_put(txn, T_TWIN, key_slice(&key), id_slice(&contract));
        contracts_row_index(txn, T_TWINS_OF, key_of_id(contract), twin);
}

void publication_separate(struct txn *txn, struct id twin)
{
        struct key key = key_of_id(twin);
        struct id contract;
        if (publication_is_twin(txn, twin, &contract))
                contracts_row_index_remove(txn, T_TWINS_OF, key_of_id(contract), twin);
        txn_delete(txn, T_TWIN, key_slice(&key));
}

void publication_walk_twins(struct txn *txn, struct id contract, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_TWINS_OF, WALK_UP, CURSOR_ID}, key_of_id(contract), slice_of(NULL, 0),
                   ret);
}

Contracts__DismissedTwins *publication_dismissed(struct txn *txn, struct arena *arena, const Types__Id *contract)
{
        Contracts__DismissedTwins *row =
                contracts_row_find(txn, T_DISMISSED, id_of(contract), &contracts__dismissed_twins__descriptor, arena);
        if (row == NULL) {
                row = pb_new(&contracts__dismissed_twins__descriptor, arena);
                row->contract_id = id_to(arena, id_of(contract));
        }
        return row;
}

void publication_dismissed_put(struct txn *txn, struct arena *arena, const Contracts__DismissedTwins *row)
{
        contracts_row_put(txn, T_DISMISSED, id_of(row->contract_id), row, arena);
}

bool publication_is_followed(struct txn *txn, struct arena *arena, struct id id)
{
        struct id contract;
        return contracts_file_find(txn, arena, id) != NULL || publication_is_of(txn, id, &contract) ||
               contract_has_clause(txn, id);
}

void publication_put_alike(struct txn *txn, struct arena *arena, struct id id, const Contracts__ContractRecord *record)
{
        if (record->notified_on != NULL)
                contracts_row_index(txn, T_ALIKE, key_of_id(contract_alike_key(record, arena)), id);
}

void publication_walk_alike(struct txn *txn, struct slice before, struct walk *ret)
{
        struct key all = key_empty();
        walk_down(txn, T_ALIKE, all, before, ret);
}

void publication_walk_alike_to(struct txn *txn, struct arena *arena, const Contracts__ContractRecord *record,
                               struct walk *ret)
{
        walk_down(txn, T_ALIKE, key_of_id(contract_alike_key(record, arena)), slice_of(NULL, 0), ret);
}

/* ---- what was published */

/* As it was published, where a record of that id may have become our own truth since. */
static Contracts__ContractRecord *as_published(const struct work *work, struct id contract,
                                               Contracts__ContractRecord *record)
{
        Contracts__ContractRecord *kept = contracts_published_find(work->txn, work->arena, contract);
        if (kept != NULL)
                return kept;
        return contracts_record_is_ours(record) ? NULL : record;
}

Contracts__ContractRecord *publication_find(const struct work *work, struct id contract,
                                            const Contracts__ContractRecord *record, struct id *ret_published)
{
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract);
        struct id published = file == NULL ? contract : id_of(file->published_contract_id);
        if (id_is_zero(published))
                published = contract;
        *ret_published = published;
        if (id_equal(published, contract))
                return as_published(work, contract, (Contracts__ContractRecord *)(uintptr_t)record);
        return as_published(work, published, contracts_record_find(work->txn, work->arena, published));
}

bool publication_came(const struct work *work, struct id contract, const Contracts__ContractRecord *record)
{
        return as_published(work, contract, (Contracts__ContractRecord *)(uintptr_t)record) != NULL;
}
