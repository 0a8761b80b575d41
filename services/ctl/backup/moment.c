#include "services/ctl/backup/moment.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/directory.h"
#include "common/base/world.h"
#include "common/codec/pb.h"
#include "common/store/key.h"
#include "common/store/position.h"
#include "common/store/runtime_tables.h"

enum { TRIES_MAX = 200, PATH_SIZE = 4096 + 256 };

/* --- which stores there are ----------------------------------------------------------------------------------------
 */

static bool is_environment(const char *directory)
{
        char path[PATH_SIZE + sizeof("/data.mdb")];
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        return access(path, F_OK) == 0;
}

static bool is_named(const char *names, const char *name)
{
        size_t size = strlen(name);
        for (const char *at = names; at != NULL && *at != '\0'; at += strcspn(at, ","), at += *at == ',')
                if (strcspn(at, ",") == size && strncmp(at, name, size) == 0)
                        return true;
        return false;
}

static void add_files(struct moment *moment, const struct instance *instance, const char *below)
{
        moment->stores = pb_append(moment->stores, &moment->count, sizeof(*moment->stores), &moment->arena);
        moment->stores[moment->count - 1] = (struct moment_store){
                .instance = instance,
                .below = arena_text(&moment->arena, below),
                .directory = below[0] == '\0' ? instance->store
                                              : arena_printf(&moment->arena, "%s/%s", instance->store, below),
        };
}

static int add_main_stores(struct moment *moment, const struct topology *topology, const char *without,
                           struct err_info *info)
{
        for (size_t i = topology->instance_count; i > 0; i--) { /* sources stand first in a topology */
                const struct instance *instance = &topology->instances[i - 1];
                if (is_named(without, instance->name))
                        continue;
                if (!is_environment(instance->store))
                        return err_set(info, ERR_NOT_FOUND,
                                       "%s : pas de magasin dans %s. S'il est sur une autre machine, sauvegardez-le "
                                       "là-bas et ajoutez ici « --without %s ».",
                                       instance->name, instance->store, instance->name);
                add_files(moment, instance, "");
        }
        return 0;
}

static void add_key_stores(struct moment *moment)
{
        size_t main_stores = moment->count;
        for (size_t i = 0; i < main_stores; i++) {
                const struct instance *instance = moment->stores[i].instance;
                scoped(close_directory) DIR *directory = opendir(instance->store);
                for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
                        char path[PATH_SIZE];
                        (void)snprintf(path, sizeof(path), "%s/%s", instance->store, entry->d_name);
                        if (strchr(entry->d_name, '.') == NULL && is_environment(path)) /* not what is being made */
                                add_files(moment, instance, entry->d_name);
                }
        }
}

/* --- opening them --------------------------------------------------------------------------------------------------
 */

/* Twice: an environment is opened with its tables, and only it knows which it has. */
int moment_store_open(struct moment_store *store, struct arena *arena, struct err_info *info)
{
        struct store_spec spec = {0};
        const char **names = NULL;
        int err = store_open_readonly(&spec, store->directory, &store->store, info);
        if (err == 0)
                err = store_table_names(store->store, arena, &names, &store->table_count, info);
        store_close(store->store);
        store->store = NULL;
        if (err != 0)
                return err;
        store->tables = arena_zalloc(arena, (store->table_count + 1) * sizeof(*store->tables));
        for (size_t i = 0; i < store->table_count; i++)
                store->tables[i] = (struct table_spec){.name = names[i], .kind = TABLE_RUNTIME};
        static const struct table_spec runtime[] = {RUNTIME_TABLE_SPECS};
        store->has_log = store->table_count >= RUNTIME_TABLES;
        for (size_t i = 0; store->has_log && i < RUNTIME_TABLES; i++)
                store->has_log = strcmp(names[i], runtime[i].name) == 0;
        spec.tables = store->tables;
        spec.table_count = store->table_count;
        return store_open_readonly(&spec, store->directory, &store->store, info);
}

static int open_stores(struct moment *moment, struct err_info *info)
{
        for (size_t i = 0; i < moment->count; i++) {
                int err = moment_store_open(&moment->stores[i], &moment->arena, info);
                if (err != 0)
                        return err;
        }
        return 0;
}

static void close_stores(struct moment *moment)
{
        for (size_t i = 0; i < moment->count; i++) {
                moment_release(&moment->stores[i]);
                store_close(moment->stores[i].store);
                moment->stores[i].store = NULL;
        }
}

void moment_release(struct moment_store *store)
{
        if (store->txn != NULL)
                txn_end_read(store->txn);
        store->txn = NULL;
}

int moment_renew(struct moment_store *store, struct err_info *info)
{
        moment_release(store);
        store->txn = txn_begin_read(store->store, info);
        return store->txn != NULL ? 0 : ERR_STORE;
}

