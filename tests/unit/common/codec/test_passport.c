/* Who acts: signatures, the memory of what was verified, and who owns it while it is evicted. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/codec/passport.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

enum { NOW_MS = 1000000 };

struct fixture {
        struct arena arena;
        uint8_t secret[SIGNING_SECRET_SIZE];
        struct signer signers[2];
        struct passport_cache *cache;
        struct err_info info;
};

static int setup(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));
        uint8_t unused[SIGNING_SECRET_SIZE];
        assert_non_null(f);
        f->signers[0].name = "gateway-1";
        f->signers[1].name = "gateway-2";
        assert_int_equal(crypto_sign_keypair(f->signers[0].public_key, f->secret), 0);
        assert_int_equal(crypto_sign_keypair(f->signers[1].public_key, unused), 0);
        f->cache = passport_cache_new(f->signers, ARRAY_SIZE(f->signers));
        *state = f;
        return 0;
}

static int teardown(void **state)
{
        struct fixture *f = *state;
        passport_cache_free(f->cache);
        arena_fini(&f->arena);
        free(f);
        return 0;
}

static Wire__Passport passport_for(const char *user, const char *signer)
{
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        passport.user = (char *)(uintptr_t)user;
        passport.signer = (char *)(uintptr_t)signer;
        passport.role = TYPES__ROLE__FACILITATOR;
        passport.expires_at_ms = NOW_MS + 1;
        return passport;
}

static struct slice signed_for(struct fixture *f, const char *user, const char *signer)
{
        Wire__Passport passport = passport_for(user, signer);
        return passport_sign(&passport, f->secret, &f->arena);
}

static const struct verified_passport *granted(struct fixture *f, struct slice bytes)
{
        const struct verified_passport *ret = NULL;
        assert_int_equal(passport_verify(f->cache, bytes, NOW_MS, &ret, &f->info), 0);
        return ret;
}

static void refused(struct fixture *f, struct slice bytes, const char *said)
{
        const struct verified_passport *ret = NULL;
        assert_int_equal(passport_verify(f->cache, bytes, NOW_MS, &ret, &f->info), ERR_FORGED);
        assert_null(ret);
        assert_non_null(strstr(f->info.text, said));
}

static void what_was_signed_comes_back(void **state)
{
        struct fixture *f = *state;
        const struct verified_passport *verified = granted(f, signed_for(f, "anne", "gateway-1"));
        assert_string_equal(passport_of(verified)->user, "anne");
        assert_int_equal(passport_of(verified)->role, TYPES__ROLE__FACILITATOR);
        passport_release(verified);
}

/* Each single byte that is changed: no passport comes through, and the good one stays good. */
static void every_changed_byte_is_noticed(void **state)
{
        struct fixture *f = *state;
        struct slice good = signed_for(f, "anne", "gateway-1");
        passport_release(granted(f, good));
        for (size_t i = 0; i < good.size; i++) {
                const struct verified_passport *ret = NULL;
                uint8_t *bytes = arena_copy(&f->arena, good.data, good.size);
                bytes[i] ^= 0x40;
                assert_int_equal(passport_verify(f->cache, slice_of(bytes, good.size), NOW_MS, &ret, &f->info),
                                 ERR_FORGED);
        }
        passport_release(granted(f, good));
}

static void forged_unknown_and_impossible(void **state)
{
        struct fixture *f = *state;
        refused(f, signed_for(f, "anne", "gateway-2"), "signature"); /* signed by another than it says */
        refused(f, signed_for(f, "anne", "gateway-9"), "unknown signer");
        refused(f, slice_of(NULL, 0), "size");
        uint8_t junk[LIMIT_PASSPORT_BYTES + 1];
        memset(junk, 0x5a, sizeof(junk));
        refused(f, slice_of(junk, sizeof(junk)), "size");
        refused(f, slice_of(junk, 200), "cannot be read");
}

