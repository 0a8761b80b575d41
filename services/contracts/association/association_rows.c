#include "services/contracts/association/association_rows.h"

#include <string.h>

#include "common/store/index.h"
#include "common/store/stored.h"
#include "services/contracts/record/access.h"

static struct key year_key(uint32_t year)
{
        struct key key = key_empty();
        key_u32(&key, year);
        return key;
}

/* ---- what is counted of a contract: one byte for each of these, then two texts: eyes, the buyer's name */

enum { AT_ASSOCIATION, AT_DECLINED_FOR, AT_DECLINED, AT_RESUMED, AT_TEXTS };

bool association_rows_has(const struct summed *summed)
{
        return summed->file != NULL && summed->file->association != NULL;
}

static struct key key_of(const struct summed *summed)
{
        struct key key = year_key(summed->file->association->year);
        key_text(&key, summed->record->buyer_siret);
        return key;
}

static struct slice value_of(const struct summed *summed)
{
        struct arena *arena = summed->arena;
        const Contracts__AssociationState *state = summed->file->association;
        const char *eyes = access_eyes_of(arena, summed->record, summed->file);
        size_t eyes_size = strlen(eyes) + 1, name_size = strlen(summed->record->buyer_name) + 1;
        uint8_t *bytes = arena_alloc(arena, AT_TEXTS + eyes_size + name_size);

        bytes[AT_ASSOCIATION] = (uint8_t)state->association;
        bytes[AT_DECLINED_FOR] = (uint8_t)state->declined_for;
        bytes[AT_DECLINED] = state->declined_on != NULL;
        bytes[AT_RESUMED] = state->resumed_on != NULL;
        memcpy(bytes + AT_TEXTS, eyes, eyes_size);
        memcpy(bytes + AT_TEXTS + eyes_size, summed->record->buyer_name, name_size);
        return slice_of(bytes, AT_TEXTS + eyes_size + name_size);
}

void association_rows_of(const void *record, struct index_rows *rows)
{
        const struct summed *summed = record;
        struct key key = key_of(summed);
        key_id(&key, summed->contract);
        index_row(rows, T_ASSOCIATION_BY_YEAR, key, index_wants_values(rows) ? value_of(summed) : slice_of(NULL, 0));
}

void association_walk_year(struct txn *txn, uint32_t year, const char *buyer_siret, struct walk *ret)
{
        struct key prefix = year_key(year);
        if (*buyer_siret != '\0')
                key_text(&prefix, buyer_siret);
        walk_up(txn, T_ASSOCIATION_BY_YEAR, prefix, slice_of(NULL, 0), ret);
}

bool association_walk_next(struct walk *walk, struct association_row *ret)
{
        struct id contract;
        if (!walk_next(walk, &contract))
                return false;
        struct slice value = walk->scan.value;
        require_stored(value.size > AT_TEXTS && value.data[value.size - 1] == '\0');
        const char *eyes = (const char *)value.data + AT_TEXTS;
        size_t eyes_size = strlen(eyes) + 1;
        require_stored(AT_TEXTS + eyes_size < value.size);
        *ret = (struct association_row){
                .association = (Contracts__Association)value.data[AT_ASSOCIATION],
                .declined_for = (Contracts__DeclineReason)value.data[AT_DECLINED_FOR],
                .is_declined = value.data[AT_DECLINED] != 0,
                .is_resumed = value.data[AT_RESUMED] != 0,
                .eyes = eyes,
                .buyer_siret = (const char *)walk->scan.key.data + sizeof(uint32_t),
                .buyer_name = eyes + eyes_size,
        };
        return true;
}

Contracts__ContractDeclined *decline_find(struct txn *txn, struct arena *arena, struct id contract)
{
        return contracts_row_find(txn, T_DECLINE, contract, &contracts__contract_declined__descriptor, arena);
}

void decline_put(struct txn *txn, struct arena *arena, const Contracts__ContractDeclined *decline)
{
        contracts_row_put(txn, T_DECLINE, id_of(decline->contract_id), decline, arena);
}
