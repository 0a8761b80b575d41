/* The hash of an identity: the same for the same, and no two run into each other. */
#include "tests/unit/services/accounts/sign_in/provider_fixture.h"

#include "services/accounts/sign_in/binding.h"

static struct slice hash_of(struct arena *arena, const char *issuer, const char *identity_provider, const char *subject)
{
        Accounts__ProviderIdentity what = ACCOUNTS__PROVIDER_IDENTITY__INIT;
        what.issuer = arena_text(arena, issuer);
        what.identity_provider = arena_text(arena, identity_provider);
        what.subject = arena_text(arena, subject);
        return binding_hash(&what, arena);
}

static void test_hashes(void **state)
{
        struct arena arena = {0};
        (void)state;
        struct slice hash = hash_of(&arena, ISSUER, "", "42");
        assert_int_equal(hash.size, 32);
        assert_true(slice_equal(hash, hash_of(&arena, ISSUER, "", "42")));
        assert_false(slice_equal(hash, hash_of(&arena, ISSUER, "", "43")));
        assert_false(slice_equal(hash, hash_of(&arena, ISSUER, "4", "2")));
        assert_false(slice_equal(hash, hash_of(&arena, ISSUER "4", "", "2")));
        assert_false(slice_equal(hash_of(&arena, "a", "bc", "d"), hash_of(&arena, "a", "b", "cd")));
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_hashes)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