static void it_ends_at_its_instant_even_if_remembered(void **state)
{
        struct fixture *f = *state;
        const struct verified_passport *ret = NULL;
        struct slice bytes = signed_for(f, "anne", "gateway-1");
        passport_release(granted(f, bytes));
        assert_int_equal(passport_verify(f->cache, bytes, NOW_MS + 1, &ret, &f->info), ERR_FORGED);
        assert_non_null(strstr(f->info.text, "expired"));
        passport_release(granted(f, bytes)); /* a clock that went back */
}

/* Nobody, not even a gateway whose key is good, signs for longer than that. Remembered or not. */
static void none_is_good_for_longer_than_the_longest_life(void **state)
{
        struct fixture *f = *state;
        Wire__Passport passport = passport_for("anne", "gateway-1");
        passport.expires_at_ms = NOW_MS + LIMIT_PASSPORT_LIFE_MS;
        struct slice longest = passport_sign(&passport, f->secret, &f->arena);
        passport_release(granted(f, longest));
        const struct verified_passport *ret = NULL;
        assert_int_equal(passport_verify(f->cache, longest, NOW_MS - 1, &ret, &f->info), ERR_FORGED);
        const int64_t beyond[] = {NOW_MS + LIMIT_PASSPORT_LIFE_MS + 1, NOW_MS + INT64_C(86400000), INT64_MAX};
        for (size_t i = 0; i < ARRAY_SIZE(beyond); i++) {
                passport.expires_at_ms = beyond[i];
                refused(f, passport_sign(&passport, f->secret, &f->arena), "15 minutes");
        }
}

static void the_same_bytes_are_verified_once(void **state)
{
        struct fixture *f = *state;
        struct slice bytes = signed_for(f, "anne", "gateway-1");
        const struct verified_passport *one = granted(f, bytes), *other = granted(f, bytes);
        assert_ptr_equal(one, other);
        passport_release(one);
        passport_release(other);
}

/* More passports than are remembered: those in use outlive their eviction, and even the cache. ASan watches. */
static void a_passport_in_use_outlives_its_eviction(void **state)
{
        enum { MANY = 3 * LIMIT_PASSPORTS_KEPT };
        struct fixture *f = *state;
        static const struct verified_passport *held[MANY];
        for (size_t i = 0; i < MANY; i++)
                held[i] = granted(f, signed_for(f, arena_printf(&f->arena, "u%zu", i), "gateway-1"));
        passport_cache_free(f->cache);
        f->cache = NULL;
        for (size_t i = 0; i < MANY; i++) {
                assert_string_equal(passport_of(held[i])->user, arena_printf(&f->arena, "u%zu", i));
                passport_release(held[i]);
        }
        passport_release(NULL);
}

static void questions_on_scope(void **state)
{
        struct fixture *f = *state;
        char *some[] = {(char[]){"31"}, (char[]){"09"}}, *all[] = {(char[]){"*"}};
        Wire__Passport passport = passport_for("anne", "gateway-1");
        struct id own = {{1}}, other = {{2}}, zero = {{0}};
        assert_false(passport_covers(&passport, "31"));
        passport.territories = some;
        passport.n_territories = ARRAY_SIZE(some);
        assert_true(passport_covers(&passport, "09"));
        assert_false(passport_covers(&passport, "3"));
        passport.territories = all;
        passport.n_territories = 1;
        assert_true(passport_covers(&passport, "75"));

        assert_false(passport_is_organisation(&passport, own));
        assert_false(passport_is_organisation(&passport, zero));
        passport.organisation = id_to(&f->arena, own);
        assert_true(passport_is_organisation(&passport, own));
        assert_false(passport_is_organisation(&passport, other));
        passport.organisation = id_to(&f->arena, zero);
        assert_false(passport_is_organisation(&passport, zero));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(what_was_signed_comes_back),
                TEST(every_changed_byte_is_noticed),
                TEST(forged_unknown_and_impossible),
                TEST(it_ends_at_its_instant_even_if_remembered),
                TEST(none_is_good_for_longer_than_the_longest_life),
                TEST(the_same_bytes_are_verified_once),
                TEST(a_passport_in_use_outlives_its_eviction),
                TEST(questions_on_scope),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
