#include "common/store/key.h"

#include <sodium.h>

#include "common/base/require.h"
#include "common/store/stored.h"

static void put_bytes(struct key *key, const void *bytes, size_t size)
{
        require(size <= KEY_SIZE_MAX - (size_t)key->size);
        if (size > 0)
                memcpy(key->bytes + key->size, bytes, size);
        key->size = (uint8_t)(key->size + size);
}

struct key key_empty(void)
{
        struct key key;
        key.size = 0;
        return key;
}

struct key key_of_id(struct id id)
{
        struct key key = key_empty();
        key_id(&key, id);
        return key;
}

struct key key_of_u64(uint64_t number)
{
        struct key key = key_empty();
        key_u64(&key, number);
        return key;
}

struct key key_of_text(const char *text)
{
        struct key key = key_empty();
        key_text(&key, text);
        return key;
}

void key_bytes(struct key *key, struct slice bytes)
{
        put_bytes(key, bytes.data, bytes.size);
}

void key_id(struct key *key, struct id id)
{
        put_bytes(key, id.b, sizeof(id.b));
}

void key_u8(struct key *key, uint8_t number)
{
        put_bytes(key, &number, 1);
}

void key_u32(struct key *key, uint32_t number)
{
        uint8_t bytes[4] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number};
        put_bytes(key, bytes, sizeof(bytes));
}

void key_i32(struct key *key, int32_t number)
{
        key_u32(key, (uint32_t)number ^ 0x80000000u);
}

void key_u64(struct key *key, uint64_t number)
{
        key_u32(key, (uint32_t)(number >> 32));
        key_u32(key, (uint32_t)number);
}

/* What is longer than its place keeps its beginning, for the order, and tells the rest by its hash. */
static void put_long_text(struct key *key, const char *text, size_t size)
{
        enum { HASH_SIZE = 16, KEPT = KEY_TEXT_MAX - 2 * HASH_SIZE };
        uint8_t hash[HASH_SIZE];
        char hex[2 * HASH_SIZE + 1];

        require(crypto_generichash(hash, sizeof(hash), (const uint8_t *)text, size, NULL, 0) == 0);
        (void)sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
        put_bytes(key, text, KEPT);
        put_bytes(key, hex, sizeof(hex));
}

void key_text(struct key *key, const char *text)
{
        size_t size = strlen(text);
        if (size <= KEY_TEXT_MAX)
                put_bytes(key, text, size + 1);
        else
                put_long_text(key, text, size);
}

struct id key_read_id(struct slice key, size_t offset)
{
        struct id id;
        require_stored(offset + sizeof(id.b) <= key.size);
        memcpy(id.b, key.data + offset, sizeof(id.b));
        return id;
}

uint32_t key_read_u32(struct slice key, size_t offset)
{
        require_stored(offset + 4 <= key.size);
        const uint8_t *at = key.data + offset;
        return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

int32_t key_read_i32(struct slice key, size_t offset)
{
        return (int32_t)(key_read_u32(key, offset) ^ 0x80000000u);
}

uint64_t key_read_u64(struct slice key, size_t offset)
{
        return (uint64_t)key_read_u32(key, offset) << 32 | key_read_u32(key, offset + 4);
}
