/* Any bytes given as the file of a document: a head or none; of a head, pieces that lie one after the other within the
 * file that they make; a kind by the first bytes, and one alone besides text. Opened with a key that is there, it never
 * gives a piece that was not sealed. */
#include "tests/fuzz/replay.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/store/blobs.h"

static struct world world;
static struct vault *vault;
static struct blobs *blobs;
static char directory[64], below[80];
static struct id person;

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
        (void)status, (void)type, (void)place;
        return remove(path);
}

static void leave_nothing(void)
{
        blobs_close(blobs);
        vault_close(vault);
        (void)nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void open_once(void)
{
        static const uint8_t master_key[VAULT_KEY_SIZE] = "a master key of the fuzz target";
        struct err_info info;
        char keys[80];
        if (vault != NULL)
                return;
        world = world_seeded(1, 1792324800000);
        (void)snprintf(directory, sizeof(directory), "/tmp/guichet-fuzz-blob-XXXXXX");
        require(mkdtemp(directory) != NULL);
        (void)snprintf(keys, sizeof(keys), "%s/keys", directory);
        (void)snprintf(below, sizeof(below), "%s/blobs", directory);
        struct vault_options options = {
                .service = "fuzz-keys", .directory = keys, .master_key = master_key, .world = &world};
        require(vault_open(&options, &vault, &info) == 0);
        person = id_derived(1, slice_of_text("person"));
        vault_make_key(vault, person);
        require(vault_flush(vault, &info) == 0);
        const struct blobs_options of = {below, vault, &world};
        require(blobs_open(&of, &blobs, &info) == 0);
        require(atexit(leave_nothing) == 0);
}

static void check_form(struct slice bytes)
{
        struct blob_head head;
        uint8_t again[BLOB_HEAD_SIZE];
        if (!blob_head_read(bytes, &head))
                return;
        blob_head_write(&head, again);
        require(memcmp(again, bytes.data, sizeof(again)) == 0);
        uint64_t at = BLOB_HEAD_SIZE;
        for (uint32_t i = 0; i < blob_piece_count(head.size); i++) {
                struct blob_piece piece = blob_piece_of(head.size, i);
                require(piece.at == at && piece.plain >= 1 && piece.plain <= LIMIT_BLOB_PIECE_BYTES);
                at += piece.sealed;
        }
        require(at == blob_file_bytes(head.size) && at <= BLOB_FILE_BYTES_MAX);
        require(blob_pieces_in(head.size, bytes.size) <= blob_piece_count(head.size));
}

static void check_media(struct slice bytes)
{
        enum blob_media media = blob_media_of(bytes);
        size_t others = 0;
        for (enum blob_media other = MEDIA_PDF; other < MEDIA_TEXT; other++)
                others += blob_media_begins(other, bytes);
        require(others <= 1 && (media != MEDIA_NONE || others == 0));
}

/* As an unfinished upload of somebody, and as a finished blob. */
static void check_file(struct slice bytes)
{
        struct arena arena = {0};
        struct upload upload = {id_derived(1, slice_of_text("account")), {{0}}};
        struct upload_state state;
        struct blob blob = {.owner = person, .size = 1};
        struct blob_head head;
        struct slice plain;
        char account[ID_TEXT_SIZE], number[ID_TEXT_SIZE], path[256];
        if (blob_head_read(bytes, &head)) {
                upload.number = head.number;
                blob.size = head.size;
        }
        id_format(upload.account, account);
        id_format(upload.number, number);
        (void)snprintf(path, sizeof(path), "%s/uploads/%s.%s", below, account, number);
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
        require(fd >= 0 && write(fd, bytes.data, bytes.size) == (ssize_t)bytes.size && close(fd) == 0);
        if (upload_look(blobs, upload, &state) == 0)
                require(state.next <= blob_piece_count(state.head.size));
        require(upload_finish(blobs, upload, &blob) != 0);
        char place[BLOB_PATH_SIZE], to[256];
        blob_path(blob.address, place);
        (void)snprintf(to, sizeof(to), "%s/%.2s", below, place);
        (void)mkdir(to, S_IRWXU);
        (void)snprintf(to, sizeof(to), "%s/%s", below, place);
        require(rename(path, to) == 0);
        require(blob_read(blobs, &blob, 0, &arena, &plain) != 0);
        require(blob_load(below, blob.address, &arena, &plain, NULL) != 0);
        arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        open_once();
        check_form(slice_of(data, size));
        check_media(slice_of(data, size));
        check_file(slice_of(data, size));
        return 0;
}
