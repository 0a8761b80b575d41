#include "services/gateway/accounts/session.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/gateway/accounts/accounts_rows.h"
#include "services/gateway/accounts/token.h"

enum { SLOTS = 256, FINGERPRINT_SIZE = 16 };

/* One user's passport. Two users of the same slot push each other out, which costs a signature a time (30 µs). */
struct slot {
        struct arena arena;
        uint8_t fingerprint[FINGERPRINT_SIZE]; /* of the account's row that it was made from */
        int64_t expires_at_ms;
        struct session session; /* passport NULL: empty */
};

struct sessions {
        const char *signer;
        session_sign_f sign;
        void *argument;
        struct slot slots[SLOTS];
};

struct sessions *sessions_new(const char *signer, session_sign_f sign, void *argument)
{
        struct sessions *sessions = calloc(1, sizeof(*sessions));
        require(sessions != NULL);
        sessions->signer = signer;
        sessions->sign = sign;
        sessions->argument = argument;
        return sessions;
}

void sessions_free(struct sessions *sessions)
{
        if (sessions == NULL)
                return;
        for (size_t i = 0; i < SLOTS; i++)
                arena_fini(&sessions->slots[i].arena);
        free(sessions);
}

static void issue(struct sessions *sessions, struct slot *slot, struct slice row, int64_t now_ms)
{
        slot->session.passport = NULL;
        arena_reset(&slot->arena);
        const Gateway__AccountRow *user =
                pb_decode(&gateway__account_row__descriptor, arena_copy_slice(&slot->arena, row), &slot->arena);
        require(user != NULL);
        Wire__Passport *passport = pb_new(&wire__passport__descriptor, &slot->arena);
        passport->user = user->name;
        passport->account = user->user_id;
        passport->role = user->role;
        passport->organisation = user->organisation;
        passport->territories = user->territories;
        passport->n_territories = user->n_territories;
        slot->session.token_ends_ms = user->token_ends->ms;
        passport->expires_at_ms = now_ms + SESSION_PASSPORT_MS;
        if (passport->expires_at_ms > slot->session.token_ends_ms)
                passport->expires_at_ms = slot->session.token_ends_ms;
        passport->signer = arena_text(&slot->arena, sessions->signer);
        slot->expires_at_ms = passport->expires_at_ms;
        slot->session.passport = passport;
        slot->session.signed_passport = sessions->sign(sessions->argument, passport, &slot->arena);
}

/* The passport of an account that is let in by a token of this hash. */
static const struct session *session_of(struct sessions *sessions, const Gateway__AccountRow *user, uint8_t first,
                                        int64_t now_ms)
{
        struct arena arena scoped(arena_fini) = {0};
        uint8_t fingerprint[FINGERPRINT_SIZE];
        struct slice row = pb_encode(user, &arena);
        require(crypto_generichash(fingerprint, sizeof(fingerprint), row.data, row.size, NULL, 0) == 0);
        struct slot *slot = &sessions->slots[first];
        /* the clock may jump: a passport from the future is renewed too */
        bool fresh =
                slot->session.passport != NULL && memcmp(slot->fingerprint, fingerprint, sizeof(fingerprint)) == 0 &&
                slot->expires_at_ms - now_ms > SESSION_RENEW_MS && slot->expires_at_ms - now_ms <= SESSION_PASSPORT_MS;
        if (!fresh) {
                issue(sessions, slot, row, now_ms);
                memcpy(slot->fingerprint, fingerprint, sizeof(fingerprint));
        }
        return &slot->session;
}

const struct session *sessions_open(struct sessions *sessions, struct txn *txn, const char *authorization,
                                    int64_t now_ms)
{
        struct arena arena scoped(arena_fini) = {0};
        uint8_t hash[TOKEN_DIGEST_SIZE];

        bool good = token_of_authorization(authorization, hash);
        const Gateway__AccountRow *user = store_find_by_token(txn, slice_of(hash, sizeof(hash)), &arena);
        if (!good || user == NULL || user->token_ends->ms <= now_ms) /* Security: at its instant, not a moment later */
                return NULL;
        return session_of(sessions, user, hash[0], now_ms);
}

bool sessions_stand(struct txn *txn, const char *authorization, int64_t now_ms)
{
        struct arena arena scoped(arena_fini) = {0};
        uint8_t hash[TOKEN_DIGEST_SIZE];
        bool good = token_of_authorization(authorization, hash);
        const Gateway__AccountRow *user = store_find_by_token(txn, slice_of(hash, sizeof(hash)), &arena);
        return good && user != NULL && user->token_ends->ms > now_ms;
}

const struct session *sessions_open_again(struct sessions *sessions, struct txn *txn, const char *authorization,
                                          const struct id *key, int64_t now_ms)
{
        struct arena arena scoped(arena_fini) = {0};
        uint8_t hash[TOKEN_DIGEST_SIZE];

        bool good = token_of_authorization(authorization, hash);
        const Gateway__AccountRow *user = store_find_by_token_before(txn, slice_of(hash, sizeof(hash)), &arena);
        if (!good || user == NULL || !id_equal(id_of(user->renewed_by_command), *key))
                return NULL;
        /* Security: who stole the token before and hears of the key has minutes, not days. */
        if (now_ms - user->renewed_at->ms > SESSION_AGAIN_MS || user->token_ends->ms <= now_ms)
                return NULL;
        return session_of(sessions, user, hash[0], now_ms);
}
