#include "services/ctl/backup/put_back.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/directory.h"
#include "common/base/require.h"
#include "common/service/topology.h"
#include "common/store/blobs.h"
#include "services/ctl/backup/erasures.h"
#include "services/ctl/backup/moment.h"

enum { PATH_SIZE = 4096 + 256 };

static const char ORIGIN[] = "restauration.json"; /* which backup this is made from */

static void close_file(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

static void drop_json(json_t **json)
{
        json_decref(*json);
}

static void drop_topology(struct topology **topology)
{
        topology_free(*topology);
}

/* --- the place -----------------------------------------------------------------------------------------------------
 */

static int write_failed(const char *path, int why, struct err_info *info)
{
        if (why == ENOSPC || why == EDQUOT)
                return err_set(info, ERR_DISK_FULL,
                               "%s : le disque est plein. Faites de la place et relancez la même "
                               "commande : ce qui est en place sera gardé.",
                               path);
        return err_set(info, -why, "%s : écriture impossible (%s).", path, strerror(why));
}

static int check_place(const char *path, struct err_info *info)
{
        scoped(close_directory) DIR *directory = opendir(path);
        if (directory == NULL && errno != ENOENT)
                return err_set(info, -errno, "%s : %s.", path, strerror(errno));
        for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
                if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
                        return err_set(
                                info, ERR_CONFIG,
                                "%s n'est pas vide : une restauration ne mélange rien à ce qui existe. Indiquez un "
                                "répertoire neuf, ou déplacez celui-ci.",
                                path);
        return 0;
}

static int make_directory(const char *path, struct err_info *info)
{
        return mkdir(path, S_IRWXU) == 0 || errno == EEXIST ? 0 : write_failed(path, errno, info);
}

static int write_file(const char *path, struct slice bytes, struct err_info *info)
{
        scoped(close_file) int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (fd < 0)
                return write_failed(path, errno, info);
        ssize_t written = write(fd, bytes.data, bytes.size);
        if (written == (ssize_t)bytes.size && fsync(fd) == 0)
                return 0;
        return write_failed(path, written < 0 ? errno : ENOSPC, info);
}

/* Beside the place: new, or what an earlier try has left of the same backup. */
static int begin_staging(const struct put_back *put_back, const char *staging, struct err_info *info)
{
        char path[PATH_SIZE];
        const char *name = put_back->manifest->name;
        (void)snprintf(path, sizeof(path), "%s/%s", staging, ORIGIN);
        scoped(drop_json) json_t *begun = json_load_file(path, 0, NULL);
        const char *of = json_string_value(json_object_get(begun, "backup"));
        if (of != NULL && strcmp(of, name) == 0)
                return 0;
        if (of != NULL)
                return err_set(
                        info, ERR_CONFIG,
                        "%s : une restauration de %s y a été commencée. Finissez-la (--backup %s), ou supprimez ce "
                        "répertoire.",
                        staging, of, of);
        int err = check_place(staging, info);
        if (err == 0)
                err = make_directory(staging, info);
        if (err != 0)
                return err;
        scoped(drop_json) json_t *origin =
                json_pack("{s:s, s:s}", "backup", name, "network", put_back->manifest->network);
        require(origin != NULL);
        char *text = json_dumps(origin, JSON_INDENT(2));
        require(text != NULL);
        err = write_file(path, slice_of_text(text), info);
        free(text);
        return err;
}

/* --- files ---------------------------------------------------------------------------------------------------------
 */

/* Whatever began with the directory where the network lived begins with the new one. */
static void move_paths(json_t *json, const char *from, const char *to)
{
        const char *name;
        json_t *value;
        size_t index;
        void *next;
        json_object_foreach_safe(json, next, name, value)
        {
                const char *text = json_string_value(value);
                size_t size = strlen(from);
                if (text != NULL && strncmp(text, from, size) == 0 && text[size] == '/') {
                        json_t *moved = json_sprintf("%s%s", to, text + size);
                        require(moved != NULL && json_object_set_new(json, name, moved) == 0);
                } else
                        move_paths(value, from, to);
        }
        json_array_foreach (json, index, value)
                move_paths(value, from, to);
}

/* Stores that were elsewhere than in the run directory are in it from now on. */
static void move_stores(json_t *topology, const char *to)
{
        size_t index;
        json_t *entry;
        json_array_foreach (json_object_get(topology, "instances"), index, entry) {
                const char *name = json_string_value(json_object_get(entry, "name"));
                json_t *store = json_sprintf("%s/stores/%s", to, name != NULL ? name : "");
                require(store != NULL && json_object_set_new(entry, "store", store) == 0);
        }
}

static int write_topology(const struct put_back *put_back, const char *path, struct slice bytes, struct err_info *info)
{
        scoped(drop_json) json_t *topology = json_loadb((const char *)bytes.data, bytes.size, 0, NULL);
        if (topology == NULL)
                return err_set(info, ERR_FORGED, "la topologie de cette sauvegarde est illisible.");
        move_stores(topology, put_back->directory);
        move_paths(topology, put_back->manifest->directory, put_back->directory);
        char *text = json_dumps(topology, JSON_INDENT(2));
        require(text != NULL);
        int err = write_file(path, slice_of_text(text), info);
        free(text);
        return err;
}

/* A document, which lies deeper than the other files. */
static bool is_document(const struct kept_file *file)
{
        return strncmp(file->path, "stores/", strlen("stores/")) == 0;
}

/* Whole already, from a try before this one. */
static bool is_there(const struct kept_file *file, const char *path)
{
        scoped(arena_fini) struct arena arena = {0};
        struct blob_address address;
        struct slice bytes;
        const char *name = strrchr(path, '/') + 1;
        int above = (int)(name - path) - (int)strlen("/ab/");
        return is_document(file) && blob_address_parse(name, &address) &&
               blob_load(arena_printf(&arena, "%.*s", above, path), address, &arena, &bytes, NULL) == 0;
}

static int make_place(const char *path, struct err_info *info)
{
        char directory[PATH_SIZE];
        (void)snprintf(directory, sizeof(directory), "%.*s", (int)(strrchr(path, '/') - path), path);
        return directory_make(directory, info);
}

static int put_back_file(const struct put_back *put_back, const struct kept_file *file, const char *staging,
                         struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        char path[PATH_SIZE];
        struct slice bytes;
        (void)snprintf(path, sizeof(path), "%s/%s", staging, file->path);
        if (is_there(file, path))
                return 0;
        if (file->chunks.count != 1)
                return err_set(info, ERR_FORGED, "%s : n'est pas dans cette sauvegarde comme il le devrait.",
                               file->path);
        int err = repository_get(put_back->repository, file->chunks.names[0], &arena, &bytes, info);
        if (err == 0 && strcmp(file->path, "topology.json") == 0)
                err = write_topology(put_back, path, bytes, info);
        else if (err == 0 && is_document(file))
                err = make_place(path, info);
        if (err == 0 && strcmp(file->path, "topology.json") != 0)
                err = write_file(path, bytes, info);
        if (err == 0)
                sodium_memzero((void *)(uintptr_t)bytes.data, bytes.size);
        return err;
}

static int put_back_files(const struct put_back *put_back, const char *staging, struct err_info *info)
{
        static const char *const below[] = {"keys", "stores", "logs"};
        int err = 0;
        for (size_t i = 0; err == 0 && i < ARRAY_SIZE(below); i++) {
                char path[PATH_SIZE];
                (void)snprintf(path, sizeof(path), "%s/%s", staging, below[i]);
                err = make_directory(path, info);
        }
        for (size_t i = 0; err == 0 && i < put_back->manifest->file_count; i++)
                err = put_back_file(put_back, &put_back->manifest->files[i], staging, info);
        return err;
}

/* --- stores, and whether all fits together -------------------------------------------------------------------------
 */

static const char *store_path(const char *staging, const struct kept_store *kept, struct arena *arena)
{
        return arena_printf(arena, "%s/stores/%s%s%s", staging, kept->instance, kept->below[0] != '\0' ? "/" : "",
                            kept->below);
}

static int check_store(const struct moment_store *store, const struct kept_store *kept, struct err_info *info)
{
        uint64_t count;
        if (store->has_log != kept->has_log || store->head.number != kept->head.number ||
            memcmp(store->head.hash, kept->head.hash, sizeof(kept->head.hash)) != 0)
                return err_set(info, ERR_FORGED, "%s : ce magasin n'est pas celui que décrit la sauvegarde.",
                               kept->instance);
        struct err_info why = {0};
        if (store->has_log && log_verify_chain(store->txn, &count, &why) != 0)
                return err_set(info, ERR_FORGED, "%s : son journal ne tient pas : %s.", kept->instance, why.text);
        for (size_t t = 0; t < kept->table_count; t++)
                if (txn_count(store->txn, t) != kept->tables[t].rows)
                        return err_set(info, ERR_FORGED, "%s, table %s : %llu lignes au lieu de %llu.", kept->instance,
                                       kept->tables[t].name, (unsigned long long)txn_count(store->txn, t),
                                       (unsigned long long)kept->tables[t].rows);
        return 0;
}

/* Every document that a table names is there, whole. */
static int check_documents(const struct moment_store *store, const struct kept_store *kept, struct err_info *info)
{
        scoped(arena_fini) struct arena names = {0};
        struct documents documents = moment_documents(store, &names);
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/blobs", store->directory);
        for (size_t i = 0; i < documents.count; i++) {
                scoped(arena_fini) struct arena arena = {0};
                struct err_info why = {0};
                struct slice bytes;
                if (blob_load(path, documents.addresses[i], &arena, &bytes, &why) != 0)
                        return err_set(info, ERR_FORGED, "%s : un document n'est pas dans cette sauvegarde (%s).",
                                       kept->instance, why.text);
        }
        return 0;
}

static int check_stores(const struct put_back *put_back, const char *staging, struct err_info *info)
{
        const struct manifest *manifest = put_back->manifest;
        scoped(moment_close) struct moment moment = {.count = manifest->store_count};
        moment.stores = arena_zalloc(&moment.arena, (moment.count + 1) * sizeof(*moment.stores));
        for (size_t i = 0; i < moment.count; i++) {
                struct instance *instance = arena_zalloc(&moment.arena, sizeof(*instance));
                instance->name = manifest->stores[i].instance;
                moment.stores[i] = (struct moment_store){
                        .instance = instance,
                        .below = manifest->stores[i].below,
                        .directory = store_path(staging, &manifest->stores[i], &moment.arena),
                };
        }
        int err = moment_take(&moment, info);
        for (size_t i = 0; err == 0 && i < moment.count; i++)
                err = check_store(&moment.stores[i], &manifest->stores[i], info);
        for (size_t i = 0; err == 0 && i < moment.count; i++)
                err = check_documents(&moment.stores[i], &manifest->stores[i], info);
        return err;
}

/* Each instance that has a key here must have the one that the topology tells the others. */
static int check_keys(const char *staging, struct err_info *info)
{
        char path[PATH_SIZE];
        scoped(drop_topology) struct topology *topology = NULL;
        (void)snprintf(path, sizeof(path), "%s/topology.json", staging);
        int err = topology_load(path, &topology, info);
        for (size_t i = 0; err == 0 && i < topology->instance_count; i++) {
                const struct instance *instance = &topology->instances[i];
                struct secrets secrets;
                (void)snprintf(path, sizeof(path), "%s/keys/%s.key", staging, instance->name);
                if (access(path, F_OK) != 0)
                        continue; /* it runs on another machine */
                struct err_info why = {0};
                if (secrets_load(topology, instance->name, &secrets, &why) != 0)
                        return err_set(info, ERR_FORGED, "%s : sa clé n'est pas celle de la topologie (%s).",
                                       instance->name, why.text);
                sodium_memzero(&secrets, sizeof(secrets));
        }
        return err;
}

static int put_back_stores(const struct put_back *put_back, const char *staging, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        int err = 0;
        for (size_t i = 0; err == 0 && i < put_back->manifest->store_count; i++) {
                const struct kept_store *kept = &put_back->manifest->stores[i];
                err = put_back_store(put_back, kept, store_path(staging, kept, &arena), info);
        }
        return err;
}

static int move_into_place(const char *staging, const char *directory, struct err_info *info)
{
        scoped(close_file) int fd = open(staging, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0 || syncfs(fd) != 0)
                return write_failed(staging, errno, info);
        if (rename(staging, directory) == 0)
                return 0;
        return err_set(info, -errno, "%s : mise en place impossible (%s). Tout est prêt dans %s : déplacez-le.",
                       directory, strerror(errno), staging);
}

int put_back(const struct put_back *request, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        const char *staging = arena_printf(&arena, "%s.partiel", request->directory);
        size_t unread;
        int err = check_place(request->directory, info);
        if (err == 0)
                err = begin_staging(request, staging, info);
        if (err == 0)
                err = put_back_files(request, staging, info);
        if (err == 0)
                err = check_keys(staging, info);
        if (err == 0)
                err = put_back_stores(request, staging, info);
        if (err == 0)
                err = check_stores(request, staging, info);
        if (err == 0)
                err = erasures_put_back(request, staging, &unread, info);
        return err != 0 ? err : move_into_place(staging, request->directory, info);
}
