#include "common/store/blobs.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "common/base/directory.h"
#include "common/base/require.h"

enum { PATH_SIZE = 4096 + 256, DOUBTS_MAX = 1024, DIRECTORIES = 256, MS = 1000 };

/* One that may have to go, or whose upload may. */
struct doubt {
        struct blob_address address;
        struct upload upload; /* zero: none */
};

struct blobs {
        struct blobs_options options;
        char directory[PATH_SIZE - 256];
        struct doubt *doubts;
        size_t doubt_count;
        unsigned next; /* of the 256 directories */
        uint64_t looked_us;
        atomic_uint_fast64_t collected, uploads_dropped;
};

static void close_file(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

static int failed(int why)
{
        return why == ENOSPC || why == EDQUOT ? ERR_DISK_FULL : -why;
}

/* Asked before each change of the disk. */
static int may_change(struct blobs *blobs)
{
        int fault = blobs->options.world->file_fault(blobs->options.world);
        return fault == 0 ? 0 : failed(fault);
}

/* --- names ------------------------------------------------------------------------------------------------------- */

void blob_path(struct blob_address address, char ret_path[BLOB_PATH_SIZE])
{
        char text[BLOB_ADDRESS_TEXT_SIZE];
        blob_address_format(address, text);
        (void)snprintf(ret_path, BLOB_PATH_SIZE, "%.2s/%s", text, text);
}

static void path_of_blob(const struct blobs *blobs, struct blob_address address, char ret[PATH_SIZE])
{
        char below[BLOB_PATH_SIZE];
        blob_path(address, below);
        (void)snprintf(ret, PATH_SIZE, "%s/%s", blobs->directory, below);
}

static void path_of_upload(const struct blobs *blobs, struct upload upload, char ret[PATH_SIZE])
{
        char account[ID_TEXT_SIZE], number[ID_TEXT_SIZE];
        id_format(upload.account, account);
        id_format(upload.number, number);
        (void)snprintf(ret, PATH_SIZE, "%s/uploads/%s.%s", blobs->directory, account, number);
}

static int sync_directory(const char *path)
{
        scoped(close_file) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        return fd >= 0 && fsync(fd) == 0 ? 0 : failed(errno);
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

int blobs_open(const struct blobs_options *options, struct blobs **ret, struct err_info *info)
{
        char uploads[PATH_SIZE];
        struct blobs *blobs = calloc(1, sizeof(*blobs));
        require(blobs != NULL);
        blobs->options = *options;
        int size = snprintf(blobs->directory, sizeof(blobs->directory), "%s", options->directory);
        (void)snprintf(uploads, sizeof(uploads), "%s/uploads", options->directory);
        int err = size < 0 || (size_t)size >= sizeof(blobs->directory)
                          ? err_set(info, ERR_CONFIG, "%s: path too long", options->directory)
                          : directory_make(uploads, info);
        if (err != 0) {
                blobs_close(blobs);
                return err;
        }
        blobs->looked_us = options->world->monotonic_us(options->world);
        *ret = blobs;
        return 0;
}

void blobs_close(struct blobs *blobs)
{
        if (blobs == NULL)
                return;
        free(blobs->doubts);
        free(blobs);
}

struct blobs_figures blobs_figures(const struct blobs *blobs)
{
        return (struct blobs_figures){blobs->collected, blobs->uploads_dropped};
}

/* --- uploads ----------------------------------------------------------------------------------------------------- */

static int read_at(int fd, uint8_t *ret, size_t size, uint64_t at)
{
        size_t got = 0;
        while (got < size) {
                ssize_t more = pread(fd, ret + got, size - got, (off_t)(at + got));
                if (more < 0 && errno == EINTR)
                        continue;
                if (more < 0)
                        return -errno;
                if (more == 0)
                        return ERR_FORGED; /* shorter than it says */
                got += (size_t)more;
        }
        return 0;
}

/* All of it, or the file is as it was. */
static int write_at(struct blobs *blobs, int fd, struct slice bytes, uint64_t at)
{
        size_t put = 0;
        int err = may_change(blobs);
        while (err == 0 && put < bytes.size) {
                ssize_t more = pwrite(fd, bytes.data + put, bytes.size - put, (off_t)(at + put));
                if (more > 0)
                        put += (size_t)more;
                else if (more == 0 || errno != EINTR)
                        err = failed(more == 0 ? ENOSPC : errno);
        }
        if (err != 0 && put > 0 && ftruncate(fd, (off_t)at) != 0)
                return ERR_FORGED; /* upload_put() writes over what hangs behind, upload_finish() tells */
        return err;
}

static int read_head(int fd, struct blob_head *ret)
{
        uint8_t bytes[BLOB_HEAD_SIZE];
        int err = read_at(fd, bytes, sizeof(bytes), 0);
        if (err != 0)
                return err;
        return blob_head_read(slice_of(bytes, sizeof(bytes)), ret) ? 0 : ERR_FORGED;
}

/* *ret_fd is to be closed whatever comes of it. */
static int open_upload(const struct blobs *blobs, struct upload upload, int flags, int *ret_fd,
                       struct upload_state *ret)
{
        char path[PATH_SIZE];
        struct stat facts;
        path_of_upload(blobs, upload, path);
        *ret_fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW);
        if (*ret_fd < 0)
                return errno == ENOENT ? ERR_NOT_FOUND : failed(errno);
        if (fstat(*ret_fd, &facts) != 0)
                return failed(errno);
        int err = read_head(*ret_fd, &ret->head);
        if (err != 0)
                return err;
        if (!id_equal(ret->head.number, upload.number))
                return ERR_FORGED;
        ret->next = blob_pieces_in(ret->head.size, (uint64_t)facts.st_size);
        return 0;
}

int upload_look(const struct blobs *blobs, struct upload upload, struct upload_state *ret)
{
        scoped(close_file) int fd = -1;
        return open_upload(blobs, upload, O_RDONLY, &fd, ret);
}

/* How old it is, is told by the clock that everything else is told by. */
static void touch(struct blobs *blobs, int fd)
{
        int64_t now_ms = blobs->options.world->now_ms(blobs->options.world);
        const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT},
                                          {.tv_sec = (time_t)(now_ms / MS), .tv_nsec = (long)(now_ms % MS) * 1000000}};
        (void)futimens(fd, times);
}