static bool find_blobs(const struct moment_store *store, size_t *ret_table)
{
        for (size_t t = 0; store->has_log && t < store->table_count; t++)
                if (strcmp(store->tables[t].name, "blob") == 0) {
                        *ret_table = t;
                        return true;
                }
        return false;
}

struct documents moment_documents(const struct moment_store *store, struct arena *arena)
{
        struct documents found = {0};
        struct walk walk;
        struct blob blob;
        size_t table;
        if (!find_blobs(store, &table))
                return found;
        blob_names_walk(store->txn, table, slice_of(NULL, 0), &walk);
        while (blob_names_next(&walk, &blob)) {
                const struct blob_address *last = found.count > 0 ? &found.addresses[found.count - 1] : NULL;
                if (last != NULL && memcmp(last, &blob.address, sizeof(*last)) == 0)
                        continue;
                found.addresses = pb_append(found.addresses, &found.count, sizeof(*found.addresses), arena);
                found.addresses[found.count - 1] = blob.address;
        }
        walk_end(&walk);
        return found;
}

/* --- whether they fit together -------------------------------------------------------------------------------------
 */

static struct moment_store *source_of(struct moment *moment, const char *instance)
{
        for (size_t i = 0; i < moment->count; i++)
                if (moment->stores[i].has_log && strcmp(moment->stores[i].instance->name, instance) == 0)
                        return &moment->stores[i];
        return NULL; /* elsewhere */
}

static int check_position(const struct moment_store *follower, const struct moment_store *source, struct err_info *info)
{
        const char *name = source->instance->name;
        struct position_mark taken = position_get(follower->txn, name).taken;
        uint64_t position = taken.number;
        struct log_entry entry;
        uint8_t hash[EVENT_HASH_SIZE];
        if (position == 0)
                return 0;
        if (position > source->head.number)
                return err_set(info, ERR_FORGED,
                               "%s a suivi %s jusqu'à l'événement %llu, mais le journal de celui-ci s'arrête à %llu : "
                               "leurs magasins ne sont pas du même moment.",
                               follower->instance->name, name, (unsigned long long)position,
                               (unsigned long long)source->head.number);
        if (!log_get(source->txn, position, &entry))
                return err_set(info, ERR_FORGED, "%s : l'événement %llu manque dans son journal.", name,
                               (unsigned long long)position);
        log_hash(entry.record, hash);
        if (!position_is_followed_by(&taken, slice_of(hash, sizeof(hash))))
                return err_set(info, ERR_FORGED,
                               "%s a suivi une autre histoire de %s : leurs magasins ne vont pas ensemble.",
                               follower->instance->name, name);
        return 0;
}

static int check_follower(struct moment *moment, const struct moment_store *follower, struct err_info *info)
{
        struct scan scan = scan_prefix(follower->txn, RUNTIME_POSITIONS, slice_of(NULL, 0));
        int err = 0;
        while (err == 0 && scan_next(&scan)) {
                const struct moment_store *source = source_of(moment, (const char *)scan.key.data);
                if (source != NULL)
                        err = check_position(follower, source, info);
        }
        scan_end(&scan);
        return err;
}

static int check_all(struct moment *moment, struct err_info *info)
{
        for (size_t i = 0; i < moment->count; i++) {
                int err = moment->stores[i].has_log ? check_follower(moment, &moment->stores[i], info) : 0;
                if (err != 0)
                        return err;
        }
        return 0;
}

/* As close together as can be: nothing else happens between the first snapshot and the last. */
static int take_snapshots(struct moment *moment, struct err_info *info)
{
        struct world world = world_real();
        for (size_t i = 0; i < moment->count; i++) {
                int err = moment_renew(&moment->stores[i], info);
                if (err != 0)
                        return err;
        }
        moment->at_ms = world.now_ms(&world);
        for (size_t i = 0; i < moment->count; i++)
                if (moment->stores[i].has_log)
                        moment->stores[i].head = log_read_head(moment->stores[i].txn);
        return 0;
}

static int find_moment(struct moment *moment, struct err_info *info)
{
        int err = ERR_FORGED;
        for (int i = 0; i < TRIES_MAX && err == ERR_FORGED; i++) {
                err = take_snapshots(moment, info);
                if (err == 0)
                        err = check_all(moment, info);
        }
        return err;
}

int moment_take(struct moment *moment, struct err_info *info)
{
        int err = open_stores(moment, info);
        return err != 0 ? err : find_moment(moment, info);
}

int moment_open(const struct topology *topology, const char *without, struct moment *ret, struct err_info *info)
{
        struct moment moment = {0};
        int err = add_main_stores(&moment, topology, without, info);
        if (err == 0) {
                add_key_stores(&moment);
                err = moment_take(&moment, info);
        }
        if (err != 0) {
                moment_close(&moment);
                return err;
        }
        *ret = moment;
        return 0;
}

void moment_close(struct moment *moment)
{
        close_stores(moment);
        arena_fini(&moment->arena);
        *moment = (struct moment){0};
}
