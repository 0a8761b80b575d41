/* passport.h: who is acting. A gateway (or an operator's tool) signs a Passport with Ed25519; every daemon verifies it.
 * A verification costs 60 µs, so what was verified is remembered, byte for byte, until it expires. */
#ifndef COMMON_CODEC_PASSPORT_H
#define COMMON_CODEC_PASSPORT_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/id.h"
#include "envelope.pb-c.h"

enum { SIGNING_SEED_SIZE = 32, SIGNING_PUBLIC_SIZE = 32, SIGNING_SECRET_SIZE = 64 };

struct signer {
        const char *name; /* borrowed from the topology */
        uint8_t public_key[SIGNING_PUBLIC_SIZE];
        bool is_daemon;  /* speaks for itself alone (role SERVICE), and for no person */
        bool is_gateway; /* states whose key it has seen; what is neither is a tool's, which states whom it likes */
};

/* The serialised SignedPassport. */
struct slice passport_sign(const Wire__Passport *passport, const uint8_t secret[SIGNING_SECRET_SIZE],
                           struct arena *arena) ATTR_MUST_CHECK;

struct passport_cache;
struct passport_cache *passport_cache_new(const struct signer *signers, size_t count); /* signers are borrowed */
void passport_cache_free(struct passport_cache *cache);

/* The passport, owned by the cache until `*ret` is given back; NULL with a reason in `info`: forged, unknown signer,
 * expired at now_ms, or good for longer than LIMIT_PASSPORT_LIFE_MS from then on: whoever could sign once must not have
 * signed for ever. One thread only. passport_release() may be called from any thread. */
struct verified_passport;
int passport_verify(struct passport_cache *cache, struct slice signed_passport, int64_t now_ms,
                    const struct verified_passport **ret, struct err_info *info) ATTR_MUST_CHECK;
void passport_release(const struct verified_passport *passport);
const Wire__Passport *passport_of(const struct verified_passport *passport);

/* The account that acts, as events keep it. A tool's passport names none: its id is derived from who signed it and the
 * user that it states, so that two tools' users of one name are two. */
struct id passport_account(const Wire__Passport *passport);
struct id passport_tool_account(const char *signer, const char *user);

/* Questions on scope. "*" among the territories is the whole region. */
bool passport_covers(const Wire__Passport *passport, const char *territory);
bool passport_is_organisation(const Wire__Passport *passport, struct id organisation);

#endif