/* How many there are, and how many of one account. */
static int count_uploads(const struct blobs *blobs, struct id account, size_t *ret_all, size_t *ret_own)
{
        char path[PATH_SIZE], text[ID_TEXT_SIZE];
        (void)snprintf(path, sizeof(path), "%s/uploads", blobs->directory);
        scoped(close_directory) DIR *directory = opendir(path);
        if (directory == NULL)
                return failed(errno);
        id_format(account, text);
        *ret_all = *ret_own = 0;
        for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
                *ret_all += entry->d_name[0] != '.';
                *ret_own += strncmp(entry->d_name, text, strlen(text)) == 0;
        }
        return 0;
}

static int has_room(const struct blobs *blobs, uint64_t size)
{
        struct statvfs disk;
        if (statvfs(blobs->directory, &disk) != 0)
                return failed(errno);
        return (uint64_t)disk.f_bavail * disk.f_frsize >= size + LIMIT_BLOB_SPARE_BYTES ? 0 : ERR_DISK_FULL;
}

static int may_begin(const struct blobs *blobs, struct upload upload, uint64_t size)
{
        size_t all = 0, own = 0;
        int err = count_uploads(blobs, upload.account, &all, &own);
        if (err != 0)
                return err;
        if (own >= LIMIT_UPLOADS_OF_ONE)
                return ERR_TOO_LARGE;
        if (all >= LIMIT_UPLOADS)
                return ERR_OVERFLOW;
        return has_room(blobs, blob_file_bytes(size));
}

/* A file without a head whole is none yet: it is begun again. */
int upload_begin(struct blobs *blobs, struct upload upload, const struct blob_head *head)
{
        uint8_t bytes[BLOB_HEAD_SIZE], there[BLOB_HEAD_SIZE];
        char path[PATH_SIZE];
        struct upload_state state;
        require(id_equal(upload.number, head->number));
        blob_head_write(head, bytes);
        if (upload_look(blobs, upload, &state) == 0) {
                blob_head_write(&state.head, there);
                return memcmp(bytes, there, sizeof(bytes)) == 0 ? 0 : ERR_FORGED;
        }
        int err = may_begin(blobs, upload, head->size);
        if (err == 0)
                err = may_change(blobs);
        if (err != 0)
                return err;
        path_of_upload(blobs, upload, path);
        scoped(close_file) int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
        if (fd < 0)
                return failed(errno);
        err = write_at(blobs, fd, slice_of(bytes, sizeof(bytes)), 0);
        if (err == 0)
                touch(blobs, fd);
        return err;
}

