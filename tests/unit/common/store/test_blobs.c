#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/store/blobs.h"
#include "common/store/store.h"

enum { T_BLOB, SIZE = 2 * LIMIT_BLOB_PIECE_BYTES + 1000, PIECES = 3 };
static const struct table_spec tables[] = {{"blob", TABLE_STATE}};
static const uint8_t master_key[VAULT_KEY_SIZE] = "a master key of the tests......";

struct room {
        struct world world;
        struct arena arena;
        struct store *store;
        struct vault *vault;
        struct blobs *blobs;
        char directory[64], below[80];
        struct id person, thing;
        struct upload upload;
        struct blob blob;
};

static uint8_t plain[SIZE];

/* --- the room ---------------------------------------------------------------------------------------------------- */

static void open_room(struct room *r)
{
        char keys[128];
        struct err_info info = {0};
        struct store_spec spec = {.service = "toy",
                                  .version = 1,
                                  .tables = tables,
                                  .table_count = ARRAY_SIZE(tables),
                                  .map_bytes_max = (uint64_t)64 << 20};
        (void)snprintf(keys, sizeof(keys), "%s/keys", r->directory);
        struct vault_options vault = {
                .service = "toy-keys", .directory = keys, .master_key = master_key, .world = &r->world};
        assert_int_equal(store_open(&spec, r->directory, &r->world, &r->store, &info), 0);
        assert_int_equal(vault_open(&vault, &r->vault, &info), 0);
        struct blobs_options blobs = {r->below, r->vault, &r->world};
        assert_int_equal(blobs_open(&blobs, &r->blobs, &info), 0);
}

static void close_room(struct room *r)
{
        blobs_close(r->blobs);
        vault_close(r->vault);
        store_close(r->store);
        r->blobs = NULL;
        r->vault = NULL;
        r->store = NULL;
}

static void begin_room(struct room *r)
{
        *r = (struct room){.world = world_seeded(7, 1792324800000)};
        (void)snprintf(r->directory, sizeof(r->directory), "/tmp/guichet-blobs-XXXXXX");
        assert_non_null(mkdtemp(r->directory));
        (void)snprintf(r->below, sizeof(r->below), "%s/blobs", r->directory);
        r->person = id_derived(1, slice_of_text("person"));
        r->thing = id_derived(1, slice_of_text("thing"));
        r->upload = (struct upload){id_derived(1, slice_of_text("account")), id_derived(1, slice_of_text("number"))};
        for (size_t i = 0; i < sizeof(plain); i++)
                plain[i] = (uint8_t)(i * 31 + i / 251);
        memcpy(plain, "%PDF-1.7", 8);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
        (void)status, (void)type, (void)place;
        return remove(path);
}

