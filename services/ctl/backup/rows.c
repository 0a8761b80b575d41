#include "services/ctl/backup/rows.h"

#include <sodium.h>
#include <stdlib.h>

#include "common/base/require.h"

enum { HEAD_SIZE = 2 * sizeof(uint32_t), ROOM_FIRST = 2 * ROWS_CHUNK_MAX, ENDS_ONE_IN = 512 };

static void put_u32(uint8_t *out, size_t value)
{
        require(value <= UINT32_MAX);
        for (size_t i = 0; i < sizeof(uint32_t); i++)
                out[i] = (uint8_t)(value >> (24 - 8 * i));
}

static size_t read_u32(const uint8_t *in)
{
        return (size_t)in[0] << 24 | (size_t)in[1] << 16 | (size_t)in[2] << 8 | in[3];
}

static void make_room(struct rows *rows, size_t needed)
{
        if (rows->size + needed <= rows->room)
                return;
        size_t room = rows->room == 0 ? ROOM_FIRST : rows->room;
        while (room < rows->size + needed)
                room *= 2;
        rows->bytes = realloc(rows->bytes, room);
        require(rows->bytes != NULL);
        rows->room = room;
}

/* Any even spread will do; that of a hash which is there is as good as another. */
static bool key_ends_chunk(struct slice key)
{
        static const uint8_t spread[crypto_shorthash_KEYBYTES] = "guichet backup";
        uint8_t hash[crypto_shorthash_BYTES];
        require(crypto_shorthash(hash, key.data, key.size, spread) == 0);
        return read_u32(hash) % ENDS_ONE_IN == 0;
}

bool rows_add(struct rows *rows, struct slice key, struct slice value)
{
        make_room(rows, HEAD_SIZE + key.size + value.size);
        uint8_t *out = rows->bytes + rows->size;
        put_u32(out, key.size);
        put_u32(out + sizeof(uint32_t), value.size);
        memcpy(out + HEAD_SIZE, key.data, key.size);
        if (value.size > 0)
                memcpy(out + HEAD_SIZE + key.size, value.data, value.size);
        rows->size += HEAD_SIZE + key.size + value.size;
        return rows->size >= ROWS_CHUNK_MAX || (rows->size >= ROWS_CHUNK_MIN && key_ends_chunk(key));
}

struct slice rows_slice(const struct rows *rows)
{
        return slice_of(rows->bytes, rows->size);
}

void rows_clear(struct rows *rows)
{
        rows->size = 0;
}

void rows_fini(struct rows *rows)
{
        if (rows->bytes != NULL)
                sodium_memzero(rows->bytes, rows->room);
        free(rows->bytes);
        *rows = (struct rows){0};
}

bool rows_next(struct slice *rest, struct slice *ret_key, struct slice *ret_value)
{
        if (rest->size < HEAD_SIZE)
                return false;
        size_t key_size = read_u32(rest->data), value_size = read_u32(rest->data + sizeof(uint32_t));
        if (key_size > rest->size - HEAD_SIZE || value_size > rest->size - HEAD_SIZE - key_size)
                return false;
        *ret_key = slice_of(rest->data + HEAD_SIZE, key_size);
        *ret_value = slice_of(ret_key->data + key_size, value_size);
        *rest = slice_of(ret_value->data + value_size, rest->size - HEAD_SIZE - key_size - value_size);
        return true;
}
