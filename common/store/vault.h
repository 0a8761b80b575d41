/* vault.h: the keys of persons, and sealing with them. One random key for each person or contact, wrapped by the
 * daemon's master key, in a store of its own inside the main one's directory (its pages can then be replaced when
 * somebody is erased, which the main store's cannot).
 *
 * A new key is kept in memory until vault_flush(), which the engine calls before it commits: the key is durable before
 * the first thing that it seals. A batch that is not committed leaves at most a key that opens nothing.
 *
 * XChaCha20-Poly1305; the key's id is the associated data, so that nothing sealed can be moved to another file.
 * Sealed form: 24 bytes nonce, ciphertext, 16 bytes tag. Everything random comes from the world.
 * Keys are made and flushed by the writer thread; sealing and unsealing may be done from any thread. Plain text lives
 * in the arena of the work that asked for it, no longer. */
#ifndef COMMON_STORE_VAULT_H
#define COMMON_STORE_VAULT_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/id.h"
#include "common/base/world.h"

struct vault;

enum { VAULT_KEY_SIZE = 32, VAULT_SEAL_BYTES = 24 + 16 /* what a seal adds */, VAULT_PLACE_MAX = 96 };

struct vault_options {
        const char *service;       /* whose keys: "tracking-keys" */
        const char *directory;     /* made if it is not there */
        const uint8_t *master_key; /* VAULT_KEY_SIZE bytes; must outlive the vault */
        uint32_t partition;
        struct world *world;
        bool must_exist; /* it was made before: where it is missing, it was lost, and with it all that it sealed */
};

/* A row of the store is sealed by the master key itself: another master key is noticed here (ERR_CONFIG), before it
 * would seal new persons for ever beside those that it cannot open. */
int vault_open(const struct vault_options *options, struct vault **ret, struct err_info *info) ATTR_MUST_CHECK;
/* The same question without opening for use; a vault that is not there is no fault. For --check-config. */
int vault_check(const struct vault_options *options, struct err_info *info) ATTR_MUST_CHECK;
void vault_close(struct vault *vault); /* accepts NULL */

/* A new key, for the person or contact `id` that has just been made. */
void vault_make_key(struct vault *vault, struct id id);

/* A key that another partition's vault gave, VAULT_KEY_SIZE bytes. */
void vault_take_key(struct vault *vault, struct id id, const uint8_t *key);
/* For another partition, over a line that nobody else reads; to be wiped behind. 0; ERR_NOT_FOUND… as vault_seal(). */
int vault_give_key(struct vault *vault, struct id id, uint8_t ret_key[VAULT_KEY_SIZE]) ATTR_MUST_CHECK;

/* From here on what the key sealed opens no more. Like a new key it is durable with vault_flush(), so before the event
 * that tells of it: what is acknowledged is destroyed. (A crash between the two destroys what was asked to be, and the
 * command comes again.) vault_shed() then takes its bytes from the file. */
void vault_destroy_key(struct vault *vault, struct id id);
bool vault_has_key(struct vault *vault, struct id id); /* durable or not; false where the store cannot tell */

/* 0; ERR_NOT_FOUND: the key is not there (erased); ERR_FORGED: key or seal do not hold; or the store's. */
int vault_seal(struct vault *vault, struct id id, struct slice plain, struct arena *arena,
               struct slice *ret_sealed) ATTR_MUST_CHECK;
int vault_unseal(struct vault *vault, struct id id, struct slice sealed, struct arena *arena,
                 struct slice *ret_plain) ATTR_MUST_CHECK;

/* The same for one place alone (VAULT_PLACE_MAX bytes at most): what was sealed for another does not open there. */
int vault_seal_at(struct vault *vault, struct id id, struct slice place, struct slice plain, struct arena *arena,
                  struct slice *ret_sealed) ATTR_MUST_CHECK;
int vault_unseal_at(struct vault *vault, struct id id, struct slice place, struct slice sealed, struct arena *arena,
                    struct slice *ret_plain) ATTR_MUST_CHECK;

/* Makes the new keys durable, and the destroyed ones gone. On failure both are forgotten: the batch that asked for them
 * is not committed either. */
int vault_flush(struct vault *vault, struct err_info *info) ATTR_MUST_CHECK;

enum { VAULT_SHED_PAUSE_MS = 1000, VAULT_SHED_REST = 20 };

/* LMDB keeps the bytes of what it frees: a copy without them takes the store's place, the writer standing still
 * meanwhile. A flush that destroyed a key does so at once, where the last copy is VAULT_SHED_PAUSE_MS old, and
 * VAULT_SHED_REST times what it took; else, and where it could not (full disk), a later flush, this call or the next
 * opening does. Of the writer thread; 0, or as store_open(). */
int vault_shed(struct vault *vault, struct err_info *info) ATTR_MUST_CHECK;
bool vault_wants_shed(struct vault *vault); /* of any thread */

/* The keys that are there, to look only: those of a daemon that runs, too. No master key is needed. */
struct vault_keys;
/* ERR_STORE… as store_open_readonly(). */
int vault_keys_open(const struct vault_options *options, struct vault_keys **ret,
                    struct err_info *info) ATTR_MUST_CHECK;
/* Of a vault that stands still: nothing else may be asked of it meanwhile. NULL: it cannot be read. */
struct vault_keys *vault_keys_of(struct vault *vault, struct err_info *info);
bool vault_keys_have(struct vault_keys *keys, struct id id); /* now: what was flushed since is seen */
void vault_keys_close(struct vault_keys *keys);              /* accepts NULL */

#endif
