#include "services/gateway/visitors/session.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/codec/token.h"
#include "services/gateway/visitors/visitors_rows.h"

enum { SLOTS = 256, FINGERPRINT_SIZE = 16 };

/* One key's passport. Two keys of the same slot push each other out, which costs a signature a time (30 µs). */
struct slot {
        struct arena arena;
        uint8_t fingerprint[FINGERPRINT_SIZE]; /* of the rows that it was made from */
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

/* Whom a key lets in. */
struct holder {
        const Gateway__KeyCopy *key;
        const Gateway__MembershipCopy *membership;
        const Gateway__AccountCopy *account;
        int64_t ends_ms;
        const char *place;
};

/* False: the account is closed, or she has left that role. */
static bool find_holder(struct txn *txn, const Gateway__KeyCopy *key, struct arena *arena, struct holder *ret)
{
        if (key == NULL)
                return false;
        *ret = (struct holder){key, visitors_membership(txn, id_of(key->given->membership_id), arena),
                               visitors_account(txn, id_of(key->given->account_id), arena), key->given->ends->ms, ""};
        return ret->membership != NULL && !ret->membership->ended && ret->account != NULL && !ret->account->closed;
}

static void fill_passport(const struct holder *holder, Wire__Passport *passport)
{
        const Accounts__Membership *membership = holder->membership->what;
        passport->user = holder->account->name;
        passport->account = holder->key->given->account_id;
        passport->membership = holder->key->given->membership_id;
        passport->key = holder->key->given->key_id;
        passport->role = membership->role;
        passport->organisation = membership->organisation;
        passport->place = (char *)(uintptr_t)holder->place;
        passport->territories = membership->territories;
        passport->n_territories = membership->n_territories;
}

/* What the passport says, without its end: the same as long as the rows are. */
static struct slice what_is_said(const struct holder *holder, struct arena *arena)
{
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        fill_passport(holder, &passport);
        passport.expires_at_ms = holder->ends_ms;
        return pb_encode(&passport, arena);
}

static void issue(struct sessions *sessions, struct slot *slot, const struct holder *holder, int64_t now_ms)
{
        slot->session.passport = NULL;
        arena_reset(&slot->arena);
        /* a copy of its own: the holder's rows are the request's */
        Wire__Passport *passport =
                pb_decode(&wire__passport__descriptor, what_is_said(holder, &slot->arena), &slot->arena);
        const Accounts__KeyGiven *key =
                pb_decode(&accounts__key_given__descriptor, pb_encode(holder->key->given, &slot->arena), &slot->arena);
        require(passport != NULL && key != NULL);
        slot->session.token_ends_ms = holder->ends_ms;
        slot->session.scopes = key->scopes;
        slot->session.scope_count = key->n_scopes;
        passport->expires_at_ms = now_ms + SESSION_PASSPORT_MS;
        if (passport->expires_at_ms > holder->ends_ms)
                passport->expires_at_ms = holder->ends_ms;
        passport->signer = arena_text(&slot->arena, sessions->signer);
        slot->expires_at_ms = passport->expires_at_ms;
        slot->session.passport = passport;
        slot->session.signed_passport = sessions->sign(sessions->argument, passport, &slot->arena);
}

/* Security: how long it may rest is counted from the last use that was told of it, which is a sixth of that time before
 * the last one at most: so it ends that much sooner, and never later. */
static int64_t rests_from_ms(const Gateway__KeyCopy *key)
{
        const int64_t given_ms = key->given_at == NULL ? 0 : key->given_at->ms;
        return key->used_at != NULL && key->used_at->ms > given_ms ? key->used_at->ms : given_ms;
}

static const struct session *session_of(struct sessions *sessions, const struct holder *holder, uint8_t first,
                                        int64_t now_ms)
{
        struct arena arena scoped(arena_fini) = {0};
        uint8_t fingerprint[FINGERPRINT_SIZE];
        struct slice said = what_is_said(holder, &arena);
        require(crypto_generichash(fingerprint, sizeof(fingerprint), said.data, said.size, NULL, 0) == 0);
        struct slot *slot = &sessions->slots[first];
        /* the clock may jump: a passport from the future is renewed too */
        bool fresh =
                slot->session.passport != NULL && memcmp(slot->fingerprint, fingerprint, sizeof(fingerprint)) == 0 &&
                slot->expires_at_ms - now_ms > SESSION_RENEW_MS && slot->expires_at_ms - now_ms <= SESSION_PASSPORT_MS;
        if (!fresh) {
                issue(sessions, slot, holder, now_ms);
                memcpy(slot->fingerprint, fingerprint, sizeof(fingerprint));
        }
        slot->session.used_on = holder->key->used_on == NULL ? 0 : holder->key->used_on->days;
        slot->session.touch_at_ms = holder->key->given->idle_s == 0
                                            ? INT64_MAX
                                            : rests_from_ms(holder->key) + holder->key->given->idle_s * INT64_C(1000) /
                                                                                   LIMIT_SESSION_TOUCHES;
        return &slot->session;
}

static bool has_rested(const Gateway__KeyCopy *key, int64_t now_ms)
{
        return key->given->idle_s != 0 && now_ms - rests_from_ms(key) >= key->given->idle_s * INT64_C(1000);
}

/* Whom it lets in. */
static bool find_open(struct txn *txn, const uint8_t hash[TOKEN_DIGEST_SIZE], int64_t now_ms, struct arena *arena,
                      struct holder *ret)
{
        const Gateway__KeyCopy *key = visitors_key(txn, slice_of(hash, TOKEN_DIGEST_SIZE), arena);
        /* Security: at its instant, not a moment later; and one that its holder replaced opens nothing. */
        return key != NULL && key->replaced_by_command == NULL && key->given->ends->ms > now_ms &&
               !has_rested(key, now_ms) && find_holder(txn, key, arena, ret);
}

const struct session *sessions_open(struct sessions *sessions, struct txn *txn, const struct arrival *arrival,
                                    int64_t now_ms)
{
        struct arena arena scoped(arena_fini) = {0};
        uint8_t hash[TOKEN_DIGEST_SIZE];
        struct holder holder;
        if (!token_of_authorization(arrival->authorization, hash) || !find_open(txn, hash, now_ms, &arena, &holder))
                return NULL;
        holder.place = arrival->place;
        return session_of(sessions, &holder, hash[0], now_ms);
}

bool sessions_stand(struct txn *txn, const char *authorization, int64_t now_ms)
{
        struct arena arena scoped(arena_fini) = {0};
        uint8_t hash[TOKEN_DIGEST_SIZE];
        struct holder holder;
        return token_of_authorization(authorization, hash) && find_open(txn, hash, now_ms, &arena, &holder);
}

const struct session *sessions_open_again(struct sessions *sessions, struct txn *txn, const char *authorization,
                                          const struct id *key, int64_t now_ms)
{
        struct arena arena scoped(arena_fini) = {0};
        uint8_t hash[TOKEN_DIGEST_SIZE];
        struct holder holder;

        bool good = token_of_authorization(authorization, hash);
        const Gateway__KeyCopy *before = visitors_key(txn, slice_of(hash, sizeof(hash)), &arena);
        if (!good || before == NULL || before->replaced_by_command == NULL ||
            !id_equal(id_of(before->replaced_by_command), *key) || !find_holder(txn, before, &arena, &holder))
                return NULL;
        /* Security: who stole the token before and hears of the key has minutes, not days. */
        holder.ends_ms = before->successor_ends->ms;
        if (now_ms - before->replaced_at->ms > SESSION_AGAIN_MS || holder.ends_ms <= now_ms)
                return NULL;
        return session_of(sessions, &holder, hash[0], now_ms);
}
