/* vault.h: the keys of persons, and sealing with them. One random key a person, wrapped by the master key, in a store
 * of its own inside the main one's directory (its pages can then be replaced when a person is erased, which the main
 * store's cannot).
 *
 * A new key is kept in memory until vault_flush(), which before_commit() calls: the key is durable before the first
 * thing that it seals. A batch that is not committed leaves at most a key that opens nothing.
 *
 * XChaCha20-Poly1305; the person's id is the associated data, so that nothing sealed can be moved to another file.
 * Sealed form: 24 bytes nonce, ciphertext, 16 bytes tag. Everything random comes from the world.
 * Called on the writer thread only. Plain text lives in the arena of the work that asked for it, no longer. */
#ifndef SERVICES_TRACKING_VAULT_H
#define SERVICES_TRACKING_VAULT_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/id.h"
#include "common/base/world.h"
#include "tracking/state.pb-c.h"

struct vault;

enum { VAULT_KEY_SIZE = 32 };

struct vault_options {
        const char *directory; /* made if it is not there */
        const uint8_t *master_key; /* VAULT_KEY_SIZE bytes; must outlive the vault */
        uint32_t partition;
        struct world *world;
};

int vault_open(const struct vault_options *options, struct vault **ret, struct err_info *info) ATTR_MUST_CHECK;
void vault_close(struct vault *vault); /* accepts NULL */

/* A new key for a person just referred. */
void vault_make_key(struct vault *vault, struct id person);

/* 0; ERR_NOT_FOUND: the person's key is not there (erased); ERR_FORGED: key or seal do not hold; or the store's. */
int vault_seal(struct vault *vault, struct id person, const Tracking__Sealed *content, struct arena *arena,
               struct slice *ret_sealed) ATTR_MUST_CHECK;
int vault_unseal(struct vault *vault, struct id person, struct slice sealed, struct arena *arena,
                 Tracking__Sealed **ret) ATTR_MUST_CHECK;

/* Makes the new keys durable. On failure they are forgotten: the batch that made them is not committed either. */
int vault_flush(struct vault *vault, struct err_info *info) ATTR_MUST_CHECK;

#endif
