#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/store/vault.h"

struct room {
        struct vault *vault;
        struct world world;
        struct arena arena;
        char directory[64];
        uint8_t master_key[VAULT_KEY_SIZE];
        struct id person, other;
};

static void open_vault(struct room *r)
{
        struct vault_options options = {
                .service = "test-keys",
                .directory = r->directory,
                .master_key = r->master_key,
                .partition = 7,
                .world = &r->world,
        };
        struct err_info info = {0};
        if (vault_open(&options, &r->vault, &info) != 0)
                fail_msg("%s", info.text);
}

static int setup(void **state)
{
        struct room *r = calloc(1, sizeof(*r));
        assert_non_null(r);
        r->world = world_seeded(7, 1792324800000);
        memset(r->master_key, 0x5a, sizeof(r->master_key));
        (void)snprintf(r->directory, sizeof(r->directory), "/tmp/guichet-vault-XXXXXX");
        assert_non_null(mkdtemp(r->directory));
        r->person = id_derived(1, slice_of_text("person"));
        r->other = id_derived(1, slice_of_text("other"));
        open_vault(r);
        *state = r;
        return 0;
}

static int teardown(void **state)
{
        static const char *const files[] = {"data.mdb", "lock.mdb"};
        struct room *r = *state;
        char path[128];
        vault_close(r->vault);
        arena_fini(&r->arena);
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                (void)snprintf(path, sizeof(path), "%s/%s", r->directory, files[i]);
                (void)unlink(path);
        }
        (void)rmdir(r->directory);
        free(r);
        return 0;
}

static struct slice seal(struct room *r, struct id id, const char *text)
{
        struct slice sealed;
        assert_int_equal(vault_seal(r->vault, id, slice_of_text(text), &r->arena, &sealed), 0);
        return sealed;
}

static void opens_to(struct room *r, struct id id, struct slice sealed, const char *text)
{
        struct slice plain;
        assert_int_equal(vault_unseal(r->vault, id, sealed, &r->arena, &plain), 0);
        assert_true(slice_equal(plain, slice_of_text(text)));
}

static void does_not_open(struct room *r, struct id id, struct slice sealed, int err)
{
        struct slice plain;
        assert_int_equal(vault_unseal(r->vault, id, sealed, &r->arena, &plain), err);
}

static bool contains(struct slice where, const char *what)
{
        return memmem(where.data, where.size, what, strlen(what)) != NULL;
}

static void test_sealed_before_and_after_the_flush(void **state)
{
        struct room *r = *state;
        vault_make_key(r->vault, r->person);
        struct slice before = seal(r, r->person, "un secret");
        assert_false(contains(before, "secret"));
        opens_to(r, r->person, before, "un secret");
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        opens_to(r, r->person, before, "un secret");
        struct slice after = seal(r, r->person, "un secret");
        assert_false(slice_equal(before, after)); /* another nonce */

        vault_close(r->vault);
        r->vault = NULL;
        open_vault(r);
        opens_to(r, r->person, before, "un secret");
        opens_to(r, r->person, after, "un secret");
}

static void test_a_key_that_was_not_flushed_is_gone(void **state)
{
        struct room *r = *state;
        vault_make_key(r->vault, r->person);
        struct slice sealed = seal(r, r->person, "un secret");
        vault_close(r->vault);
        r->vault = NULL;
        open_vault(r);
        does_not_open(r, r->person, sealed, ERR_NOT_FOUND);
}

static void test_bound_to_the_person(void **state)
{
        struct room *r = *state;
        vault_make_key(r->vault, r->person);
        vault_make_key(r->vault, r->other);
        struct slice sealed = seal(r, r->person, "un secret");
        does_not_open(r, r->other, sealed, ERR_FORGED);
        does_not_open(r, id_derived(1, slice_of_text("nobody")), sealed, ERR_NOT_FOUND);
}