static void end_room(struct room *r)
{
        close_room(r);
        arena_fini(&r->arena);
        assert_int_equal(nftw(r->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static int setup(void **state)
{
        struct room *r = malloc(sizeof(*r));
        assert_non_null(r);
        begin_room(r);
        open_room(r);
        vault_make_key(r->vault, r->person);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        *state = r;
        return 0;
}

static int teardown(void **state)
{
        end_room(*state);
        free(*state);
        return 0;
}

/* --- what is done with it ---------------------------------------------------------------------------------------- */

static struct blob_head head_of(const struct room *r, struct id number)
{
        return (struct blob_head){r->person, number, SIZE, MEDIA_PDF};
}

static int begin(struct room *r)
{
        struct blob_head head = head_of(r, r->upload.number);
        return upload_begin(r->blobs, r->upload, &head);
}

static int put(struct room *r, uint32_t index)
{
        struct blob_piece piece = blob_piece_of(SIZE, index);
        return upload_put(r->blobs, r->upload, index,
                          slice_of(plain + (size_t)index * LIMIT_BLOB_PIECE_BYTES, piece.plain), &r->arena);
}

static void put_all(struct room *r)
{
        assert_int_equal(begin(r), 0);
        for (uint32_t i = 0; i < PIECES; i++)
                assert_int_equal(put(r, i), 0);
}

/* Names it, or takes the name away, and commits. */
static int set_named(struct room *r, bool named)
{
        struct txn *txn = txn_begin_write(r->store, NULL);
        assert_non_null(txn);
        txn_allow(txn, TABLE_STATE);
        if (named)
                blob_name(txn, T_BLOB, &r->blob, r->thing);
        else
                blob_unname(txn, T_BLOB, r->blob.address, r->thing);
        return txn_commit(txn, NULL);
}

static void collect(struct room *r)
{
        struct txn *txn = txn_begin_write(r->store, NULL);
        assert_non_null(txn);
        blobs_collect(r->blobs, txn, T_BLOB);
        txn_abort(txn);
}

/* The whole round of the 256 directories. */
static void collect_all(struct room *r)
{
        for (int i = 0; i < 256; i++) {
                r->world.now_ms_value += BLOBS_LOOK_MS;
                collect(r);
        }
}

static void make(struct room *r)
{
        put_all(r);
        assert_int_equal(upload_finish(r->blobs, r->upload, &r->blob), 0);
        assert_int_equal(set_named(r, true), 0);
        collect(r);
}

static void reads_back(struct room *r)
{
        for (uint32_t i = 0; i < PIECES; i++) {
                struct blob_piece piece = blob_piece_of(SIZE, i);
                struct slice back;
                assert_int_equal(blob_read(r->blobs, &r->blob, i, &r->arena, &back), 0);
                assert_int_equal(back.size, piece.plain);
                assert_memory_equal(back.data, plain + (size_t)i * LIMIT_BLOB_PIECE_BYTES, piece.plain);
        }
}

static void count_one(void *argument, struct blob_address address)
{
        (void)address;
        (*(size_t *)argument)++;
}

static size_t files(const struct room *r)
{
        size_t count = 0;
        assert_int_equal(blobs_each(r->below, count_one, &count), 0);
        return count;
}

static int load(struct room *r)
{
        struct slice file;
        struct err_info info;
        return blob_load(r->below, r->blob.address, &r->arena, &file, &info);
}

static void path_of(const struct room *r, char ret[256])
{
        char below[BLOB_PATH_SIZE];
        blob_path(r->blob.address, below);
        (void)snprintf(ret, 256, "%s/%s", r->below, below);
}

/* --- tests ------------------------------------------------------------------------------------------------------- */

static void test_in_pieces_and_back(void **state)
{
        struct room *r = *state;
        struct slice file;
        make(r);
        reads_back(r);
        assert_int_equal(blob_load(r->below, r->blob.address, &r->arena, &file, NULL), 0);
        assert_int_equal(file.size, blob_file_bytes(SIZE));
        assert_null(memmem(file.data, file.size, plain + 1000, 64)); /* nothing of it lies in clear */
        struct slice none;
        assert_int_equal(blob_read(r->blobs, &r->blob, PIECES, &r->arena, &none), ERR_MALFORMED);
        struct upload_state gone;
        assert_int_equal(upload_look(r->blobs, r->upload, &gone), ERR_NOT_FOUND); /* its first name went */
}

static void test_an_upload_goes_on_where_it_was(void **state)
{
        struct room *r = *state;
        struct upload_state at;
        struct blob_head other = head_of(r, r->upload.number);
        assert_int_equal(begin(r), 0);
        assert_int_equal(put(r, 1), ERR_MALFORMED); /* 0 is missing */
        assert_int_equal(put(r, 0), 0);
        close_room(r);
        open_room(r);
        assert_int_equal(begin(r), 0); /* the same again: it is there */
        other.size--;
        assert_int_equal(upload_begin(r->blobs, r->upload, &other), ERR_FORGED);
        assert_int_equal(upload_look(r->blobs, r->upload, &at), 0);
        assert_int_equal(at.next, 1);
        assert_int_equal(put(r, 0), 0); /* a repeated piece is no fault */
        assert_int_equal(upload_finish(r->blobs, r->upload, &r->blob), ERR_MALFORMED);
        assert_int_equal(upload_put(r->blobs, r->upload, 1, slice_of(plain, 10), &r->arena), ERR_MALFORMED);
        assert_int_equal(put(r, 1), 0);
        assert_int_equal(put(r, 2), 0);
        assert_int_equal(upload_put(r->blobs, r->upload, PIECES, slice_of(plain, 10), &r->arena), ERR_MALFORMED);
        assert_int_equal(upload_finish(r->blobs, r->upload, &r->blob), 0);
        reads_back(r);
}

static void test_an_upload_is_given_up(void **state)
{
        struct room *r = *state;
        struct upload_state at;
        assert_int_equal(upload_drop(r->blobs, r->upload), 0); /* none is there */
        assert_int_equal(begin(r), 0);
        assert_int_equal(upload_drop(r->blobs, r->upload), 0);
        assert_int_equal(upload_look(r->blobs, r->upload, &at), ERR_NOT_FOUND);
        assert_int_equal(begin(r), 0); /* from its beginning */
        assert_int_equal(upload_look(r->blobs, r->upload, &at), 0);
        assert_int_equal(at.next, 0);
}

static void test_an_upload_is_its_accounts_alone(void **state)
{
        struct room *r = *state;
        struct upload_state at;
        struct blob blob;
        put_all(r);
        struct upload other = {id_derived(1, slice_of_text("another account")), r->upload.number};
        assert_int_equal(upload_look(r->blobs, other, &at), ERR_NOT_FOUND);
        assert_int_equal(upload_finish(r->blobs, other, &blob), ERR_NOT_FOUND);
}

static void test_unfinished_ones_are_bounded_and_end(void **state)
{
        struct room *r = *state;
        struct upload_state at;
        char name[32];
        int begun = 0;
        for (int account = 0; account <= LIMIT_UPLOADS / LIMIT_UPLOADS_OF_ONE; account++)
                for (int i = 0; i <= LIMIT_UPLOADS_OF_ONE; i++) {
                        (void)snprintf(name, sizeof(name), "%d", account);
                        struct upload upload = {.account = id_derived(1, slice_of_text(name))};
                        (void)snprintf(name, sizeof(name), "%d %d", account, i);
                        upload.number = id_derived(1, slice_of_text(name));
                        struct blob_head head = head_of(r, upload.number);
                        int wanted = account == LIMIT_UPLOADS / LIMIT_UPLOADS_OF_ONE ? ERR_OVERFLOW
                                     : i == LIMIT_UPLOADS_OF_ONE                     ? ERR_TOO_LARGE
                                                                                     : 0;
                        assert_int_equal(upload_begin(r->blobs, upload, &head), wanted);
                        begun += wanted == 0;
                }
        assert_int_equal(begun, LIMIT_UPLOADS);
        r->world.now_ms_value += LIMIT_UPLOAD_LIFE_MS - 1000;
        collect(r);
        assert_int_equal(blobs_figures(r->blobs).uploads_dropped, 0);
        assert_int_equal(begin(r), ERR_OVERFLOW);
        r->world.now_ms_value += BLOBS_LOOK_MS;
        collect(r);
        assert_int_equal(blobs_figures(r->blobs).uploads_dropped, LIMIT_UPLOADS);
        assert_int_equal(begin(r), 0);
        assert_int_equal(upload_look(r->blobs, r->upload, &at), 0);
}

static void test_what_nothing_names_is_collected(void **state)
{
        struct room *r = *state;
        make(r);
        collect_all(r);
        assert_int_equal(files(r), 1);
        assert_int_equal(set_named(r, false), 0);
        blobs_doubt(r->blobs, r->blob.address);
        collect(r);
        assert_int_equal(files(r), 0);
        assert_int_equal(load(r), ERR_NOT_FOUND);
}

/* The doubt is lost with the process: the round finds it. */
static void test_the_round_finds_what_nobody_doubts(void **state)
{
        struct room *r = *state;
        make(r);
        assert_int_equal(set_named(r, false), 0);
        close_room(r);
        open_room(r);
        collect_all(r);
        assert_int_equal(files(r), 0);
        assert_int_equal(blobs_figures(r->blobs).collected, 1);
}

/* Finished, and the commit that would name it fails: it goes, and comes again from its first name. */
static void test_a_commit_that_fails(void **state)
{
        struct room *r = *state;
        put_all(r);
        assert_int_equal(upload_finish(r->blobs, r->upload, &r->blob), 0);
        r->world.commits_until_fault = 0;
        r->world.fault_errno = ENOSPC;
        assert_int_equal(set_named(r, true), ERR_DISK_FULL);
        r->world.commits_until_fault = -1;
        collect(r);
        assert_int_equal(files(r), 0);
        assert_int_equal(upload_finish(r->blobs, r->upload, &r->blob), 0);
        assert_int_equal(upload_finish(r->blobs, r->upload, &r->blob), 0);
        assert_int_equal(set_named(r, true), 0);
        collect(r);
        reads_back(r);
}

static void test_nothing_goes_while_somebody_reads(void **state)
{
        struct room *r = *state;
        int hold = -1;
        make(r);
        assert_int_equal(blobs_hold(r->below, &hold, NULL), 0);
        assert_true(hold >= 0);
        assert_int_equal(set_named(r, false), 0);
        blobs_doubt(r->blobs, r->blob.address);
        collect_all(r);
        assert_int_equal(load(r), 0);
        blobs_let_go(&hold);
        collect(r); /* the doubt has waited */
        assert_int_equal(load(r), ERR_NOT_FOUND);
        assert_int_equal(blobs_hold("/tmp/guichet-there-is-no-such-directory", &hold, NULL), 0);
        assert_int_equal(hold, -1);
}

/* A night's backup: whoever attaches more than a few meanwhile is not told that she has too many unfinished. */
static void test_uploads_end_while_somebody_reads(void **state)
{
        struct room *r = *state;
        struct upload_state gone;
        int hold = -1;
        assert_int_equal(blobs_hold(r->below, &hold, NULL), 0);
        make(r);
        assert_int_equal(upload_look(r->blobs, r->upload, &gone), ERR_NOT_FOUND);
        assert_false(blobs_want_a_look(r->blobs));
        blobs_let_go(&hold);
        reads_back(r);
}

static void test_without_its_key_it_is_nothing(void **state)
{
        struct room *r = *state;
        struct slice none;
        make(r);
        vault_destroy_key(r->vault, r->person);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        for (uint32_t i = 0; i < PIECES; i++)
                assert_int_equal(blob_read(r->blobs, &r->blob, i, &r->arena, &none), ERR_NOT_FOUND);
        assert_int_equal(load(r), 0); /* the bytes are whole, and open for nobody, in whatever copy */
}

static void test_damage_is_told(void **state)
{
        struct room *r = *state;
        char path[256];
        struct slice none;
        make(r);
        path_of(r, path);
        struct blob_piece piece = blob_piece_of(SIZE, 1);
        static const off_t spots[] = {0, 20, 45, 48, 60};
        for (size_t i = 0; i <= ARRAY_SIZE(spots); i++) {
                off_t at = i < ARRAY_SIZE(spots) ? spots[i] : (off_t)piece.at + 100;
                uint8_t byte;
                FILE *file = fopen(path, "r+b");
                assert_non_null(file);
                assert_int_equal(fseek(file, at, SEEK_SET), 0);
                assert_int_equal(fread(&byte, 1, 1, file), 1);
                byte ^= 1;
                assert_int_equal(fseek(file, at, SEEK_SET), 0);
                assert_int_equal(fwrite(&byte, 1, 1, file), 1);
                assert_int_equal(fclose(file), 0);
                assert_int_equal(load(r), ERR_FORGED);
                assert_int_equal(blob_read(r->blobs, &r->blob, 1, &r->arena, &none), ERR_FORGED);
                file = fopen(path, "r+b");
                byte ^= 1;
                assert_int_equal(fseek(file, at, SEEK_SET), 0);
                assert_int_equal(fwrite(&byte, 1, 1, file), 1);
                assert_int_equal(fclose(file), 0);
        }
        assert_int_equal(load(r), 0);
        assert_int_equal(truncate(path, (off_t)piece.at), 0); /* at the end of a piece */
        assert_int_equal(load(r), ERR_FORGED);
        assert_int_equal(blob_read(r->blobs, &r->blob, 1, &r->arena, &none), ERR_FORGED);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(load(r), ERR_NOT_FOUND);
        assert_int_equal(blob_read(r->blobs, &r->blob, 0, &r->arena, &none), ERR_STORE);
}

/* A power cut that leaves zeros where a piece was is noticed before anything names it. */
static void test_a_piece_that_was_lost(void **state)
{
        struct room *r = *state;
        char account[ID_TEXT_SIZE], number[ID_TEXT_SIZE], path[256];
        put_all(r);
        id_format(r->upload.account, account);
        id_format(r->upload.number, number);
        (void)snprintf(path, sizeof(path), "%s/uploads/%s.%s", r->below, account, number);
        struct blob_piece piece = blob_piece_of(SIZE, 1);
        assert_int_equal(truncate(path, (off_t)piece.at), 0);
        assert_int_equal(truncate(path, (off_t)blob_file_bytes(SIZE)), 0);
        assert_int_equal(upload_finish(r->blobs, r->upload, &r->blob), ERR_FORGED);
        assert_int_equal(files(r), 0);
}

/* --- a full disk ------------------------------------------------------------------------------------------------- */

static int faults_until;

static int full_disk(struct world *world)
{
        (void)world;
        return faults_until-- == 0 ? ENOSPC : 0;
}

/* Whichever change of the disk finds no room: it is told so, and the same again does it. */
static void test_a_full_disk_at_every_change(void **state)
{
        struct room *r = *state;
        for (int at = 0, full = 1; full > 0; at++) {
                full = 0;
                faults_until = at;
                r->world.file_fault = full_disk;
                char name[16];
                (void)snprintf(name, sizeof(name), "%d", at);
                r->upload.number = id_derived(1, slice_of_text(name));
                int err;
                while ((err = begin(r)) == ERR_DISK_FULL)
                        full++;
                assert_int_equal(err, 0);
                for (uint32_t i = 0; i < PIECES; i++) {
                        while ((err = put(r, i)) == ERR_DISK_FULL)
                                full++;
                        assert_int_equal(err, 0);
                }
                while ((err = upload_finish(r->blobs, r->upload, &r->blob)) == ERR_DISK_FULL)
                        full++;
                assert_int_equal(err, 0);
                assert_true(full <= 1);
                assert_int_equal(set_named(r, true), 0);
                reads_back(r);
                collect(r);
        }
}

/* --- kill -9 ----------------------------------------------------------------------------------------------------- */

static int changes_until_end;

static int end_here(struct world *world)
{
        (void)world;
        if (changes_until_end-- == 0)
                (void)raise(SIGKILL);
        return 0;
}

/* All that ever happens to a blob. It goes on from whatever it finds. */
static void live(struct room *r)
{
        struct upload_state at;
        struct slice sealed;
        assert_int_equal(set_named(r, false), 0);
        if (vault_seal(r->vault, r->person, slice_of_text("has she a key?"), &r->arena, &sealed) == ERR_NOT_FOUND)
                vault_make_key(r->vault, r->person);
        assert_int_equal(vault_flush(r->vault, NULL), 0);
        if (upload_look(r->blobs, r->upload, &at) != 0) {
                assert_int_equal(begin(r), 0);
                at.next = 0;
        }
        for (uint32_t i = at.next; i < PIECES; i++)
                assert_int_equal(put(r, i), 0);
        assert_int_equal(upload_finish(r->blobs, r->upload, &r->blob), 0);
        assert_int_equal(set_named(r, true), 0);
        collect(r);
        assert_int_equal(set_named(r, false), 0);
        blobs_doubt(r->blobs, r->blob.address);
        collect(r);
}

/* True: it came to the end before. */
static bool live_and_be_killed(struct room *r, int changes)
{
        int status = 0;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
                open_room(r);
                changes_until_end = changes;
                r->world.commit_fault = r->world.file_fault = end_here;
                live(r);
                close_room(r);
                _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFSIGNALED(status))
                assert_int_equal(WTERMSIG(status), SIGKILL);
        else
                assert_int_equal(WEXITSTATUS(status), 0);
        return WIFEXITED(status);
}

/* What a row names is there, whole, and opens. */
static size_t named_ones_are_there(struct room *r)
{
        struct txn *txn = txn_begin_read(r->store, NULL);
        struct walk walk;
        size_t count = 0;
        assert_non_null(txn);
        blob_names_walk(txn, T_BLOB, slice_of(NULL, 0), &walk);
        while (blob_names_next(&walk, &r->blob)) {
                count++;
                assert_int_equal(load(r), 0);
                reads_back(r);
        }
        walk_end(&walk);
        txn_end_read(txn);
        return count;
}

static void test_killed_at_every_change(void **state)
{
        (void)state;
        bool ended = false;
        int changes = 0, with_a_name = 0;
        for (; !ended; changes++) {
                struct room r;
                begin_room(&r);
                ended = live_and_be_killed(&r, changes);
                open_room(&r);
                size_t named = named_ones_are_there(&r);
                with_a_name += named > 0;
                collect_all(&r);
                assert_int_equal(files(&r), named); /* no waste stays */
                assert_int_equal(named_ones_are_there(&r), named);
                end_room(&r);
        }
        assert_true(changes > 12 && with_a_name > 0);
}

/* Killed once, it goes on to the end from where it was. */
static void test_goes_on_after_each_of_them(void **state)
{
        (void)state;
        bool ended = false;
        for (int changes = 0; !ended; changes++) {
                struct room r;
                begin_room(&r);
                ended = live_and_be_killed(&r, changes);
                open_room(&r);
                (void)named_ones_are_there(&r);
                live(&r);
                collect_all(&r);
                assert_int_equal(files(&r), 0);
                end_room(&r);
        }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_in_pieces_and_back),
                TEST(test_an_upload_goes_on_where_it_was),
                TEST(test_an_upload_is_given_up),
                TEST(test_an_upload_is_its_accounts_alone),
                TEST(test_unfinished_ones_are_bounded_and_end),
                TEST(test_what_nothing_names_is_collected),
                TEST(test_the_round_finds_what_nobody_doubts),
                TEST(test_a_commit_that_fails),
                TEST(test_nothing_goes_while_somebody_reads),
                TEST(test_uploads_end_while_somebody_reads),
                TEST(test_without_its_key_it_is_nothing),
                TEST(test_damage_is_told),
                TEST(test_a_piece_that_was_lost),
                TEST(test_a_full_disk_at_every_change),
                cmocka_unit_test(test_killed_at_every_change),
                cmocka_unit_test(test_goes_on_after_each_of_them),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
