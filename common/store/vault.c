#include "common/store/vault.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/store/key.h"
#include "common/store/shed.h"
#include "common/store/store.h"

enum {
        NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
        TAG_SIZE = crypto_aead_xchacha20poly1305_ietf_ABYTES,
        WRAPPED_SIZE = NONCE_SIZE + VAULT_KEY_SIZE + TAG_SIZE,
        VAULT_STORE_VERSION = 1,
        T_KEY = 0, /* id of the person or contact -> wrapped key */
};
#define VAULT_MAP_BYTES_MAX ((uint64_t)4 << 30) /* address space for some twenty million persons */

_Static_assert(VAULT_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "keys are of the cipher's size");
_Static_assert(VAULT_SEAL_BYTES == NONCE_SIZE + TAG_SIZE, "what a seal adds");

static const struct table_spec tables[] = {[T_KEY] = {"key", TABLE_RUNTIME}};

/* Of nobody: keys were deleted, and the pages that held them may still be in the file. */
static const struct id shed_id = {
        {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

struct new_key {
        struct id id;
        uint8_t key[VAULT_KEY_SIZE];
};

struct vault {
        struct store *store; /* NULL: it could not be opened again after it was replaced */
        struct store_spec spec;
        char *directory;
        atomic_bool sheds;     /* see shed_id; changed by the writer thread only */
        uint64_t shed_next_us; /* not before; of the monotonic clock */
        struct world *world;
        const uint8_t *master_key;
        pthread_mutex_t lock;  /* of `fresh`, and of the store's one snapshot */
        struct new_key *fresh; /* made since the last flush; changed by the writer thread only */
        size_t fresh_count, fresh_room;
        struct id *doomed; /* destroyed since the last flush; the same */
        size_t doomed_count;
};

/* --- the cipher ------------------------------------------------------------------------------------------------- */

/* Whose it is and, behind that, what it is sealed for. */
struct label {
        uint8_t bytes[sizeof(struct id) + VAULT_PLACE_MAX];
        size_t size;
};

static struct label label_of(struct id id, struct slice place)
{
        struct label label = {.size = sizeof(id.b) + place.size};
        require(place.size <= VAULT_PLACE_MAX);
        memcpy(label.bytes, id.b, sizeof(id.b));
        if (place.size > 0)
                memcpy(label.bytes + sizeof(id.b), place.data, place.size);
        return label;
}

static const struct slice NO_PLACE = {(const uint8_t *)"", 0};

/* `ret` has room for NONCE_SIZE + plain.size + TAG_SIZE. */
static void seal_with(struct vault *vault, const uint8_t *key, const struct label *label, struct slice plain,
                      uint8_t *ret)
{
        vault->world->random(vault->world, ret, NONCE_SIZE);
        require(crypto_aead_xchacha20poly1305_ietf_encrypt(ret + NONCE_SIZE, NULL, plain.data, plain.size, label->bytes,
                                                           label->size, NULL, ret, key) == 0);
}

/* `ret` has room for sealed.size - NONCE_SIZE - TAG_SIZE. */
static int unseal_with(const uint8_t *key, const struct label *label, struct slice sealed, uint8_t *ret)
{
        if (sealed.size < NONCE_SIZE + TAG_SIZE ||
            crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, sealed.data + NONCE_SIZE,
                                                       sealed.size - NONCE_SIZE, label->bytes, label->size, sealed.data,
                                                       key) != 0)
                return ERR_FORGED;
        return 0;
}

/* Keys are sealed for nowhere but their own row. */
static void wrap(struct vault *vault, struct id id, const uint8_t key[VAULT_KEY_SIZE], uint8_t ret[WRAPPED_SIZE])
{
        struct label label = label_of(id, NO_PLACE);
        seal_with(vault, vault->master_key, &label, slice_of(key, VAULT_KEY_SIZE), ret);
}

static int unwrap(const uint8_t *master_key, struct id id, struct slice wrapped, uint8_t ret_key[VAULT_KEY_SIZE])
{
        struct label label = label_of(id, NO_PLACE);
        return unseal_with(master_key, &label, wrapped, ret_key);
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static const struct id canary_id; /* of nobody: ids that are drawn are never zero */

static int other_master_key(const struct vault_options *options, struct err_info *info)
{
        return err_set(
                info, ERR_CONFIG,
                "store %s: its keys were sealed by another master key than this one. Put the saved keys/*.key of this "
                "instance back; nothing was changed",
                options->directory);
}

/* The canary, or (a vault from before there was one) any key. ERR_NOT_FOUND: the vault is empty. */
static int try_master_key(struct store *store, const struct vault_options *options, struct err_info *info)
{
        uint8_t key[VAULT_KEY_SIZE];
        struct txn *txn = txn_begin_read(store, info);
        if (txn == NULL)
                return ERR_STORE;
        struct scan scan = scan_prefix(txn, T_KEY, slice_of(NULL, 0)); /* the canary's id is the first */
        int err = ERR_NOT_FOUND;
        if (scan_next(&scan))
                err = scan.value.size == WRAPPED_SIZE && scan.key.size == sizeof(struct id) &&
                                      unwrap(options->master_key, key_read_id(scan.key, 0), scan.value, key) == 0
                              ? 0
                              : other_master_key(options, info);
        scan_end(&scan);
        txn_end_read(txn);
        sodium_memzero(key, sizeof(key));
        return err;
}

static int write_canary(struct vault *vault, struct err_info *info)
{
        static const uint8_t nothing[VAULT_KEY_SIZE];
        uint8_t wrapped[WRAPPED_SIZE];
        struct txn *txn = txn_begin_write(vault->store, info);
        if (txn == NULL)
                return ERR_STORE;
        txn_allow(txn, TABLE_RUNTIME);
        wrap(vault, canary_id, nothing, wrapped);
        txn_put(txn, T_KEY, id_slice(&canary_id), slice_of(wrapped, sizeof(wrapped)));
        return txn_commit(txn, info);
}

static struct store_spec spec_of(const struct vault_options *options)
{
        return (struct store_spec){
                .service = options->service,
                .version = VAULT_STORE_VERSION,
                .partition = options->partition,
                .tables = tables,
                .table_count = ARRAY_SIZE(tables),
                .map_bytes_max = VAULT_MAP_BYTES_MAX,
                .must_exist = options->must_exist,
        };
}

/* --- shedding ---------------------------------------------------------------------------------------------------- */

static int note_shed(struct vault *vault, struct err_info *info)
{
        struct txn *txn = txn_begin_write(vault->store, info);
        if (txn == NULL)
                return ERR_STORE;
        txn_allow(txn, TABLE_RUNTIME);
        txn_delete(txn, T_KEY, id_slice(&shed_id));
        return txn_commit(txn, info);
}

static uint64_t now_us(const struct vault *vault)
{
        return vault->world->monotonic_us(vault->world);
}

/* The lock is held: nobody has a snapshot. What could not be copied stays for the next time; a store that does not open
 * again is the only failure. Copying takes a small share of the time only, however many are erased and however large
 * the store is. */
static int shed(struct vault *vault, struct err_info *info)
{
        struct err_info why = {0};
        uint64_t start_us = now_us(vault);
        if (store_shed(&vault->spec, vault->directory, &vault->store, &why))
                vault->sheds = note_shed(vault, &why) != 0;
        uint64_t end_us = now_us(vault), rest_us = (end_us - start_us) * VAULT_SHED_REST;
        vault->shed_next_us = end_us + (rest_us > VAULT_SHED_PAUSE_MS * 1000u ? rest_us : VAULT_SHED_PAUSE_MS * 1000u);
        return vault->store != NULL ? 0 : err_set(info, why.code, "%s", why.text);
}

static int shed_later(struct vault *vault, struct err_info *info)
{
        struct slice mark;
        struct txn *txn = txn_begin_read(vault->store, info);
        if (txn == NULL)
                return ERR_STORE;
        vault->sheds = txn_get(txn, T_KEY, id_slice(&shed_id), &mark);
        txn_end_read(txn);
        return vault->sheds ? shed(vault, info) : 0;
}

static int open_vault(struct vault *vault, const struct vault_options *options, struct err_info *info)
{
        int err = store_open(&vault->spec, options->directory, options->world, &vault->store, info);
        if (err == 0)
                err = try_master_key(vault->store, options, info);
        if (err == ERR_NOT_FOUND)
                err = write_canary(vault, info);
        return err != 0 ? err : shed_later(vault, info);
}

int vault_open(const struct vault_options *options, struct vault **ret, struct err_info *info)
{
        require(sodium_init() >= 0);
        struct vault *vault = calloc(1, sizeof(*vault));
        require(vault != NULL);
        require(pthread_mutex_init(&vault->lock, NULL) == 0);
        vault->world = options->world;
        vault->master_key = options->master_key;
        vault->spec = spec_of(options);
        vault->spec.service = strdup(options->service);
        vault->directory = strdup(options->directory);
        require(vault->spec.service != NULL && vault->directory != NULL);
        int err = open_vault(vault, options, info);
        if (err != 0) {
                vault_close(vault);
                return err;
        }
        *ret = vault;
        return 0;
}

int vault_check(const struct vault_options *options, struct err_info *info)
{
        const struct store_spec spec = spec_of(options);
        struct store *store = NULL;
        char file[4096];
        (void)snprintf(file, sizeof(file), "%s/data.mdb", options->directory);
        if (!options->must_exist && access(file, F_OK) != 0)
                return 0;
        int err = store_open_readonly(&spec, options->directory, &store, info);
        if (err == 0)
                err = try_master_key(store, options, info);
        store_close(store);
        return err == ERR_NOT_FOUND ? 0 : err;
}

static void forget_batch(struct vault *vault)
{
        if (vault->fresh != NULL)
                sodium_memzero(vault->fresh, vault->fresh_room * sizeof(*vault->fresh));
        vault->fresh_count = 0;
        free(vault->doomed);
        vault->doomed = NULL;
        vault->doomed_count = 0;
}

void vault_close(struct vault *vault)
{
        if (vault == NULL)
                return;
        forget_batch(vault);
        free(vault->fresh);
        store_close(vault->store);
        (void)pthread_mutex_destroy(&vault->lock);
        free((void *)(uintptr_t)vault->spec.service);
        free(vault->directory);
        free(vault);
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static struct new_key *find_fresh(struct vault *vault, struct id id)
{
        for (size_t i = vault->fresh_count; i > 0; i--)
                if (id_equal(vault->fresh[i - 1].id, id))
                        return &vault->fresh[i - 1];
        return NULL;
}

/* Not realloc(): it would leave keys behind in memory given back. */
static void make_room(struct vault *vault)
{
        enum { ROOM_FIRST = 16 };
        if (vault->fresh_count < vault->fresh_room)
                return;
        size_t count = vault->fresh_count, room = count == 0 ? ROOM_FIRST : count * 2;
        struct new_key *larger = calloc(room, sizeof(*larger));
        require(larger != NULL);
        if (count > 0)
                memcpy(larger, vault->fresh, count * sizeof(*larger));
        if (count > 0)
                sodium_memzero(vault->fresh, count * sizeof(*larger));
        free(vault->fresh);
        vault->fresh = larger;
        vault->fresh_count = count;
        vault->fresh_room = room;
}

static void keep_fresh(struct vault *vault, struct id id, const uint8_t *key)
{
        (void)pthread_mutex_lock(&vault->lock);
        make_room(vault);
        struct new_key *made = &vault->fresh[vault->fresh_count++];
        made->id = id;
        if (key == NULL)
                vault->world->random(vault->world, made->key, sizeof(made->key));
        else
                memcpy(made->key, key, sizeof(made->key));
        (void)pthread_mutex_unlock(&vault->lock);
}

void vault_make_key(struct vault *vault, struct id id)
{
        keep_fresh(vault, id, NULL);
}

void vault_take_key(struct vault *vault, struct id id, const uint8_t *key)
{
        keep_fresh(vault, id, key);
}

static int stored_key(struct vault *vault, struct id id, uint8_t ret_key[VAULT_KEY_SIZE])
{
        struct err_info info;
        struct slice wrapped;
        struct txn *txn = txn_begin_read(vault->store, &info);
        if (txn == NULL)
                return info.code;
        int err;
        if (!txn_get(txn, T_KEY, id_slice(&id), &wrapped))
                err = txn_error(txn) != 0 ? txn_error(txn) : ERR_NOT_FOUND;
        else if (wrapped.size != WRAPPED_SIZE)
                err = ERR_FORGED;
        else
                err = unwrap(vault->master_key, id, wrapped, ret_key);
        txn_end_read(txn);
        return err;
}

void vault_destroy_key(struct vault *vault, struct id id)
{
        (void)pthread_mutex_lock(&vault->lock);
        struct new_key *fresh = find_fresh(vault, id);
        if (fresh != NULL) /* made in this very batch */
                sodium_memzero(fresh->key, sizeof(fresh->key));
        struct id *longer = reallocarray(vault->doomed, vault->doomed_count + 1, sizeof(*longer));
        require(longer != NULL);
        vault->doomed = longer;
        vault->doomed[vault->doomed_count++] = id;
        (void)pthread_mutex_unlock(&vault->lock);
}

static bool is_doomed(const struct vault *vault, struct id id)
{
        for (size_t i = 0; i < vault->doomed_count; i++)
                if (id_equal(vault->doomed[i], id))
                        return true;
        return false;
}

static int key_of(struct vault *vault, struct id id, uint8_t ret_key[VAULT_KEY_SIZE])
{
        int err = 0;
        (void)pthread_mutex_lock(&vault->lock);
        const struct new_key *fresh = find_fresh(vault, id);
        if (is_doomed(vault, id))
                err = ERR_NOT_FOUND;
        else if (fresh == NULL)
                err = stored_key(vault, id, ret_key);
        else
                memcpy(ret_key, fresh->key, VAULT_KEY_SIZE);
        (void)pthread_mutex_unlock(&vault->lock);
        return err;
}

int vault_give_key(struct vault *vault, struct id id, uint8_t ret_key[VAULT_KEY_SIZE])
{
        return key_of(vault, id, ret_key);
}

bool vault_has_key(struct vault *vault, struct id id)
{
        uint8_t key[VAULT_KEY_SIZE];
        int err = key_of(vault, id, key);
        sodium_memzero(key, sizeof(key));
        return err == 0 || err == ERR_FORGED;
}

static int write_keys(struct vault *vault, struct err_info *info)
{
        struct txn *txn = txn_begin_write(vault->store, info);
        if (txn == NULL)
                return info != NULL ? info->code : ERR_STORE;
        for (size_t i = 0; i < vault->fresh_count; i++) {
                const struct new_key *fresh = &vault->fresh[i];
                uint8_t wrapped[WRAPPED_SIZE];
                wrap(vault, fresh->id, fresh->key, wrapped);
                txn_put(txn, T_KEY, id_slice(&fresh->id), slice_of(wrapped, sizeof(wrapped)));
        }
        for (size_t i = 0; i < vault->doomed_count; i++)
                txn_delete(txn, T_KEY, id_slice(&vault->doomed[i]));
        if (vault->doomed_count > 0)
                txn_put(txn, T_KEY, id_slice(&shed_id), NO_PLACE);
        return txn_commit(txn, info);
}

int vault_flush(struct vault *vault, struct err_info *info)
{
        if (vault->fresh_count == 0 && vault->doomed_count == 0)
                return 0;
        int err = write_keys(vault, info);
        while (err == ERR_MAP_FULL && store_grow(vault->store, info) == 0)
                err = write_keys(vault, info);
        (void)pthread_mutex_lock(&vault->lock);
        vault->sheds = vault->sheds || (err == 0 && vault->doomed_count > 0);
        forget_batch(vault); /* failed: so does the batch, and what its keys sealed is gone with it */
        (void)pthread_mutex_unlock(&vault->lock);
        return err == 0 ? vault_shed(vault, info) : err;
}

bool vault_wants_shed(struct vault *vault)
{
        return vault->sheds;
}

int vault_shed(struct vault *vault, struct err_info *info)
{
        if (!vault->sheds || now_us(vault) < vault->shed_next_us)
                return 0;
        (void)pthread_mutex_lock(&vault->lock);
        int err = shed(vault, info);
        (void)pthread_mutex_unlock(&vault->lock);
        return err;
}

/* --- contents --------------------------------------------------------------------------------------------------- */

/* tidy: many because whose it is and what it is for come besides what vault_seal() takes */
int vault_seal_at(struct vault *vault, struct id id, struct slice place, struct slice plain, struct arena *arena,
                  struct slice *ret_sealed)
{
        uint8_t key[VAULT_KEY_SIZE];
        struct label label = label_of(id, place);
        int err = key_of(vault, id, key);
        if (err != 0)
                return err;
        size_t size = NONCE_SIZE + plain.size + TAG_SIZE;
        uint8_t *sealed = arena_alloc(arena, size);
        seal_with(vault, key, &label, plain, sealed);
        sodium_memzero(key, sizeof(key));
        *ret_sealed = slice_of(sealed, size);
        return 0;
}

/* tidy: many because whose it is and what it is for come besides what vault_unseal() takes */
int vault_unseal_at(struct vault *vault, struct id id, struct slice place, struct slice sealed, struct arena *arena,
                    struct slice *ret_plain)
{
        uint8_t key[VAULT_KEY_SIZE];
        struct label label = label_of(id, place);
        if (sealed.size < NONCE_SIZE + TAG_SIZE)
                return ERR_FORGED;
        int err = key_of(vault, id, key);
        if (err != 0)
                return err;
        size_t size = sealed.size - NONCE_SIZE - TAG_SIZE;
        uint8_t *plain = arena_alloc(arena, size);
        err = unseal_with(key, &label, sealed, plain);
        sodium_memzero(key, sizeof(key));
        if (err == 0)
                *ret_plain = slice_of(plain, size);
        return err;
}

int vault_seal(struct vault *vault, struct id id, struct slice plain, struct arena *arena, struct slice *ret_sealed)
{
        return vault_seal_at(vault, id, NO_PLACE, plain, arena, ret_sealed);
}

int vault_unseal(struct vault *vault, struct id id, struct slice sealed, struct arena *arena, struct slice *ret_plain)
{
        return vault_unseal_at(vault, id, NO_PLACE, sealed, arena, ret_plain);
}

/* --- to look only ------------------------------------------------------------------------------------------------ */

struct vault_keys {
        struct store *store;
        struct store *ours; /* to close; NULL: the vault's */
        struct txn *txn;
};

static struct vault_keys *keys_of(struct store *store, struct store *ours, struct err_info *info)
{
        struct txn *txn = txn_begin_read(store, info);
        if (txn == NULL)
                return NULL;
        struct vault_keys *keys = calloc(1, sizeof(*keys));
        require(keys != NULL);
        *keys = (struct vault_keys){store, ours, txn};
        return keys;
}

int vault_keys_open(const struct vault_options *options, struct vault_keys **ret, struct err_info *info)
{
        const struct store_spec spec = spec_of(options);
        struct store *store = NULL;
        int err = store_open_readonly(&spec, options->directory, &store, info);
        if (err != 0)
                return err;
        *ret = keys_of(store, store, info);
        if (*ret == NULL)
                store_close(store);
        return *ret == NULL ? ERR_STORE : 0;
}

struct vault_keys *vault_keys_of(struct vault *vault, struct err_info *info)
{
        return keys_of(vault->store, NULL, info);
}

bool vault_keys_have(struct vault_keys *keys, struct id id)
{
        struct slice wrapped;
        if (keys->txn != NULL && txn_get(keys->txn, T_KEY, id_slice(&id), &wrapped))
                return true;
        if (keys->txn != NULL)
                txn_end_read(keys->txn); /* it may have been made since */
        keys->txn = txn_begin_read(keys->store, NULL);
        return keys->txn != NULL && txn_get(keys->txn, T_KEY, id_slice(&id), &wrapped);
}

void vault_keys_close(struct vault_keys *keys)
{
        if (keys == NULL)
                return;
        if (keys->txn != NULL)
                txn_end_read(keys->txn);
        store_close(keys->ours);
        free(keys);
}
