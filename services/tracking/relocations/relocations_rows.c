#include "services/tracking/relocations/relocations_rows.h"

#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "common/store/key.h"

Tracking__RelocationRow *tracking_relocation(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_RELOCATION, id_slice(&id), &tracking__relocation_row__descriptor, arena);
}

bool tracking_relocation_waits(struct txn *txn, struct id beneficiary)
{
        struct slice id;
        return txn_get(txn, T_RELOCATION_WAITING, id_slice(&beneficiary), &id);
}

/* What the index rows of a relocation are made of. */
struct relocating {
        struct id id;
        const Tracking__RelocationRow *row;
};

static void rows_of_relocation(const void *record, struct index_rows *rows)
{
        const struct relocating *relocating = record;
        const Tracking__RelocationRow *row = relocating->row;
        index_id(rows, T_RELOCATION_BY_TERRITORY, key_of_text(row->from_territory), relocating->id);
        if (strcmp(row->from_territory, row->to_territory) != 0)
                index_id(rows, T_RELOCATION_BY_TERRITORY, key_of_text(row->to_territory), relocating->id);
        if (row->state == TRACKING__RELOCATION_STATE__RELOCATION_PROPOSED)
                index_row(rows, T_RELOCATION_WAITING, key_of_id(id_of(row->beneficiary_id)), id_slice(&relocating->id));
}

void tracking_put_relocation(struct txn *txn, struct id id, const Tracking__RelocationRow *row, struct arena *arena)
{
        const Tracking__RelocationRow *was = tracking_relocation(txn, id, arena);
        const struct relocating before = {id, was}, now = {id, row};
        index_move(txn, rows_of_relocation, was == NULL ? NULL : &before, &now);
        txn_put_message(txn, T_RELOCATION, id_slice(&id), row, arena);
}

void relocations_walk(struct txn *txn, const char *territory, struct slice after, struct walk *ret)
{
        bool all = territory[0] == '\0';
        walk_begin(txn, (struct walk_spec){all ? T_RELOCATION : T_RELOCATION_BY_TERRITORY, WALK_UP, CURSOR_ID},
                   all ? key_empty() : key_of_text(territory), after, ret);
}

/* ---- persons who go to another partition */

static bool is_among(Types__Id *const *persons, size_t count, struct id id)
{
        for (size_t i = 0; i < count; i++)
                if (id_equal(id_of(persons[i]), id))
                        return true;
        return false;
}

struct relocation_ids relocations_of(struct txn *txn, Types__Id *const *persons, size_t count, struct arena *arena)
{
        struct relocation_ids ids = {0};
        struct walk walk;
        struct id id;
        relocations_walk(txn, "", slice_of(NULL, 0), &walk);
        while (count > 0 && walk_next(&walk, &id)) {
                const Tracking__RelocationRow *row = tracking_relocation(txn, id, arena);
                if (row == NULL || !is_among(persons, count, id_of(row->beneficiary_id)))
                        continue;
                ids.at = pb_append(ids.at, &ids.count, sizeof(id), arena);
                ids.at[ids.count - 1] = id;
        }
        walk_end(&walk);
        return ids;
}

void tracking_drop_relocation(struct txn *txn, struct id id, const Tracking__RelocationRow *row)
{
        const struct relocating before = {id, row};
        index_move(txn, rows_of_relocation, &before, NULL);
        txn_delete(txn, T_RELOCATION, id_slice(&id));
}
