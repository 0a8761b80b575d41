/* Keys are written once, for their owner only, and read back the same; anything less is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/codec/z85.h"
#include "common/service/topology.h"

static char directory[] = "/tmp/guichet-secrets-XXXXXX";
static char path[64];

static void test_round_trip(void **state)
{
        (void)state;
        struct topology topology = {.directory = directory};
        struct secrets made;
        struct secrets read;
        struct err_info info = {0};
        assert_int_equal(secrets_create(directory, "ctl", &made, &info), 0);
        assert_int_equal(secrets_load(&topology, "ctl", &read, &info), 0);
        assert_memory_equal(&made, &read, sizeof(made));
        assert_true(z85_is_key(made.curve_public));
        assert_true(z85_is_key(made.curve_secret));
        assert_string_not_equal(made.curve_public, made.curve_secret);

        struct stat facts;
        assert_int_equal(stat(path, &facts), 0);
        assert_int_equal(facts.st_mode & 0777, 0600);
}

static void test_signing_key_signs(void **state)
{
        (void)state;
        struct topology topology = {.directory = directory};
        struct secrets secrets;
        uint8_t public_key[SIGNING_PUBLIC_SIZE];
        uint8_t signature[crypto_sign_BYTES];
        assert_int_equal(secrets_load(&topology, "ctl", &secrets, NULL), 0);
        assert_int_equal(crypto_sign_ed25519_sk_to_pk(public_key, secrets.signing_secret), 0);
        assert_int_equal(crypto_sign_detached(signature, NULL, (const uint8_t *)"x", 1, secrets.signing_secret), 0);
        assert_int_equal(crypto_sign_verify_detached(signature, (const uint8_t *)"x", 1, public_key), 0);
}

/* The key that all instances of a service share: none is no fault, one that is there stays, a damaged one is told. */
static void test_a_shared_key(void **state)
{
        (void)state;
        struct secrets first = {0}, again = {0};
        struct err_info info = {0};
        struct stat facts;
        char shared[96];
        assert_int_equal(secrets_load_shared(directory, "persons", &first, &info), 0);
        assert_false(first.has_shared_key);
        assert_int_equal(secrets_create_shared(directory, "persons", &info), 0);
        assert_int_equal(secrets_load_shared(directory, "persons", &first, &info), 0);
        assert_true(first.has_shared_key);
        assert_int_equal(secrets_create_shared(directory, "persons", &info), 0);
        assert_int_equal(secrets_load_shared(directory, "persons", &again, &info), 0);
        assert_memory_equal(first.shared_key, again.shared_key, sizeof(first.shared_key));

        (void)snprintf(shared, sizeof(shared), "%s/keys/persons.key", directory);
        assert_int_equal(stat(shared, &facts), 0);
        assert_int_equal(facts.st_mode & 0777, 0600);
        FILE *file = fopen(shared, "we");
        assert_non_null(file);
        (void)fputs("{\"shared_key\": \"00\"}", file);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(secrets_load_shared(directory, "persons", &again, &info), ERR_CONFIG);
        assert_int_equal(chmod(shared, 0644), 0);
        assert_int_equal(secrets_load_shared(directory, "persons", &again, &info), ERR_CONFIG);
        assert_int_equal(unlink(shared), 0);
}

static void test_never_overwritten(void **state)
{
        (void)state;
        struct secrets secrets;
        struct err_info info = {0};
        assert_int_equal(secrets_create(directory, "ctl", &secrets, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "cannot be made"));
}

static void test_open_to_others(void **state)
{
        (void)state;
        struct topology topology = {.directory = directory};
        struct secrets secrets;
        struct err_info info = {0};
        static const mode_t modes[] = {0640, 0604, 0620, 0601};
        for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
                assert_int_equal(chmod(path, modes[i]), 0);
                assert_int_equal(secrets_load(&topology, "ctl", &secrets, &info), ERR_CONFIG);
                assert_non_null(strstr(info.text, "chmod 600"));
        }
        assert_int_equal(chmod(path, 0600), 0);
        assert_int_equal(secrets_load(&topology, "ctl", &secrets, &info), 0);
}

/* A key file of another network, or of a neighbour of this one. */
static void test_not_the_topologys(void **state)
{
        (void)state;
        struct secrets secrets;
        struct err_info info = {0};
        struct topology topology = {.directory = directory};
        assert_int_equal(secrets_load(&topology, "ctl", &secrets, &info), 0);
        char other[CURVE_TEXT_SIZE];
        memcpy(other, secrets.curve_public, sizeof(other));
        other[0] = other[0] == '0' ? '1' : '0';
        struct peer peer = {.name = "ctl", .public_key = other};
        topology.peers = &peer;
        topology.peer_count = 1;
        assert_int_equal(secrets_load(&topology, "ctl", &secrets, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "not the key that the topology names for ctl"));
        assert_int_equal(secrets_load(&(struct topology){.directory = directory}, "ctl", &secrets, &info), 0);
        peer.public_key = secrets.curve_public;
        struct signer signer = {.name = "ctl"};
        topology.signers = &signer;
        topology.signer_count = 1;
        struct secrets again;
        assert_int_equal(secrets_load(&topology, "ctl", &again, &info), ERR_CONFIG);
        assert_int_equal(crypto_sign_ed25519_sk_to_pk(signer.public_key, secrets.signing_secret), 0);
        assert_int_equal(secrets_load(&topology, "ctl", &again, &info), 0);
}

static void test_missing_and_damaged(void **state)
{
        (void)state;
        struct topology topology = {.directory = directory};
        struct secrets secrets;
        struct err_info info = {0};
        assert_int_equal(secrets_load(&topology, "nobody", &secrets, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "nobody.key"));
        static const char *const damaged[] = {"", "{", "[]", "{\"curve_public\":\"short\"}"};
        for (size_t i = 0; i < ARRAY_SIZE(damaged); i++) {
                FILE *file = fopen(path, "we");
                assert_non_null(file);
                assert_true(fputs(damaged[i], file) >= 0);
                assert_int_equal(fclose(file), 0);
                assert_int_equal(secrets_load(&topology, "ctl", &secrets, &info), ERR_CONFIG);
                assert_non_null(strstr(info.text, "missing or damaged"));
        }
}

static int make_directory(void **state)
{
        (void)state;
        if (mkdtemp(directory) == NULL)
                return -1;
        (void)snprintf(path, sizeof(path), "%s/keys/ctl.key", directory);
        return 0;
}

static int remove_directory(void **state)
{
        (void)state;
        char keys[64];
        (void)snprintf(keys, sizeof(keys), "%s/keys", directory);
        return unlink(path) == 0 && rmdir(keys) == 0 && rmdir(directory) == 0 ? 0 : -1;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_round_trip),          cmocka_unit_test(test_signing_key_signs),
                cmocka_unit_test(test_a_shared_key),        cmocka_unit_test(test_never_overwritten),
                cmocka_unit_test(test_open_to_others),      cmocka_unit_test(test_not_the_topologys),
                cmocka_unit_test(test_missing_and_damaged),
        };
        return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
