/* key.h: keys of rows. Parts are put one after the other, big-endian, so that byte order is the order of meaning.
 *     struct key key = key_of_id(placement);  key_u32(&key, month);  txn_get(txn, T_HOURS, key_slice(&key), &value);
 * A text part ends with a zero byte, so "ab"+"c" and "a"+"bc" differ. Keys are bounded (LMDB: 511). A text may come
 * from anybody: of one longer than KEY_TEXT_MAX its beginning stands in the key, and a hash for the rest, so that it
 * finds only itself. Two texts, an id and 29 bytes more always fit; more is a bug. */
#ifndef COMMON_STORE_KEY_H
#define COMMON_STORE_KEY_H

#include "common/base/id.h"
#include "common/base/slice.h"

enum { KEY_SIZE_MAX = 255, KEY_TEXT_MAX = 104 };

struct key {
        uint8_t bytes[KEY_SIZE_MAX];
        uint8_t size;
};

struct key key_empty(void);
struct key key_of_id(struct id id);
struct key key_of_u64(uint64_t number);
struct key key_of_text(const char *text);
void key_id(struct key *key, struct id id);
void key_u8(struct key *key, uint8_t number);
void key_u32(struct key *key, uint32_t number);
void key_i32(struct key *key, int32_t number); /* negative before positive */
void key_u64(struct key *key, uint64_t number);
void key_text(struct key *key, const char *text);
void key_bytes(struct key *key, struct slice bytes); /* of a fixed size, or the last part */

static inline struct slice key_slice(const struct key *key)
{
        return slice_of(key->bytes, key->size);
}

/* Reading back what the put functions wrote, at an offset. A slice that is too short is a damaged store (stored.h). */
struct id key_read_id(struct slice key, size_t offset);
uint32_t key_read_u32(struct slice key, size_t offset);
int32_t key_read_i32(struct slice key, size_t offset);
uint64_t key_read_u64(struct slice key, size_t offset);

#endif
