#include "services/contracts/record/record_rows.h"

#include <string.h>

#include "common/base/require.h"
#include "common/store/index.h"
#include "services/contracts/record/short_rows.h"
#include "services/contracts/record/suspension.h"

static const struct slice nothing; /* the value of an index row */

/* ---- contracts */

/* Records are the large rows, and ids of contracts come in no order within a day: the rows lie in the order of arrival,
 * so that an import writes pages that it fills, and the id's row says which one is the contract's. */
static bool record_key(struct txn *txn, struct id contract, struct key *ret)
{
        struct key key = key_of_id(contract);
        struct slice number;
        if (!txn_get(txn, T_CONTRACT, key_slice(&key), &number))
                return false;
        *ret = key_empty();
        key_u64(ret, key_read_u64(number, 0));
        return true;
}

static struct key record_key_make(struct txn *txn, struct id contract)
{
        struct key key = key_of_id(contract), number = key_empty();
        key_u64(&number, txn_count(txn, T_RECORD) + 1);
        txn_put(txn, T_CONTRACT, key_slice(&key), key_slice(&number));
        return number;
}

bool contracts_published_bytes(struct txn *txn, struct id contract, struct slice *ret)
{
        struct key key = key_of_id(contract);
        /* Beside our own truth, or in its place where there is none. What is ours from the beginning has an id that no
         * publication has. */
        return txn_get(txn, T_PUBLISHED, key_slice(&key), ret) ||
               (record_key(txn, contract, &key) && txn_get(txn, T_RECORD, key_slice(&key), ret));
}

Contracts__ContractRecord *contracts_record_find(struct txn *txn, struct arena *arena, struct id contract)
{
        struct key number;
        return record_key(txn, contract, &number)
                       ? contracts_row_find_key(txn, T_RECORD, &number, &contracts__contract_record__descriptor, arena)
                       : NULL;
}

static struct key by_buyer(const Contracts__ContractRecord *record)
{
        struct key key = key_of_text(record->buyer_siret);
        key_text(&key, record->number);
        return key;
}

/* What the index row of a contract is made of. */
struct indexed {
        struct id contract;
        const Contracts__ContractRecord *record;
};

static void rows_of_record(const void *record, struct index_rows *rows)
{
        const struct indexed *indexed = record;
        index_id(rows, T_CONTRACT_BY_BUYER, by_buyer(indexed->record), indexed->contract);
}

void contracts_record_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                          const Contracts__ContractRecord *record)
{
        struct key number;
        struct summed before = {.txn = NULL};
        bool is_known = record_key(txn, id_of(contract), &number);
        if (is_known)
                before = short_rows_before(txn, arena, id_of(contract));
        else
                number = record_key_make(txn, id_of(contract));
        contracts_row_put_key(txn, T_RECORD, &number, record, arena);
        index_move(txn, rows_of_record, NULL, &(struct indexed){id_of(contract), record});
        if (!is_known)
                return;
        short_rows_of_contract(txn, arena, id_of(contract));
        short_rows_move(&before);
}

void contracts_record_list_for(struct txn *txn, struct id contract, const char *siret, bool is_listed)
{
        struct key key = key_of_text(siret);
        key_text(&key, "");
        if (is_listed)
                contracts_row_index(txn, T_CONTRACT_BY_BUYER, key, contract);
        else
                contracts_row_index_remove(txn, T_CONTRACT_BY_BUYER, key, contract);
}

void contracts_record_replace(struct txn *txn, struct arena *arena, const Types__Id *contract,
                              const Contracts__ContractRecord *record)
{
        const Contracts__ContractRecord *old = contracts_record_find(txn, arena, id_of(contract));
        if (old != NULL) {
                index_move(txn, rows_of_record, &(struct indexed){id_of(contract), old}, NULL);
                if (strcmp(old->buyer_siret, record->buyer_siret) != 0)
                        short_rows_change_buyer(txn, arena, id_of(contract), old->buyer_siret, record->buyer_siret);
        }
        contracts_record_put(txn, arena, contract, record);
}

void contracts_record_remove(struct txn *txn, struct arena *arena, struct id contract)
{
        const Contracts__ContractRecord *old = contracts_record_find(txn, arena, contract);
        struct summed before = short_rows_before(txn, arena, contract);
        struct key key = key_of_id(contract), number;
        if (old == NULL || !record_key(txn, contract, &number))
                return; /* gone with a failed transaction */
        index_move(txn, rows_of_record, &(struct indexed){contract, old}, NULL);
        contracts_row_put_key(txn, T_RECORD, &number, pb_new(&contracts__contract_record__descriptor, arena), arena);
        txn_delete(txn, T_CONTRACT, key_slice(&key));
        short_rows_of_contract(txn, arena, contract);
        short_rows_move(&before);
}

/* ---- contract files */

Contracts__ContractRecord *contracts_published_find(struct txn *txn, struct arena *arena, struct id contract)
{
        return contracts_row_find(txn, T_PUBLISHED, contract, &contracts__contract_record__descriptor, arena);
}

void contracts_published_put(struct txn *txn, struct arena *arena, const Types__Id *contract,
                             const Contracts__ContractRecord *record)
{
        contracts_row_put(txn, T_PUBLISHED, id_of(contract), record, arena);
}

