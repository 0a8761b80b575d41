#include "services/ctl/backup/repository.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/directory.h"
#include "common/base/require.h"
#include "common/codec/pb.h"

enum { PATH_SIZE = 4096 + 256, FORMAT = 1, HEX_SIZE = 2 * RECOVERY_KEY_SIZE + 1 };

static const char LABEL[] = "guichet-sauvegardes.json";
static const char SUFFIX[] = ".sauvegarde";
static const char BEING_WRITTEN[] = ".partiel";

struct repository {
        char *directory;
        const struct recovery *recovery;
        int fd; /* of the directory: holds the lock */
        struct repository_figures figures;
        struct kept_chunks fresh; /* written by us, not yet read back */
        struct arena arena;
};

static void close_file(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

static void drop_json(json_t **json)
{
        json_decref(*json);
}

/* --- files ---------------------------------------------------------------------------------------------------------
 */

static int write_failed(const char *path, int why, struct err_info *info)
{
        if (why == ENOSPC || why == EDQUOT)
                return err_set(info, ERR_DISK_FULL,
                               "%s : le disque est plein. Faites de la place et relancez la même commande : ce qui est "
                               "écrit sera repris.",
                               path);
        return err_set(info, -why, "%s : écriture impossible (%s).", path, strerror(why));
}

/* Whole or not at all: beside its place first. `sync`: on the disk when this returns. */
static int write_file(const char *path, struct slice bytes, bool sync, struct err_info *info)
{
        char beside[PATH_SIZE];
        (void)snprintf(beside, sizeof(beside), "%s%s", path, BEING_WRITTEN);
        scoped(close_file) int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (fd < 0)
                return write_failed(beside, errno, info);
        for (size_t done = 0; done < bytes.size;) {
                ssize_t written = write(fd, bytes.data + done, bytes.size - done);
                if (written <= 0) {
                        int why = written == 0 ? ENOSPC : errno;
                        (void)unlink(beside);
                        return write_failed(beside, why, info);
                }
                done += (size_t)written;
        }
        if ((sync && fsync(fd) != 0) || rename(beside, path) != 0) {
                int why = errno;
                (void)unlink(beside);
                return write_failed(path, why, info);
        }
        return 0;
}

/* `from_disk`: not what the kernel still remembers of it. */
static int read_file(const char *path, bool from_disk, struct arena *arena, struct slice *ret, struct err_info *info)
{
        struct stat facts;
        scoped(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0 || fstat(fd, &facts) != 0)
                return err_set(info, errno == ENOENT ? ERR_NOT_FOUND : -errno, "%s : illisible (%s).", path,
                               strerror(errno));
        if (from_disk)
                (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        size_t size = (size_t)facts.st_size, got = 0;
        uint8_t *bytes = arena_alloc(arena, size + 1);
        while (got < size) {
                ssize_t part = read(fd, bytes + got, size - got);
                if (part <= 0)
                        return err_set(info, part == 0 ? ERR_MALFORMED : -errno, "%s : lecture impossible (%s).", path,
                                       part == 0 ? "tronqué" : strerror(errno));
                got += (size_t)part;
        }
        *ret = slice_of(bytes, size);
        return 0;
}

/* --- opening -------------------------------------------------------------------------------------------------------
 */

static int make_directory(const char *path, struct err_info *info)
{
        if (mkdir(path, S_IRWXU) == 0 || errno == EEXIST)
                return 0;
        return write_failed(path, errno, info);
}

static int take_lock(struct repository *repository, bool write, struct err_info *info)
{
        repository->fd = open(repository->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (repository->fd < 0)
                return err_set(info, ERR_NOT_FOUND, "%s : répertoire de sauvegardes illisible (%s).",
                               repository->directory, strerror(errno));
        if (flock(repository->fd, (write ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0)
                return 0;
        return err_set(info, ERR_CONFIG, "%s : une autre sauvegarde ou restauration y travaille ; attendez sa fin.",
                       repository->directory);
}

static int write_label(struct repository *repository, const char *path, const char *network, struct err_info *info)
{
        char hex[HEX_SIZE], chunks[PATH_SIZE];
        (void)snprintf(chunks, sizeof(chunks), "%s/chunks", repository->directory);
        int err = make_directory(chunks, info);
        if (err != 0)
                return err;
        (void)sodium_bin2hex(hex, sizeof(hex), repository->recovery->seal_public, RECOVERY_KEY_SIZE);
        scoped(drop_json) json_t *json =
                json_pack("{s:i, s:s, s:s}", "format", FORMAT, "network", network, "recovery", hex);
        require(json != NULL);
        char *text = json_dumps(json, JSON_INDENT(2));
        require(text != NULL);
        err = write_file(path, slice_of_text(text), true, info);
        free(text);
        return err;
}

/* A directory is one network's, under one recovery key: what was shared between two could not be restored from either.
 */
static int check_label(struct repository *repository, const char *network, struct err_info *info)
{
        char path[PATH_SIZE], hex[HEX_SIZE];
        (void)snprintf(path, sizeof(path), "%s/%s", repository->directory, LABEL);
        if (access(path, F_OK) != 0) {
                if (network != NULL)
                        return write_label(repository, path, network, info);
                return err_set(info, ERR_NOT_FOUND, "%s : ce n'est pas un répertoire de sauvegardes (%s n'y est pas).",
                               repository->directory, LABEL);
        }
        scoped(drop_json) json_t *json = json_load_file(path, 0, NULL);
        const char *whose = json_string_value(json_object_get(json, "network"));
        const char *sealed_for = json_string_value(json_object_get(json, "recovery"));
        if (whose == NULL || sealed_for == NULL || json_integer_value(json_object_get(json, "format")) != FORMAT)
                return err_set(info, ERR_MALFORMED, "%s : abîmé, ou d'un guichetctl plus récent.", path);
        (void)sodium_bin2hex(hex, sizeof(hex), repository->recovery->seal_public, RECOVERY_KEY_SIZE);
        if (network != NULL && strcmp(whose, network) != 0)
                return err_set(info, ERR_CONFIG,
                               "%s : contient les sauvegardes du réseau « %s » ; celles de « %s » vont ailleurs.",
                               repository->directory, whose, network);
        if (strcmp(sealed_for, hex) != 0)
                return err_set(
                        info, ERR_CONFIG,
                        "%s : ces sauvegardes sont scellées pour une autre clé ; prenez la clé qui va avec, ou un "
                        "autre répertoire.",
                        repository->directory);
        return 0;
}

int repository_open(const char *directory, const struct recovery *recovery, const char *network,
                    struct repository **ret, struct err_info *info)
{
        struct repository *repository = calloc(1, sizeof(*repository));
        require(repository != NULL);
        repository->fd = -1;
        repository->recovery = recovery;
        repository->directory = arena_text(&repository->arena, directory);
        int err = network != NULL ? make_directory(directory, info) : 0;
        if (err == 0)
                err = take_lock(repository, network != NULL, info);
        if (err == 0)
                err = check_label(repository, network, info);
        if (err != 0) {
                repository_close(repository);
                return err;
        }
        *ret = repository;
        return 0;
}

void repository_close(struct repository *repository)
{
        if (repository == NULL)
                return;
        close_file(&repository->fd);
        arena_fini(&repository->arena);
        free(repository);
}

struct repository_figures repository_figures(const struct repository *repository)
{
        return repository->figures;
}

/* --- chunks --------------------------------------------------------------------------------------------------------
 */

/* chunks/ab/ab12…; the first two digits spread them over 256 directories. */
static void chunk_path(const struct repository *repository, struct chunk_name name, char ret_path[PATH_SIZE])
{
        char text[CHUNK_NAME_TEXT_SIZE];
        chunk_name_format(name, text);
        (void)snprintf(ret_path, PATH_SIZE, "%s/chunks/%.2s/%s", repository->directory, text, text);
}

static int make_chunk_directory(const struct repository *repository, struct chunk_name name, struct err_info *info)
{
        char path[PATH_SIZE], text[CHUNK_NAME_TEXT_SIZE];
        chunk_name_format(name, text);
        (void)snprintf(path, sizeof(path), "%s/chunks/%.2s", repository->directory, text);
        return make_directory(path, info);
}

int repository_put(struct repository *repository, struct slice plain, struct chunk_name *ret, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        char path[PATH_SIZE];
        struct slice held;
        struct chunk_name name = chunk_name_of(repository->recovery, plain);
        chunk_path(repository, name, path);
        *ret = name;

        int found = read_file(path, false, &arena, &held, NULL);
        if (found == 0 && chunk_is_whole(held)) {
                repository->figures.chunks_kept++;
                return 0;
        }
        struct slice sealed = chunk_seal(repository->recovery, name, plain, &arena);
        int err = make_chunk_directory(repository, name, info);
        if (err == 0)
                err = write_file(path, sealed, false, info);
        if (err != 0)
                return err;
        kept_chunks_add(&repository->fresh, name, &repository->arena);
        repository->figures.chunks_mended += found != ERR_NOT_FOUND;
        repository->figures.chunks_new++;
        repository->figures.bytes_new += sealed.size;
        return 0;
}

static int chunk_failed(const char *path, const char *what, struct err_info *info)
{
        return err_set(info, ERR_FORGED,
                       "%s : %s ; une sauvegarde faite maintenant le remplace tant que le réseau a encore "
                       "ces données.",
                       path, what);
}

/* What the kernel still remembers of it does not count. */
static int read_chunk(struct repository *repository, struct chunk_name name, struct arena *arena, struct slice *ret,
                      struct err_info *info)
{
        char path[PATH_SIZE];
        chunk_path(repository, name, path);
        int err = read_file(path, true, arena, ret, info);
        if (err == ERR_NOT_FOUND)
                return chunk_failed(path, "ce morceau manque", info);
        if (err == 0 && !chunk_is_whole(*ret))
                return chunk_failed(path, "ce morceau est abîmé", info);
        return err;
}

int repository_check(struct repository *repository, struct chunk_name name, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        struct slice sealed;
        return read_chunk(repository, name, &arena, &sealed, info);
}

int repository_get(struct repository *repository, struct chunk_name name, struct arena *arena, struct slice *ret_plain,
                   struct err_info *info)
{
        struct slice sealed;
        char path[PATH_SIZE];
        int err = read_chunk(repository, name, arena, &sealed, info);
        if (err != 0)
                return err;
        chunk_path(repository, name, path);
        if (chunk_open(repository->recovery, name, sealed, arena, ret_plain) != 0)
                return err_set(info, ERR_FORGED,
                               "%s : ce morceau ne s'ouvre pas avec cette clé, ou n'est pas celui que dit son nom.",
                               path);
        return 0;
}

int repository_settle(struct repository *repository, void (*progress)(size_t done, size_t count), struct err_info *info)
{
        if (syncfs(repository->fd) != 0)
                return write_failed(repository->directory, errno, info);
        for (size_t i = 0; i < repository->fresh.count; i++) {
                int err = repository_check(repository, repository->fresh.names[i], info);
                if (err != 0)
                        return err;
                if (progress != NULL)
                        progress(i + 1, repository->fresh.count);
        }
        repository->fresh.count = 0;
        repository->fresh.names = NULL;
        return 0;
}

/* --- manifests -----------------------------------------------------------------------------------------------------
 */

static int compare_texts(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int repository_list(struct repository *repository, struct arena *arena, const char ***ret_names, size_t *ret_count,
                    struct err_info *info)
{
        scoped(close_directory) DIR *directory = opendir(repository->directory);
        const char **names = NULL;
        size_t count = 0;
        if (directory == NULL)
                return err_set(info, -errno, "%s : illisible (%s).", repository->directory, strerror(errno));
        for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
                size_t size = strlen(entry->d_name), suffix = sizeof(SUFFIX) - 1;
                if (size <= suffix || strcmp(entry->d_name + size - suffix, SUFFIX) != 0)
                        continue;
                names = pb_append(names, &count, sizeof(*names), arena);
                names[count - 1] = arena_printf(arena, "%.*s", (int)(size - suffix), entry->d_name);
        }
        if (count > 1)
                qsort(names, count, sizeof(*names), compare_texts);
        *ret_names = names;
        *ret_count = count;
        return 0;
}

int repository_read(struct repository *repository, const char *name, struct arena *arena, struct manifest *ret,
                    struct err_info *info)
{
        char path[PATH_SIZE];
        struct slice text;
        (void)snprintf(path, sizeof(path), "%s/%s%s", repository->directory, name, SUFFIX);
        int err = read_file(path, false, arena, &text, info);
        if (err != 0)
                return err;
        err = manifest_decode(text, repository->recovery, arena, ret);
        if (err == ERR_STORE_NEWER)
                return err_set(info, err, "%s : écrite par un guichetctl plus récent ; prenez celui-là.", path);
        if (err == 0 && strcmp(ret->name, name) != 0)
                err = ERR_FORGED;
        return err == 0 ? 0 : err_set(info, err, "%s : abîmée, modifiée, ou d'un autre réseau.", path);
}

int repository_publish(struct repository *repository, const struct manifest *manifest, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/%s%s", repository->directory, manifest->name, SUFFIX);
        int err = write_file(path, manifest_encode(manifest, repository->recovery, &arena), true, info);
        if (err == 0 && fsync(repository->fd) != 0)
                return write_failed(repository->directory, errno, info);
        return err;
}

int repository_forget(struct repository *repository, const char *name, struct err_info *info)
{
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/%s%s", repository->directory, name, SUFFIX);
        if (unlink(path) != 0 && errno != ENOENT)
                return write_failed(path, errno, info);
        return 0;
}

/* --- sweeping ------------------------------------------------------------------------------------------------------
 */

struct needed {
        struct chunk_name *names;
        size_t count;
        struct arena *arena;
};

static int compare_names(const void *a, const void *b)
{
        return memcmp(a, b, CHUNK_NAME_SIZE);
}

static void note_needed(struct chunk_name name, void *argument)
{
        struct needed *needed = argument;
        needed->names = pb_append(needed->names, &needed->count, sizeof(*needed->names), needed->arena);
        needed->names[needed->count - 1] = name;
}

static int find_needed(struct repository *repository, struct needed *needed, struct err_info *info)
{
        const char **names;
        size_t count;
        int err = repository_list(repository, needed->arena, &names, &count, info);
        for (size_t i = 0; err == 0 && i < count; i++) {
                struct manifest manifest;
                err = repository_read(repository, names[i], needed->arena, &manifest, info);
                if (err == 0)
                        manifest_each_chunk(&manifest, note_needed, needed);
        }
        if (err == 0 && needed->count > 1)
                qsort(needed->names, needed->count, sizeof(*needed->names), compare_names);
        return err;
}

/* A name that is none is what was being written when something stopped it: nobody else writes here now. */
static size_t sweep_directory(const char *path, const struct needed *needed)
{
        scoped(close_directory) DIR *directory = opendir(path);
        size_t removed = 0;
        for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
                struct chunk_name name;
                if (entry->d_name[0] == '.')
                        continue;
                if (chunk_name_parse(entry->d_name, &name) && needed->count > 0 &&
                    bsearch(&name, needed->names, needed->count, sizeof(name), compare_names) != NULL)
                        continue;
                removed += unlinkat(dirfd(directory), entry->d_name, 0) == 0;
        }
        return removed;
}

int repository_sweep(struct repository *repository, size_t *ret_removed, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        struct needed needed = {.arena = &arena};
        int err = find_needed(repository, &needed, info);
        if (err != 0)
                return err;
        *ret_removed = 0;
        for (unsigned i = 0; i <= UINT8_MAX; i++) {
                char path[PATH_SIZE];
                (void)snprintf(path, sizeof(path), "%s/chunks/%02x", repository->directory, i);
                *ret_removed += sweep_directory(path, &needed);
        }
        return 0;
}