int upload_put(struct blobs *blobs, struct upload upload, uint32_t index, struct slice plain, struct arena *arena)
{
        scoped(close_file) int fd = -1;
        struct upload_state state;
        struct slice sealed;
        uint8_t place[BLOB_PLACE_SIZE];
        int err = open_upload(blobs, upload, O_RDWR, &fd, &state);
        if (err != 0)
                return err;
        if (index >= blob_piece_count(state.head.size) || index > state.next)
                return ERR_MALFORMED;
        struct blob_piece piece = blob_piece_of(state.head.size, index);
        if (plain.size != piece.plain)
                return ERR_MALFORMED;
        if (index < state.next)
                return 0;
        blob_place(&state.head, index, place);
        err = vault_seal_at(blobs->options.vault, state.head.owner, slice_of(place, sizeof(place)), plain, arena,
                            &sealed);
        if (err == 0)
                err = write_at(blobs, fd, sealed, piece.at);
        if (err != 0)
                return err;
        /* On its way to the disk already, so that finishing waits for the last one alone. */
        (void)sync_file_range(fd, (off64_t)piece.at, (off64_t)sealed.size, SYNC_FILE_RANGE_WRITE);
        touch(blobs, fd);
        return 0;
}

/* A file that is read, and a piece of it. */
struct reading {
        int fd;
        struct blob_head head;
        struct slice sealed, plain;
};

static void close_reading(struct reading *reading)
{
        close_file(&reading->fd);
}

static int open_piece(const struct blobs *blobs, struct reading *reading, uint32_t index, struct arena *arena)
{
        uint8_t place[BLOB_PLACE_SIZE];
        struct blob_piece piece = blob_piece_of(reading->head.size, index);
        uint8_t *sealed = arena_alloc(arena, piece.sealed);
        int err = read_at(reading->fd, sealed, piece.sealed, piece.at);
        if (err != 0)
                return err;
        blob_place(&reading->head, index, place);
        reading->sealed = slice_of(sealed, piece.sealed);
        return vault_unseal_at(blobs->options.vault, reading->head.owner, slice_of(place, sizeof(place)),
                               reading->sealed, arena, &reading->plain);
}

/* The address, of what can be opened to its end and has nothing behind it. */
static int read_through(const struct blobs *blobs, struct reading *reading, struct blob_address *ret)
{
        crypto_generichash_state state;
        uint8_t bytes[BLOB_HEAD_SIZE];
        struct stat facts;
        uint64_t size = reading->head.size;
        int err = 0;
        if (fstat(reading->fd, &facts) != 0 || (uint64_t)facts.st_size != blob_file_bytes(size))
                return ERR_FORGED;
        blob_head_write(&reading->head, bytes);
        require(crypto_generichash_init(&state, NULL, 0, sizeof(ret->b)) == 0);
        require(crypto_generichash_update(&state, bytes, sizeof(bytes)) == 0);
        for (uint32_t i = 0; err == 0 && i < blob_piece_count(size); i++) {
                scoped(arena_fini) struct arena arena = {0};
                err = open_piece(blobs, reading, i, &arena);
                if (err == 0) {
                        require(crypto_generichash_update(&state, reading->sealed.data, reading->sealed.size) == 0);
                        sodium_memzero((void *)(uintptr_t)reading->plain.data, reading->plain.size);
                }
        }
        require(crypto_generichash_final(&state, ret->b, sizeof(ret->b)) == 0);
        return err;
}