bool contracts_record_is_ours(const Contracts__ContractRecord *record)
{
        return record != NULL && record->format == CONTRACTS__RECORD_FORMAT__OURS;
}

Contracts__ContractFile *contracts_file_find(struct txn *txn, struct arena *arena, struct id contract)
{
        Contracts__ContractFile *file =
                contracts_row_find(txn, T_FILE, contract, &contracts__contract_file__descriptor, arena);
        for (size_t i = 0; file != NULL && i < file->n_suspensions; i++)
                file->suspensions[i]->to = suspension_last(file, file->suspensions[i], arena);
        return file;
}

/* Without what follows from the rest. */
static const Contracts__ContractFile *as_kept(const Contracts__ContractFile *file, struct arena *arena)
{
        Contracts__ContractFile *kept = pb_new(&contracts__contract_file__descriptor, arena);
        *kept = *file;
        kept->stage = CONTRACTS__CONTRACT_STAGE__STAGE_UNKNOWN;
        kept->suspensions = arena_alloc(arena, (file->n_suspensions + 1) * sizeof(*kept->suspensions));
        for (size_t i = 0; i < file->n_suspensions; i++) {
                kept->suspensions[i] = pb_new(&contracts__suspension__descriptor, arena);
                *kept->suspensions[i] = *file->suspensions[i];
                kept->suspensions[i]->to = NULL;
        }
        return kept;
}

Contracts__ContractFile *contracts_file_of(struct txn *txn, struct arena *arena, const Types__Id *contract)
{
        Contracts__ContractFile *file = contracts_file_find(txn, arena, id_of(contract));
        if (file == NULL) {
                file = pb_new(&contracts__contract_file__descriptor, arena);
                file->contract_id = id_to(arena, id_of(contract));
        }
        return file;
}

void contracts_file_put(struct txn *txn, struct arena *arena, const Contracts__ContractFile *file)
{
        struct summed before = short_rows_before(txn, arena, id_of(file->contract_id));
        contracts_row_put(txn, T_FILE, before.contract, as_kept(file, arena), arena);
        short_rows_of_contract(txn, arena, before.contract);
        short_rows_move(&before);
}

void contracts_file_remove(struct txn *txn, struct arena *arena, struct id contract)
{
        struct summed before = short_rows_before(txn, arena, contract);
        contracts_row_remove(txn, T_FILE, contract);
        short_rows_of_contract(txn, arena, contract);
        short_rows_move(&before);
}

/* ---- history */

static struct key history_key(struct id contract, uint64_t number)
{
        struct key key = key_of_id(contract);
        key_u64(&key, number);
        return key;
}

void contracts_history_put(struct txn *txn, struct id contract, uint64_t number)
{
        struct key key = history_key(contract, number);
        txn_put(txn, T_HISTORY, key_slice(&key), nothing);
}

void contracts_walk_history(struct txn *txn, struct id contract, enum walk_order order, struct slice after,
                            struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_HISTORY, order, CURSOR_NUMBER}, key_of_id(contract), after, ret);
}

bool contracts_history_has(struct txn *txn, struct id contract, uint64_t number)
{
        struct key key = history_key(contract, number);
        struct slice value;
        return txn_get(txn, T_HISTORY, key_slice(&key), &value);
}

uint64_t contracts_withdrawn_by(struct txn *txn, uint64_t number)
{
        struct key key = key_of_u64(number);
        struct slice value;
        return txn_get(txn, T_WITHDRAWN, key_slice(&key), &value) ? key_read_u64(value, 0) : 0;
}

void contracts_withdrawn_put(struct txn *txn, uint64_t number, uint64_t by)
{
        struct key key = key_of_u64(number), value = key_of_u64(by);
        txn_put(txn, T_WITHDRAWN, key_slice(&key), key_slice(&value));
}

/* ---- organisations */

bool contracts_organisation_siret(struct txn *txn, struct id organisation, char ret_siret[SIRET_TEXT_SIZE])
{
        struct key key = key_of_id(organisation);
        struct slice value;
        if (!txn_get(txn, T_ORGANISATION, key_slice(&key), &value))
                return false;
        require(value.size == SIRET_TEXT_SIZE - 1);
        memcpy(ret_siret, value.data, value.size);
        ret_siret[value.size] = '\0';
        return true;
}

void contracts_organisation_put(struct txn *txn, struct id organisation, const char *siret)
{
        struct key key = key_of_id(organisation);
        if (*siret == '\0')
                txn_delete(txn, T_ORGANISATION, key_slice(&key));
        else
                txn_put(txn, T_ORGANISATION, key_slice(&key), slice_of(siret, SIRET_TEXT_SIZE - 1));
}

/* ---- walks */

void contracts_walk_records(struct txn *txn, struct slice before, struct walk *ret)
{
        walk_down(txn, T_CONTRACT, key_empty(), before, ret);
}

void contracts_walk_records_of_buyer(struct txn *txn, const char *siret, const char *number, struct slice after,
                                     struct walk *ret)
{
        struct key prefix = key_of_text(siret);
        if (*number != '\0')
                key_text(&prefix, number);
        walk_up(txn, T_CONTRACT_BY_BUYER, prefix, after, ret);
}
