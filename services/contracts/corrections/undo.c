#include "services/contracts/corrections/undo.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/merge.h"
#include "common/store/stored.h"

static bool same(struct slice a, struct slice b)
{
        return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static struct slice copied(struct arena *arena, struct slice bytes)
{
        uint8_t *copy = arena_alloc(arena, bytes.size + 1);
        if (bytes.size > 0)
                memcpy(copy, bytes.data, bytes.size);
        return slice_of(copy, bytes.size);
}

/* ---- written down */

static bool is_noted(const struct undo_notes *notes, size_t kept, struct slice key)
{
        for (size_t i = 0; i < notes->rows.n_rows; i++)
                if (notes->rows.rows[i]->kept == kept && same(pb_slice(notes->rows.rows[i]->key), key))
                        return true;
        return false;
}

/* A row is about to be written: as it was. */
static void see(void *argument, size_t table, struct slice key)
{
        struct undo_notes *notes = argument;
        size_t kept = kept_row_of(table);
        struct slice before;

        if (kept == kept_rows_count || is_noted(notes, kept, key))
                return;
        Contracts__UndoRow *row = pb_new(&contracts__undo_row__descriptor, notes->arena);
        row->kept = (uint32_t)kept;
        row->key = pb_bytes(copied(notes->arena, key));
        row->was = txn_get(notes->txn, table, key, &before);
        if (row->was)
                row->before = pb_bytes(copied(notes->arena, before));
        notes->rows.rows = pb_append(notes->rows.rows, &notes->rows.n_rows, sizeof(row), notes->arena);
        notes->rows.rows[notes->rows.n_rows - 1] = row;
}

void undo_begin(struct undo_notes *notes, struct txn *txn, struct arena *arena)
{
        *notes = (struct undo_notes){txn, arena, CONTRACTS__UNDO_ROWS__INIT};
        txn_watch(txn, see, notes);
}

void undo_end(struct undo_notes *notes, uint64_t number)
{
        struct key key = key_of_u64(number);
        size_t changed = 0;

        txn_watch(notes->txn, NULL, NULL);
        for (size_t i = 0; i < notes->rows.n_rows; i++) {
                Contracts__UndoRow *row = notes->rows.rows[i];
                struct slice after;
                if (!txn_get(notes->txn, *kept_rows[row->kept].table, pb_slice(row->key), &after))
                        continue; /* the transaction has failed: acts that may be withdrawn delete no row */
                if (row->was && same(pb_slice(row->before), after))
                        continue; /* put as it was */
                row->after = pb_bytes(copied(notes->arena, after));
                notes->rows.rows[changed++] = row;
        }
        notes->rows.n_rows = changed;
        txn_put_message(notes->txn, T_UNDO, key_slice(&key), &notes->rows, notes->arena);
}

/* ---- taken back */

static const Contracts__UndoRows *rows_of(struct txn *txn, struct arena *arena, uint64_t number)
{
        struct key key = key_of_u64(number);
        return txn_get_message(txn, T_UNDO, key_slice(&key), &contracts__undo_rows__descriptor, arena);
}

/* The row as the events that were taken back so far have left it, or as it stands. NULL: its table has none. */
static struct undone_row *planned(struct undo *undo, struct txn *txn, struct arena *arena,
                                  const Contracts__UndoRow *row)
{
        struct slice key = pb_slice(row->key);
        for (size_t i = 0; i < undo->count; i++)
                if (undo->rows[i].kept == row->kept && same(undo->rows[i].key, key))
                        return &undo->rows[i];
        undo->rows = pb_append(undo->rows, &undo->count, sizeof(*undo->rows), arena);
        struct undone_row *made = &undo->rows[undo->count - 1];
        *made = (struct undone_row){row->kept, key, NULL, false};
        made->row = txn_get_message(txn, *kept_rows[row->kept].table, key, kept_rows[row->kept].type, arena);
        return made;
}

static ProtobufCMessage *stored_message(const struct kept_row *kept, struct slice bytes, struct arena *arena)
{
        ProtobufCMessage *message = pb_decode(kept->type, bytes, arena);
        require_stored(message != NULL);
        return message;
}

/* Made by the act: it goes whole, where nothing in it was changed since. */
static bool take_away(struct undone_row *today, const Contracts__UndoRow *row, struct arena *arena)
{
        today->is_new = true;
        if (!same(pb_encode(today->row, arena), pb_slice(row->after)))
                return false;
        today->row = NULL;
        return true;
}

/* One that says no more than what it is about. */
static ProtobufCMessage *about_only(const struct kept_row *kept, const ProtobufCMessage *row, struct arena *arena)
{
        ProtobufCMessage *made = pb_new(kept->type, arena);
        char *rest = arena_text(arena, kept->about);
        for (char *save = NULL, *name = strtok_r(rest, " ", &save); name != NULL; name = strtok_r(NULL, " ", &save)) {
                const ProtobufCFieldDescriptor *field =
                        protobuf_c_message_descriptor_get_field_by_name(kept->type, name);
                require(field != NULL);
                size_t size = field->type == PROTOBUF_C_TYPE_MESSAGE ? sizeof(void *) : sizeof(uint32_t);
                memcpy((uint8_t *)made + field->offset, (const uint8_t *)row + field->offset, size);
        }
        return made;
}

static bool take_back(struct undone_row *today, const Contracts__UndoRow *row, struct arena *arena)
{
        const struct kept_row *kept = &kept_rows[row->kept];
        const char *ignored;
        if (today->row == NULL)
                return false;
        if (!row->was && kept->about == NULL)
                return take_away(today, row, arena);
        ProtobufCMessage *nothing_said = kept->about == NULL ? NULL : about_only(kept, today->row, arena);
        struct merge merge = {row->was ? stored_message(kept, pb_slice(row->before), arena) : nothing_said,
                              stored_message(kept, pb_slice(row->after), arena), today->row, kept->left_out};
        if (!merge_back(&merge, arena, &ignored))
                return false;
        if (nothing_said != NULL && same(pb_encode(today->row, arena), pb_encode(nothing_said, arena)))
                today->row = NULL;
        return true;
}

bool undo_plan(struct txn *txn, struct arena *arena, const uint64_t *numbers, size_t count, struct undo *ret)
{
        *ret = (struct undo){0};
        for (size_t i = count; i-- > 0;) {
                const Contracts__UndoRows *rows = rows_of(txn, arena, numbers[i]);
                for (size_t k = 0; rows != NULL && k < rows->n_rows; k++) {
                        require_stored(rows->rows[k]->kept < kept_rows_count);
                        struct undone_row *today = planned(ret, txn, arena, rows->rows[k]);
                        if (!take_back(today, rows->rows[k], arena)) {
                                ret->conflict = *today;
                                return false;
                        }
                }
        }
        return true;
}

void undo_do(struct txn *txn, struct arena *arena, const struct undo *undo)
{
        for (size_t i = 0; i < undo->count; i++) {
                const struct undone_row *row = &undo->rows[i];
                const struct kept_row *kept = &kept_rows[row->kept];
                if (row->row != NULL) {
                        kept->put(txn, arena, row->row);
                        continue;
                }
                const void *today = txn_get_message(txn, *kept->table, row->key, kept->type, arena);
                require(kept->remove != NULL);
                if (today != NULL) /* NULL: the transaction has failed */
                        kept->remove(txn, arena, today);
        }
}

void undo_forget(struct txn *txn, uint64_t number)
{
        struct key key = key_of_u64(number);
        txn_delete(txn, T_UNDO, key_slice(&key));
}

bool undo_touches(struct txn *txn, struct arena *arena, uint64_t number, const struct undone_row *row)
{
        const Contracts__UndoRows *rows = rows_of(txn, arena, number);
        for (size_t i = 0; rows != NULL && i < rows->n_rows; i++)
                if (rows->rows[i]->kept == row->kept && same(pb_slice(rows->rows[i]->key), row->key))
                        return true;
        return false;
}
