#include "common/codec/passport.h"

#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

/* Shared by the cache and by the commands that are under way: the last to release it frees it. */
struct verified_passport {
        atomic_int references;
        struct arena arena;
        struct slice bytes; /* the signed passport, as it came */
        Wire__Passport *passport;
};

struct passport_cache {
        const struct signer *signers;
        size_t signer_count;
        struct verified_passport *slots[LIMIT_PASSPORTS_KEPT];
};

struct slice passport_sign(const Wire__Passport *passport, const uint8_t secret[SIGNING_SECRET_SIZE],
                           struct arena *arena)
{
        uint8_t signature[crypto_sign_BYTES];
        struct slice bytes = pb_encode(passport, arena);
        Wire__SignedPassport signed_passport = WIRE__SIGNED_PASSPORT__INIT;

        require(crypto_sign_detached(signature, NULL, bytes.data, bytes.size, secret) == 0);
        signed_passport.passport = pb_bytes(bytes);
        signed_passport.signature = pb_bytes(slice_of(signature, sizeof(signature)));
        return pb_encode(&signed_passport, arena);
}

struct passport_cache *passport_cache_new(const struct signer *signers, size_t count)
{
        struct passport_cache *cache = calloc(1, sizeof(*cache));
        require(cache != NULL);
        cache->signers = signers;
        cache->signer_count = count;
        return cache;
}

void passport_cache_free(struct passport_cache *cache)
{
        if (cache == NULL)
                return;
        for (size_t i = 0; i < LIMIT_PASSPORTS_KEPT; i++)
                passport_release(cache->slots[i]);
        free(cache);
}

void passport_release(const struct verified_passport *passport)
{
        struct verified_passport *owned = (struct verified_passport *)(uintptr_t)passport;
        if (owned == NULL || atomic_fetch_sub(&owned->references, 1) > 1)
                return;
        arena_fini(&owned->arena);
        free(owned);
}

const Wire__Passport *passport_of(const struct verified_passport *passport)
{
        return passport->passport;
}

static const struct signer *find_signer(const struct passport_cache *cache, const char *name)
{
        for (size_t i = 0; i < cache->signer_count; i++)
                if (strcmp(cache->signers[i].name, name) == 0)
                        return &cache->signers[i];
        return NULL;
}

/* The slow way: decode, find the signer, check the signature. */
static int verify(const struct passport_cache *cache, struct slice bytes, struct verified_passport *into,
                  struct err_info *info)
{
        Wire__SignedPassport *outer = pb_decode(&wire__signed_passport__descriptor, bytes, &into->arena);
        if (outer == NULL || outer->signature.len != crypto_sign_BYTES)
                return err_set(info, ERR_FORGED, "passport: cannot be read");
        into->passport = pb_decode(&wire__passport__descriptor, pb_slice(outer->passport), &into->arena);
        if (into->passport == NULL)
                return err_set(info, ERR_FORGED, "passport: cannot be read");
        const struct signer *signer = find_signer(cache, into->passport->signer);
        if (signer == NULL)
                return err_set(info, ERR_FORGED, "passport: unknown signer \"%.40s\"", into->passport->signer);
        if (crypto_sign_verify_detached(outer->signature.data, outer->passport.data, outer->passport.len,
                                        signer->public_key) != 0)
                return err_set(info, ERR_FORGED, "passport: the signature of \"%s\" does not hold", signer->name);
        if (signer->is_daemon && into->passport->role != TYPES__ROLE__SERVICE)
                return err_set(info, ERR_FORGED, "passport: \"%s\" signs for no person", signer->name);
        if (into->passport->account == NULL) /* once, not at each command */
                into->passport->account = id_to(&into->arena, passport_account(into->passport));
        if (into->passport->account->value.len != sizeof(struct id))
                return err_set(info, ERR_FORGED, "passport: its account is no id");
        return 0;
}

/* The end of a signature is as good as random: it picks the slot. */
static size_t slot_of(struct slice bytes)
{
        uint32_t tail;
        memcpy(&tail, bytes.data + bytes.size - sizeof(tail), sizeof(tail));
        return tail % LIMIT_PASSPORTS_KEPT;
}

int passport_verify(struct passport_cache *cache, struct slice signed_passport, int64_t now_ms,
                    const struct verified_passport **ret, struct err_info *info)
{
        if (signed_passport.size < crypto_sign_BYTES || signed_passport.size > LIMIT_PASSPORT_BYTES)
                return err_set(info, ERR_FORGED, "passport: missing or of impossible size");

        struct verified_passport **slot = &cache->slots[slot_of(signed_passport)];
        struct verified_passport *kept = *slot;
        if (kept == NULL || !slice_equal(kept->bytes, signed_passport)) {
                struct verified_passport *fresh = calloc(1, sizeof(*fresh));
                require(fresh != NULL);
                atomic_init(&fresh->references, 1);
                fresh->bytes = arena_copy_slice(&fresh->arena, signed_passport);
                int err = verify(cache, fresh->bytes, fresh, info);
                if (err != 0) {
                        passport_release(fresh);
                        return err;
                }
                passport_release(kept);
                *slot = kept = fresh;
        }
        if (kept->passport->expires_at_ms <= now_ms)
                return err_set(info, ERR_FORGED, "passport: expired");
        if (kept->passport->expires_at_ms > now_ms + LIMIT_PASSPORT_LIFE_MS)
                return err_set(info, ERR_FORGED, "passport: good for more than %d minutes (or a clock is behind)",
                               LIMIT_PASSPORT_LIFE_MS / 60000);
        (void)atomic_fetch_add(&kept->references, 1);
        *ret = kept;
        return 0;
}

struct id passport_tool_account(const char *signer, const char *user)
{
        struct arena arena scoped(arena_fini) = {0};
        return id_derived(0, slice_of_text(arena_printf(&arena, "account/%s/%s", signer, user)));
}

struct id passport_account(const Wire__Passport *passport)
{
        return passport->account != NULL ? id_of(passport->account)
                                         : passport_tool_account(passport->signer, passport->user);
}

bool passport_covers(const Wire__Passport *passport, const char *territory)
{
        for (size_t i = 0; i < passport->n_territories; i++)
                if (strcmp(passport->territories[i], "*") == 0 || strcmp(passport->territories[i], territory) == 0)
                        return true;
        return false;
}

bool passport_is_organisation(const Wire__Passport *passport, struct id organisation)
{
        return passport->organisation != NULL && id_equal(id_of(passport->organisation), organisation) &&
               !id_is_zero(organisation);
}
