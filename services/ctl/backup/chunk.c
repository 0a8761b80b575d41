#include "services/ctl/backup/chunk.h"

#include <sodium.h>
#include <string.h>
#include <zstd.h>

#include "common/base/require.h"

enum {
        FORMAT_SIZE = 8,
        KEY_SIZE = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
        SEALED_KEY_SIZE = KEY_SIZE + crypto_box_SEALBYTES,
        TAG_SIZE = crypto_aead_xchacha20poly1305_ietf_ABYTES,
        HASH_SIZE = 32,
        HEAD_SIZE = FORMAT_SIZE + SEALED_KEY_SIZE,
        COMPRESSION_LEVEL = 3, /* the disk is slower than it; more gains a few percent */
};

static const uint8_t format[FORMAT_SIZE] = {'G', 'U', 'I', 'C', 'H', 'E', 'T', '1'};
/* Each key seals one message, so its nonce may be the same. */
static const uint8_t nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];

static void hash(struct slice bytes, const uint8_t *key, uint8_t ret_hash[HASH_SIZE])
{
        require(crypto_generichash(ret_hash, HASH_SIZE, bytes.data, bytes.size, key,
                                   key != NULL ? RECOVERY_KEY_SIZE : 0) == 0);
}

struct chunk_name chunk_name_of(const struct recovery *recovery, struct slice plain)
{
        struct chunk_name name;
        hash(plain, recovery->recognition, name.b);
        return name;
}

void chunk_name_format(struct chunk_name name, char ret_text[CHUNK_NAME_TEXT_SIZE])
{
        (void)sodium_bin2hex(ret_text, CHUNK_NAME_TEXT_SIZE, name.b, sizeof(name.b));
}

bool chunk_name_parse(const char *text, struct chunk_name *ret)
{
        size_t got = 0;
        return text != NULL && strlen(text) == CHUNK_NAME_TEXT_SIZE - 1 &&
               sodium_hex2bin(ret->b, sizeof(ret->b), text, strlen(text), NULL, &got, NULL) == 0 &&
               got == sizeof(ret->b);
}

struct slice chunk_seal(const struct recovery *recovery, struct chunk_name name, struct slice plain,
                        struct arena *arena)
{
        uint8_t key[KEY_SIZE];
        require(plain.size <= CHUNK_PLAIN_MAX);
        size_t bound = ZSTD_compressBound(plain.size);
        uint8_t *packed = arena_alloc(arena, bound);
        size_t packed_size = ZSTD_compress(packed, bound, plain.data, plain.size, COMPRESSION_LEVEL);
        require(ZSTD_isError(packed_size) == 0); /* there is room: only memory can lack */

        size_t size = HEAD_SIZE + packed_size + TAG_SIZE;
        uint8_t *sealed = arena_alloc(arena, size + HASH_SIZE);
        randombytes_buf(key, sizeof(key));
        memcpy(sealed, format, FORMAT_SIZE);
        require(crypto_box_seal(sealed + FORMAT_SIZE, key, sizeof(key), recovery->seal_public) == 0);
        require(crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + HEAD_SIZE, NULL, packed, packed_size, name.b,
                                                           sizeof(name.b), NULL, nonce, key) == 0);
        hash(slice_of(sealed, size), NULL, sealed + size);
        sodium_memzero(key, sizeof(key));
        sodium_memzero(packed, packed_size);
        return slice_of(sealed, size + HASH_SIZE);
}

bool chunk_is_whole(struct slice sealed)
{
        uint8_t expected[HASH_SIZE];
        if (sealed.size < HEAD_SIZE + TAG_SIZE + HASH_SIZE || memcmp(sealed.data, format, FORMAT_SIZE) != 0)
                return false;
        size_t size = sealed.size - HASH_SIZE;
        hash(slice_of(sealed.data, size), NULL, expected);
        return memcmp(expected, sealed.data + size, HASH_SIZE) == 0;
}

/* The bytes of the zstd frame, and with them its own word on how much it holds, are authentic by now. */
static int unpack(struct slice packed, struct arena *arena, struct slice *ret_plain)
{
        unsigned long long size = ZSTD_getFrameContentSize(packed.data, packed.size);
        if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > CHUNK_PLAIN_MAX)
                return ERR_FORGED;
        uint8_t *plain = arena_alloc(arena, (size_t)size + 1);
        size_t got = ZSTD_decompress(plain, (size_t)size, packed.data, packed.size);
        if (ZSTD_isError(got) != 0 || got != size)
                return ERR_FORGED;
        *ret_plain = slice_of(plain, (size_t)size);
        return 0;
}

int chunk_open(const struct recovery *recovery, struct chunk_name name, struct slice sealed, struct arena *arena,
               struct slice *ret_plain)
{
        uint8_t key[KEY_SIZE];
        require(recovery->opens);
        if (!chunk_is_whole(sealed) || crypto_box_seal_open(key, sealed.data + FORMAT_SIZE, SEALED_KEY_SIZE,
                                                            recovery->seal_public, recovery->seal_secret) != 0)
                return ERR_FORGED;
        size_t size = sealed.size - HEAD_SIZE - HASH_SIZE;
        uint8_t *packed = arena_alloc(arena, size);
        int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(packed, NULL, NULL, sealed.data + HEAD_SIZE, size,
                                                                name.b, sizeof(name.b), nonce, key);
        sodium_memzero(key, sizeof(key));
        struct slice plain;
        if (failed != 0 || unpack(slice_of(packed, size - TAG_SIZE), arena, &plain) != 0)
                return ERR_FORGED;
        struct chunk_name held = chunk_name_of(recovery, plain);
        if (memcmp(held.b, name.b, sizeof(held.b)) != 0)
                return ERR_FORGED;
        *ret_plain = plain;
        return 0;
}
