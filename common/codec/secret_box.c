#include "common/codec/secret_box.h"

#include <sodium.h>

#include "common/base/require.h"

enum {
        NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
        TAG_SIZE = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};
_Static_assert(SECRET_BOX_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "one key of one cipher");

struct slice secret_box_seal(struct world *world, const uint8_t key[SECRET_BOX_KEY_SIZE], struct slice bound_to,
                             struct slice plain, struct arena *arena)
{
        uint8_t *box = arena_alloc(arena, NONCE_SIZE + plain.size + TAG_SIZE);
        world->random(world, box, NONCE_SIZE);
        require(crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE_SIZE, NULL, plain.data, plain.size,
                                                           bound_to.data, bound_to.size, NULL, box, key) == 0);
        return slice_of(box, NONCE_SIZE + plain.size + TAG_SIZE);
}

bool secret_box_open(const uint8_t key[SECRET_BOX_KEY_SIZE], struct slice bound_to, struct slice box,
                     struct arena *arena, struct slice *ret_plain)
{
        if (box.size < NONCE_SIZE + TAG_SIZE)
                return false;
        size_t size = box.size - NONCE_SIZE - TAG_SIZE;
        uint8_t *plain = arena_alloc(arena, size + 1);
        *ret_plain = slice_of(plain, size);
        return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, box.data + NONCE_SIZE,
                                                          box.size - NONCE_SIZE, bound_to.data, bound_to.size, box.data,
                                                          key) == 0;
}