static void test_tampering(void **state)
{
        struct room *r = *state;
        vault_make_key(r->vault, r->person);
        struct slice sealed = seal(r, r->person, "un secret");
        uint8_t *bytes = arena_copy(&r->arena, sealed.data, sealed.size);
        for (size_t i = 0; i < sealed.size; i++) {
                bytes[i] ^= 1;
                does_not_open(r, r->person, slice_of(bytes, sealed.size), ERR_FORGED);
                bytes[i] ^= 1;
        }
        for (size_t size = 0; size < sealed.size; size++)
                does_not_open(r, r->person, slice_of(bytes, size), ERR_FORGED);
        opens_to(r, r->person, slice_of(bytes, sealed.size), "un secret");
}

static void test_another_master_key(void **state)
{
        struct room *r = *state;
        uint8_t other[VAULT_KEY_SIZE] = {1};
        struct err_info info = {0};
        struct vault_options options = {.service = "test-keys",
                                        .directory = r->directory,
                                        .master_key = other,
                                        .partition = 7,
                                        .world = &r->world};
        vault_close(r->vault);
        r->vault = NULL;
        assert_int_equal(vault_check(&options, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "another master key"));
        assert_int_equal(vault_open(&options, &r->vault, &info), ERR_CONFIG);
        assert_null(r->vault);
        options.master_key = r->master_key;
        assert_int_equal(vault_check(&options, &info), 0);
        open_vault(r);
}

/* Its keys deleted must not read as "everybody was lawfully erased". */
static void test_keys_that_are_gone_are_lost(void **state)
{
        struct room *r = *state;
        struct err_info info = {0};
        char path[128];
        struct vault_options options = {.service = "test-keys",
                                        .directory = r->directory,
                                        .master_key = r->master_key,
                                        .partition = 7,
                                        .world = &r->world,
                                        .must_exist = true};
        vault_close(r->vault);
        r->vault = NULL;
        (void)snprintf(path, sizeof(path), "%s/data.mdb", r->directory);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(vault_check(&options, &info), ERR_STORE);
        assert_int_equal(vault_open(&options, &r->vault, &info), ERR_STORE);
        assert_non_null(strstr(info.text, "lost"));
        open_vault(r);
}

/* Many at once: the list of new keys grows, and each keeps its own. */
static void test_many(void **state)
{
        enum { MANY = 300 };
        struct room *r = *state;
        struct id ids[MANY];
        struct slice sealed[MANY];
        for (size_t i = 0; i < MANY; i++) {
                ids[i] = id_derived((int64_t)i, slice_of_text("many"));
                vault_make_key(r->vault, ids[i]);
                sealed[i] = seal(r, ids[i], "un secret");
        }
        for (size_t i = 0; i < MANY; i++)
                opens_to(r, ids[i], sealed[i], "un secret");
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        for (size_t i = 0; i < MANY; i++)
                opens_to(r, ids[i], sealed[i], "un secret");
        does_not_open(r, ids[0], sealed[1], ERR_FORGED);
}

static void test_a_full_disk_leaves_no_key_behind(void **state)
{
        struct room *r = *state;
        struct err_info info = {0};
        vault_make_key(r->vault, r->person);
        struct slice sealed = seal(r, r->person, "un secret");
        r->world.commits_until_fault = 0;
        r->world.fault_errno = ENOSPC;
        assert_int_equal(vault_flush(r->vault, &info), ERR_DISK_FULL);
        does_not_open(r, r->person, sealed, ERR_NOT_FOUND); /* hours of a full disk gather nothing in memory */
        r->world.commits_until_fault = -1;

        vault_make_key(r->vault, r->person); /* the command comes again */
        sealed = seal(r, r->person, "un secret");
        assert_int_equal(vault_flush(r->vault, &info), 0);
        vault_close(r->vault);
        r->vault = NULL;
        open_vault(r);
        opens_to(r, r->person, sealed, "un secret");
}