/* Its second name, durable. */
static int give_address(struct blobs *blobs, struct upload upload, struct blob_address address)
{
        char from[PATH_SIZE], to[PATH_SIZE], directory[PATH_SIZE];
        path_of_upload(blobs, upload, from);
        path_of_blob(blobs, address, to);
        (void)snprintf(directory, sizeof(directory), "%.*s", (int)(strrchr(to, '/') - to), to);
        int err = may_change(blobs);
        if (err != 0)
                return err;
        if (mkdir(directory, S_IRWXU) == 0)
                err = sync_directory(blobs->directory);
        else if (errno != EEXIST)
                err = failed(errno);
        if (err == 0)
                err = may_change(blobs);
        if (err == 0 && link(from, to) != 0 && errno != EEXIST)
                err = failed(errno);
        if (err == 0)
                err = may_change(blobs);
        return err != 0 ? err : sync_directory(directory);
}

int upload_finish(struct blobs *blobs, struct upload upload, struct blob *ret)
{
        scoped(close_reading) struct reading reading = {.fd = -1};
        struct upload_state state;
        int err = open_upload(blobs, upload, O_RDWR, &reading.fd, &state);
        if (err != 0)
                return err;
        if (state.next < blob_piece_count(state.head.size))
                return ERR_MALFORMED;
        struct blob blob = {.owner = state.head.owner, .size = state.head.size};
        reading.head = state.head;
        err = read_through(blobs, &reading, &blob.address);
        if (err == 0)
                err = may_change(blobs);
        if (err == 0 && fdatasync(reading.fd) != 0)
                err = failed(errno);
        if (err == 0)
                err = give_address(blobs, upload, blob.address);
        if (err != 0)
                return err;
        blobs_doubt_upload(blobs, upload, blob.address);
        *ret = blob;
        return 0;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

int blob_read(const struct blobs *blobs, const struct blob *blob, uint32_t index, struct arena *arena,
              struct slice *ret_plain)
{
        char path[PATH_SIZE];
        path_of_blob(blobs, blob->address, path);
        scoped(close_reading) struct reading reading = {.fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
        if (reading.fd < 0)
                return errno == ENOENT ? ERR_STORE : failed(errno);
        int err = read_head(reading.fd, &reading.head);
        if (err != 0)
                return err;
        if (reading.head.size != blob->size || !id_equal(reading.head.owner, blob->owner))
                return ERR_FORGED;
        if (index >= blob_piece_count(blob->size))
                return ERR_MALFORMED;
        err = open_piece(blobs, &reading, index, arena);
        if (err == 0)
                *ret_plain = reading.plain;
        return err;
}

/* --- from another partition --------------------------------------------------------------------------------------- */

bool blob_is_there(const struct blobs *blobs, struct blob_address address)
{
        char path[PATH_SIZE];
        path_of_blob(blobs, address, path);
        return access(path, F_OK) == 0;
}

const char *blobs_directory(const struct blobs *blobs)
{
        return blobs->directory;
}

/* The bytes are all there: of the address, and durable under its name. */
static int settle_taken(struct blobs *blobs, const char *from, int fd, const struct blob_bytes *piece)
{
        scoped(arena_fini) struct arena arena = {0};
        struct blob_address found;
        char to[PATH_SIZE], directory[PATH_SIZE];
        uint8_t *bytes = arena_alloc(&arena, (size_t)piece->size + 1);
        int err = read_at(fd, bytes, (size_t)piece->size, 0);
        if (err != 0)
                return err;
        require(crypto_generichash(found.b, sizeof(found.b), bytes, (size_t)piece->size, NULL, 0) == 0);
        if (memcmp(found.b, piece->address.b, sizeof(found.b)) != 0) {
                (void)unlink(from);
                return ERR_FORGED;
        }
        path_of_blob(blobs, piece->address, to);
        (void)snprintf(directory, sizeof(directory), "%.*s", (int)(strrchr(to, '/') - to), to);
        err = may_change(blobs);
        if (err != 0)
                return err;
        if (mkdir(directory, S_IRWXU) != 0 && errno != EEXIST)
                return failed(errno);
        if (fdatasync(fd) != 0 || rename(from, to) != 0)
                return failed(errno);
        err = sync_directory(blobs->directory);
        return err != 0 ? err : sync_directory(directory);
}

int blob_take(struct blobs *blobs, const struct blob_bytes *piece, uint64_t *ret_next)
{
        char path[PATH_SIZE], text[BLOB_ADDRESS_TEXT_SIZE];
        struct stat facts;
        *ret_next = piece->size;
        if (piece->size > BLOB_FILE_BYTES_MAX || piece->size == 0)
                return ERR_TOO_LARGE;
        if (blob_is_there(blobs, piece->address))
                return 0;
        blob_address_format(piece->address, text);
        (void)snprintf(path, sizeof(path), "%s/uploads/%s", blobs->directory, text);
        int err = may_change(blobs);
        if (err != 0)
                return err;
        scoped(close_file) int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
        if (fd < 0 || fstat(fd, &facts) != 0)
                return failed(errno);
        *ret_next = (uint64_t)facts.st_size;
        if (*ret_next > piece->size) { /* of another size: told anew from the first byte */
                (void)unlink(path);
                return ERR_FORGED;
        }
        if (piece->at == *ret_next && piece->bytes.size <= piece->size - piece->at) {
                err = write_at(blobs, fd, piece->bytes, piece->at);
                if (err != 0)
                        return err;
                *ret_next += piece->bytes.size;
        }
        return *ret_next < piece->size ? 0 : settle_taken(blobs, path, fd, piece);
}

/* --- collecting -------------------------------------------------------------------------------------------------- */

/* More than DOUBTS_MAX are left to the round. */
void blobs_doubt_upload(struct blobs *blobs, struct upload upload, struct blob_address address)
{
        if (blobs->doubt_count == DOUBTS_MAX)
                return;
        struct doubt *longer = reallocarray(blobs->doubts, blobs->doubt_count + 1, sizeof(*longer));
        require(longer != NULL);
        blobs->doubts = longer;
        blobs->doubts[blobs->doubt_count++] = (struct doubt){address, upload};
}

void blobs_doubt(struct blobs *blobs, struct blob_address address)
{
        blobs_doubt_upload(blobs, (struct upload){{{0}}, {{0}}}, address);
}

static bool time_for_the_round(const struct blobs *blobs)
{
        uint64_t now_us = blobs->options.world->monotonic_us(blobs->options.world);
        return now_us - blobs->looked_us >= (uint64_t)BLOBS_LOOK_MS * MS;
}

bool blobs_want_a_look(const struct blobs *blobs)
{
        return blobs->doubt_count > 0 || time_for_the_round(blobs);
}

static bool remove_file(struct blobs *blobs, const char *path)
{
        return may_change(blobs) == 0 && unlink(path) == 0;
}

static void collect_unnamed(struct blobs *blobs, struct txn *txn, size_t table, struct blob_address address)
{
        char path[PATH_SIZE];
        if (blob_is_named(txn, table, address) || txn_error(txn) != 0)
                return;
        path_of_blob(blobs, address, path);
        blobs->collected += remove_file(blobs, path);
}

/* Who reads blobs does not read uploads: their names need not wait. */
static void settle_doubts(struct blobs *blobs, struct txn *txn, size_t table, bool may_collect)
{
        char path[PATH_SIZE];
        size_t kept = 0;
        for (size_t i = 0; i < blobs->doubt_count; i++) {
                const struct doubt doubt = blobs->doubts[i];
                bool named = blob_is_named(txn, table, doubt.address);
                if (named && !id_is_zero(doubt.upload.number)) {
                        path_of_upload(blobs, doubt.upload, path);
                        (void)remove_file(blobs, path);
                } else if (!named && may_collect)
                        collect_unnamed(blobs, txn, table, doubt.address);
                else if (!named)
                        blobs->doubts[kept++] = doubt;
        }
        blobs->doubt_count = kept;
}

int upload_drop(struct blobs *blobs, struct upload upload)
{
        char path[PATH_SIZE];
        path_of_upload(blobs, upload, path);
        int err = may_change(blobs);
        if (err != 0)
                return err;
        if (unlink(path) != 0)
                return errno == ENOENT ? 0 : failed(errno);
        blobs->uploads_dropped++;
        return 0;
}

static void drop_old_uploads(struct blobs *blobs)
{
        char path[PATH_SIZE];
        int64_t now_ms = blobs->options.world->now_ms(blobs->options.world);
        (void)snprintf(path, sizeof(path), "%s/uploads", blobs->directory);
        scoped(close_directory) DIR *directory = opendir(path);
        for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
                struct stat facts;
                if (entry->d_name[0] == '.' ||
                    fstatat(dirfd(directory), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0 ||
                    now_ms - ((int64_t)facts.st_mtim.tv_sec * MS) < LIMIT_UPLOAD_LIFE_MS)
                        continue;
                if (may_change(blobs) == 0 && unlinkat(dirfd(directory), entry->d_name, 0) == 0)
                        blobs->uploads_dropped++;
        }
}

/* Names that are no address are nobody's business here: verify tells them. */
static void look_at_a_directory(struct blobs *blobs, struct txn *txn, size_t table)
{
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/%02x", blobs->directory, blobs->next);
        blobs->next = (blobs->next + 1) % DIRECTORIES;
        scoped(close_directory) DIR *directory = opendir(path);
        for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
                struct blob_address address;
                if (blob_address_parse(entry->d_name, &address))
                        collect_unnamed(blobs, txn, table, address);
        }
}

void blobs_collect(struct blobs *blobs, struct txn *txn, size_t table)
{
        bool round = time_for_the_round(blobs);
        scoped(blobs_let_go) int lock = open(blobs->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        bool may_collect = lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0; /* nobody reads */
        settle_doubts(blobs, txn, table, may_collect);
        if (!round)
                return;
        blobs->looked_us = blobs->options.world->monotonic_us(blobs->options.world);
        drop_old_uploads(blobs);
        if (may_collect)
                look_at_a_directory(blobs, txn, table);
}

/* --- from outside ------------------------------------------------------------------------------------------------ */

int blobs_hold(const char *directory, int *ret_hold, struct err_info *info)
{
        *ret_hold = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (*ret_hold < 0)
                return errno == ENOENT ? 0 : err_set(info, -errno, "%s: %s", directory, strerror(errno));
        while (flock(*ret_hold, LOCK_SH) != 0)
                if (errno != EINTR)
                        return err_set(info, -errno, "%s: %s", directory, strerror(errno));
        return 0;
}

void blobs_let_go(int *hold)
{
        close_file(hold);
}

int blob_load(const char *directory, struct blob_address address, struct arena *arena, struct slice *ret_file,
              struct err_info *info)
{
        char path[PATH_SIZE], below[BLOB_PATH_SIZE];
        struct blob_address found;
        struct stat facts;
        blob_path(address, below);
        (void)snprintf(path, sizeof(path), "%s/%s", directory, below);
        scoped(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0)
                return err_set(info, errno == ENOENT ? ERR_NOT_FOUND : -errno, "document %s: %s", below,
                               errno == ENOENT ? "its file is missing" : strerror(errno));
        if (fstat(fd, &facts) != 0 || facts.st_size > BLOB_FILE_BYTES_MAX)
                return err_set(info, ERR_FORGED, "document %s: its file is longer than any", below);
        uint8_t *bytes = arena_alloc(arena, (size_t)facts.st_size + 1);
        int err = read_at(fd, bytes, (size_t)facts.st_size, 0);
        if (err != 0)
                return err_set(info, err, "document %s: its file cannot be read (%s)", below, err_name(err));
        (void)crypto_generichash(found.b, sizeof(found.b), bytes, (size_t)facts.st_size, NULL, 0);
        if (memcmp(found.b, address.b, sizeof(found.b)) != 0)
                return err_set(info, ERR_FORGED, "document %s: its file is damaged", below);
        *ret_file = slice_of(bytes, (size_t)facts.st_size);
        return 0;
}

int blobs_each(const char *directory, void (*see)(void *argument, struct blob_address address), void *argument)
{
        for (unsigned i = 0; i < DIRECTORIES; i++) {
                char path[PATH_SIZE];
                struct blob_address address;
                (void)snprintf(path, sizeof(path), "%s/%02x", directory, i);
                scoped(close_directory) DIR *open_one = opendir(path);
                if (open_one == NULL && errno != ENOENT)
                        return -errno;
                for (const struct dirent *entry; open_one != NULL && (entry = readdir(open_one)) != NULL;)
                        if (blob_address_parse(entry->d_name, &address) && address.b[0] == i)
                                see(argument, address);
        }
        return 0;
}
