/* Documents that lie beside a store: in a backup, and out of it. */
#include "tests/unit/services/ctl/backup/toy_network.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>

#include "common/base/directory.h"
#include "common/store/blobs.h"
#include "services/ctl/backup/put_back.h"
#include "services/ctl/backup/take.h"

enum { DOCUMENT_BYTES = 300000 };

static struct toy *the_toy; /* of the callback */
static bool could_collect;

static char *path_of(struct toy *toy, const char *run, struct blob_address address)
{
        char below[BLOB_PATH_SIZE];
        blob_path(address, below);
        return arena_printf(&toy->arena, "%s/stores/source-1/blobs/%s", run, below);
}

/* A file, and the row that names it. */
static struct blob_address attach(struct toy *toy, uint8_t first)
{
        static uint8_t bytes[DOCUMENT_BYTES];
        struct blob blob = {.size = DOCUMENT_BYTES};
        struct world world = world_real();
        for (size_t i = 0; i < sizeof(bytes); i++)
                bytes[i] = (uint8_t)(first + i * 3 + i / 255);
        (void)crypto_generichash(blob.address.b, sizeof(blob.address.b), bytes, sizeof(bytes), NULL, 0);
        char *path = path_of(toy, toy->run, blob.address);
        char *directory = arena_printf(&toy->arena, "%.*s", (int)(strrchr(path, '/') - path), path);
        assert_int_equal(directory_make(directory, &toy->info), 0);
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, sizeof(bytes), file), sizeof(bytes));
        assert_int_equal(fclose(file), 0);

        struct store *store = toy_open(toy, "source-1", &world);
        struct txn *txn = txn_begin_write(store, &toy->info);
        assert_non_null(txn);
        blob_name(txn, TOY_BLOBS, &blob, id_derived(1, slice_of(&first, 1)));
        blob_name(txn, TOY_BLOBS, &blob, id_derived(2, slice_of(&first, 1))); /* by two things */
        assert_int_equal(txn_commit(txn, &toy->info), 0);
        store_close(store);
        return blob.address;
}

static int try_to_take(struct toy *toy, void (*progress)(const char *what, uint64_t bytes), struct manifest *ret,
                       struct repository_figures *ret_figures)
{
        struct take request = {.topology = toy->topology, .recovery = &toy->recovery, .progress = progress};
        assert_int_equal(repository_open(toy->place, &toy->recovery, "essai", &request.repository, &toy->info), 0);
        int err = take_backup(&request, &toy->arena, ret, &toy->info);
        *ret_figures = repository_figures(request.repository);
        repository_close(request.repository);
        return err;
}

static int restore(struct toy *toy, const struct manifest *manifest)
{
        struct put_back request = {.manifest = manifest, .directory = toy->neuf};
        assert_int_equal(repository_open(toy->place, &toy->recovery, NULL, &request.repository, &toy->info), 0);
        int err = put_back(&request, &toy->info);
        repository_close(request.repository);
        return err;
}

static int load(struct toy *toy, const char *run, struct blob_address address)
{
        struct slice bytes;
        return blob_load(arena_printf(&toy->arena, "%s/stores/source-1/blobs", run), address, &toy->arena, &bytes,
                         &toy->info);
}

static void documents_come_out_and_are_written_once(void **state)
{
        struct toy *toy = *state;
        struct manifest first, second;
        struct repository_figures figures;
        struct blob_address one = attach(toy, 1);
        assert_int_equal(try_to_take(toy, NULL, &first, &figures), 0);
        uint64_t with_all = figures.bytes_new;
        struct blob_address two = attach(toy, 2);
        assert_int_equal(try_to_take(toy, NULL, &second, &figures), 0);
        assert_true(with_all > DOCUMENT_BYTES / 100);
        assert_true(figures.chunks_new <= 3); /* the second document, the rows that name it */
        if (restore(toy, &second) != 0)
                fail_msg("%s", toy->info.text);
        assert_int_equal(load(toy, toy->neuf, one), 0);
        assert_int_equal(load(toy, toy->neuf, two), 0);
}