/* What a destroyed key sealed opens no more: at once, after the flush, and after a restart; others are not touched. */
static void test_a_destroyed_key(void **state)
{
        struct room *r = *state;
        vault_make_key(r->vault, r->person);
        vault_make_key(r->vault, r->other);
        struct slice sealed = seal(r, r->person, "un secret"), others = seal(r, r->other, "un autre");
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        vault_destroy_key(r->vault, r->person);
        does_not_open(r, r->person, sealed, ERR_NOT_FOUND);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        does_not_open(r, r->person, sealed, ERR_NOT_FOUND);
        vault_close(r->vault);
        r->vault = NULL;
        open_vault(r);
        does_not_open(r, r->person, sealed, ERR_NOT_FOUND);
        opens_to(r, r->other, others, "un autre");
}

static bool is_in_the_file(struct room *r, struct slice bytes)
{
        char path[128];
        static uint8_t file[1 << 20];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", r->directory);
        FILE *stream = fopen(path, "rbe");
        assert_non_null(stream);
        size_t size = fread(file, 1, sizeof(file), stream);
        assert_int_equal(fclose(stream), 0);
        return memmem(file, size, bytes.data, bytes.size) != NULL;
}

/* Neither in a freed page nor between the rows of one: a wrapped key stands behind its id. */
static void test_nothing_of_a_destroyed_key_is_left(void **state)
{
        struct room *r = *state;
        for (int i = 0; i < 500; i++) {
                char name[16];
                (void)snprintf(name, sizeof(name), "%d", i);
                vault_make_key(r->vault, id_derived(2, slice_of_text(name)));
        }
        vault_make_key(r->vault, r->person);
        vault_make_key(r->vault, r->other);
        struct slice others = seal(r, r->other, "un autre");
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        assert_true(is_in_the_file(r, id_slice(&r->person)));
        vault_destroy_key(r->vault, r->person);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        assert_false(is_in_the_file(r, id_slice(&r->person)));
        assert_true(is_in_the_file(r, id_slice(&r->other)));
        opens_to(r, r->other, others, "un autre");
        vault_make_key(r->vault, r->person); /* and it goes on */
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        assert_true(vault_has_key(r->vault, r->person));
}

/* However many are erased, the store is not copied for each of them: nothing opens any more, the bytes go later. */
static void test_many_are_shed_together(void **state)
{
        struct room *r = *state;
        vault_make_key(r->vault, r->person);
        vault_make_key(r->vault, r->other);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        vault_destroy_key(r->vault, r->person);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        assert_false(is_in_the_file(r, id_slice(&r->person)));
        assert_false(vault_wants_shed(r->vault));
        vault_destroy_key(r->vault, r->other);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        assert_false(vault_has_key(r->vault, r->other));
        assert_true(vault_wants_shed(r->vault));
        assert_int_equal(vault_shed(r->vault, NULL), 0);
        assert_true(is_in_the_file(r, id_slice(&r->other)));
        r->world.now_ms_value += VAULT_SHED_PAUSE_MS;
        assert_int_equal(vault_shed(r->vault, NULL), 0);
        assert_false(is_in_the_file(r, id_slice(&r->other)));
        assert_false(vault_wants_shed(r->vault));
}

/* What could not be copied when the key was destroyed is shed as the vault opens again. */
static void test_shed_at_the_next_opening(void **state)
{
        struct room *r = *state;
        char blocked[160];
        vault_make_key(r->vault, r->person);
        vault_make_key(r->vault, r->other);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        (void)snprintf(blocked, sizeof(blocked), "%s.shed", r->directory);
        FILE *stream = fopen(blocked, "we"); /* a file where the copy's directory should be */
        assert_non_null(stream);
        assert_int_equal(fclose(stream), 0);
        vault_destroy_key(r->vault, r->person);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        assert_false(vault_has_key(r->vault, r->person));
        assert_true(is_in_the_file(r, id_slice(&r->person)));
        assert_int_equal(unlink(blocked), 0);
        vault_close(r->vault);
        r->vault = NULL;
        open_vault(r);
        assert_false(is_in_the_file(r, id_slice(&r->person)));
        assert_true(vault_has_key(r->vault, r->other));
}

static void test_made_and_destroyed_in_one_batch(void **state)
{
        struct room *r = *state;
        vault_make_key(r->vault, r->person);
        struct slice sealed = seal(r, r->person, "un secret");
        vault_destroy_key(r->vault, r->person);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        does_not_open(r, r->person, sealed, ERR_NOT_FOUND);
}

/* The batch that asked for it is not committed: the key stays. */
static void test_a_full_disk_destroys_nothing(void **state)
{
        struct room *r = *state;
        vault_make_key(r->vault, r->person);
        struct slice sealed = seal(r, r->person, "un secret");
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        vault_destroy_key(r->vault, r->person);
        r->world.commits_until_fault = 0;
        r->world.fault_errno = ENOSPC;
        assert_int_equal(vault_flush(r->vault, NULL), ERR_DISK_FULL);
        r->world.commits_until_fault = -1;
        opens_to(r, r->person, sealed, "un secret");
}

/* Neither the person's key nor the master key is in the file: only the wrapped one. */
static void test_keys_are_wrapped(void **state)
{
        struct room *r = *state;
        char path[128];
        static uint8_t file[1 << 20];
        struct world same = r->world;
        uint8_t key[VAULT_KEY_SIZE];
        same.random(&same, key, sizeof(key)); /* what the vault is about to draw */
        vault_make_key(r->vault, r->person);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        (void)snprintf(path, sizeof(path), "%s/data.mdb", r->directory);
        FILE *stream = fopen(path, "rb");
        assert_non_null(stream);
        size_t size = fread(file, 1, sizeof(file), stream);
        assert_int_equal(fclose(stream), 0);
        assert_non_null(memmem(file, size, r->person.b, sizeof(r->person.b)));
        assert_null(memmem(file, size, key, sizeof(key)));
        assert_null(memmem(file, size, r->master_key, sizeof(r->master_key)));
}

static void test_another_partitions_keys_are_refused(void **state)
{
        struct room *r = *state;
        struct err_info info = {0};
        struct vault *vault = NULL;
        struct vault_options options = {
                .service = "test-keys",
                .directory = r->directory,
                .master_key = r->master_key,
                .partition = 8,
                .world = &r->world,
        };
        vault_close(r->vault);
        r->vault = NULL;
        assert_int_equal(vault_open(&options, &vault, &info), ERR_CONFIG);
        assert_null(vault);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_sealed_before_and_after_the_flush, setup, teardown),
                cmocka_unit_test_setup_teardown(test_a_key_that_was_not_flushed_is_gone, setup, teardown),
                cmocka_unit_test_setup_teardown(test_bound_to_the_person, setup, teardown),
                cmocka_unit_test_setup_teardown(test_tampering, setup, teardown),
                cmocka_unit_test_setup_teardown(test_another_master_key, setup, teardown),
                cmocka_unit_test_setup_teardown(test_keys_that_are_gone_are_lost, setup, teardown),
                cmocka_unit_test_setup_teardown(test_many, setup, teardown),
                cmocka_unit_test_setup_teardown(test_a_full_disk_leaves_no_key_behind, setup, teardown),
                cmocka_unit_test_setup_teardown(test_a_destroyed_key, setup, teardown),
                cmocka_unit_test_setup_teardown(test_nothing_of_a_destroyed_key_is_left, setup, teardown),
                cmocka_unit_test_setup_teardown(test_many_are_shed_together, setup, teardown),
                cmocka_unit_test_setup_teardown(test_shed_at_the_next_opening, setup, teardown),
                cmocka_unit_test_setup_teardown(test_made_and_destroyed_in_one_batch, setup, teardown),
                cmocka_unit_test_setup_teardown(test_a_full_disk_destroys_nothing, setup, teardown),
                cmocka_unit_test_setup_teardown(test_keys_are_wrapped, setup, teardown),
                cmocka_unit_test_setup_teardown(test_another_partitions_keys_are_refused, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