static void one_that_is_missing_or_damaged_stops_the_backup(void **state)
{
        struct toy *toy = *state;
        struct manifest manifest;
        struct repository_figures figures;
        struct blob_address address = attach(toy, 1);
        char *path = path_of(toy, toy->run, address);
        assert_int_equal(truncate(path, DOCUMENT_BYTES - 1), 0);
        assert_int_equal(try_to_take(toy, NULL, &manifest, &figures), ERR_FORGED);
        assert_non_null(strstr(toy->info.text, "le document"));
        assert_int_equal(unlink(path), 0);
        assert_int_equal(try_to_take(toy, NULL, &manifest, &figures), ERR_NOT_FOUND);
        assert_non_null(strstr(toy->info.text, "le document"));
}

static void a_backup_without_one_is_not_put_in_place(void **state)
{
        struct toy *toy = *state;
        struct manifest manifest;
        struct repository_figures figures;
        (void)attach(toy, 1);
        assert_int_equal(try_to_take(toy, NULL, &manifest, &figures), 0);
        for (size_t i = 0; i < manifest.file_count; i++)
                if (strstr(manifest.files[i].path, "/blobs/") != NULL)
                        manifest.files[i] = manifest.files[--manifest.file_count];
        assert_int_equal(restore(toy, &manifest), ERR_FORGED);
        assert_non_null(strstr(toy->info.text, "document"));
        assert_int_not_equal(access(toy->neuf, F_OK), 0);
}

/* As blobs_collect() does. */
static void try_to_collect(const char *what, uint64_t bytes)
{
        (void)what, (void)bytes;
        char *path = arena_printf(&the_toy->arena, "%s/stores/source-1/blobs", the_toy->run);
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(fd >= 0);
        could_collect = could_collect || flock(fd, LOCK_EX | LOCK_NB) == 0;
        assert_int_equal(close(fd), 0);
}

static void nothing_is_collected_meanwhile(void **state)
{
        struct toy *toy = *state;
        struct manifest manifest;
        struct repository_figures figures;
        (void)attach(toy, 1);
        the_toy = toy;
        could_collect = false;
        assert_int_equal(try_to_take(toy, try_to_collect, &manifest, &figures), 0);
        assert_false(could_collect);
        try_to_collect("", 0);
        assert_true(could_collect);
}

/* What a first try has brought back is not brought again. */
static void a_restore_goes_on(void **state)
{
        struct toy *toy = *state;
        struct manifest manifest;
        struct repository_figures figures;
        struct stat before, after;
        struct blob_address address = attach(toy, 1);
        assert_int_equal(try_to_take(toy, NULL, &manifest, &figures), 0);
        const struct kept_chunks *log = &manifest.stores[1].tables[RUNTIME_LOG].chunks;
        char text[CHUNK_NAME_TEXT_SIZE];
        chunk_name_format(log->names[0], text);
        char *chunk = arena_printf(&toy->arena, "%s/chunks/%.2s/%s", toy->place, text, text);
        char *kept = arena_printf(&toy->arena, "%s/kept", toy->root);
        assert_int_equal(rename(chunk, kept), 0);
        assert_int_equal(restore(toy, &manifest), ERR_FORGED);
        char *staging = arena_printf(&toy->arena, "%s.partiel", toy->neuf);
        assert_int_equal(stat(path_of(toy, staging, address), &before), 0);
        assert_int_equal(rename(kept, chunk), 0);
        if (restore(toy, &manifest) != 0)
                fail_msg("%s", toy->info.text);
        assert_int_equal(stat(path_of(toy, toy->neuf, address), &after), 0);
        assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
        assert_int_equal(load(toy, toy->neuf, address), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(documents_come_out_and_are_written_once),
                TEST(one_that_is_missing_or_damaged_stops_the_backup),
                TEST(a_backup_without_one_is_not_put_in_place),
                TEST(nothing_is_collected_meanwhile),
                TEST(a_restore_goes_on),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
