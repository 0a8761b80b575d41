#include "services/ctl/backup/erasures.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "common/store/key.h"

static const char TABLE[] = "erased", FILE_NAME[] = "erasures";

struct ids {
        struct id *ids;
        size_t count;
        struct arena *arena;
};

static void add_id(struct ids *ids, struct id id)
{
        ids->ids = pb_append(ids->ids, &ids->count, sizeof(id), ids->arena);
        ids->ids[ids->count - 1] = id;
}

static bool has_id(const struct id *ids, size_t count, struct id id)
{
        for (size_t i = 0; i < count; i++)
                if (id_equal(ids[i], id))
                        return true;
        return false;
}

void erasures_in(const struct moment_store *store, struct arena *arena, struct id **ret, size_t *ret_count)
{
        struct ids found = {.arena = arena};
        for (size_t t = 0; t < store->table_count; t++) {
                if (strcmp(store->tables[t].name, TABLE) != 0)
                        continue;
                struct scan scan = scan_prefix(store->txn, t, slice_of(NULL, 0));
                while (scan_next(&scan))
                        if (scan.key.size == sizeof(struct id))
                                add_id(&found, key_read_id(scan.key, 0));
                scan_end(&scan);
        }
        *ret = found.ids;
        *ret_count = found.count;
}

/* Those of another backup that this one does not have. */
static void add_of_manifest(const struct manifest *manifest, const struct kept_store *kept, struct ids *missing)
{
        for (size_t i = 0; i < manifest->store_count; i++) {
                const struct kept_store *other = &manifest->stores[i];
                if (strcmp(other->instance, kept->instance) != 0)
                        continue;
                for (size_t n = 0; n < other->erased_count; n++)
                        if (!has_id(kept->erased, kept->erased_count, other->erased[n]) &&
                            !has_id(missing->ids, missing->count, other->erased[n]))
                                add_id(missing, other->erased[n]);
        }
}

/* Those of the network's old directory: what was done after the last backup. */
static void add_of_survivor(const char *old, const struct kept_store *kept, struct ids *missing)
{
        struct instance instance = {.name = kept->instance};
        struct moment_store store = {
                .instance = &instance,
                .below = "",
                .directory = arena_printf(missing->arena, "%s/stores/%s", old, kept->instance),
        };
        struct id *ids = NULL;
        size_t count = 0;
        if (access(arena_printf(missing->arena, "%s/data.mdb", store.directory), F_OK) == 0 &&
            moment_store_open(&store, missing->arena, NULL) == 0 && moment_renew(&store, NULL) == 0) {
                erasures_in(&store, missing->arena, &ids, &count);
                moment_release(&store);
        }
        store_close(store.store);
        for (size_t i = 0; i < count; i++)
                if (!has_id(kept->erased, kept->erased_count, ids[i]) && !has_id(missing->ids, missing->count, ids[i]))
                        add_id(missing, ids[i]);
}

static int write_list(const char *path, const struct ids *missing, struct err_info *info)
{
        FILE *file = fopen(path, "we");
        bool is_written = file != NULL;
        for (size_t i = 0; is_written && i < missing->count; i++) {
                char text[ID_TEXT_SIZE];
                id_format(missing->ids[i], text);
                is_written = fprintf(file, "%s\n", text) > 0;
        }
        is_written = is_written && fflush(file) == 0 && fsync(fileno(file)) == 0;
        int why = errno;
        if (file != NULL && fclose(file) != 0)
                is_written = false;
        return is_written ? 0 : err_set(info, -why, "%s : écriture impossible (%s).", path, strerror(why));
}

int erasures_put_back(const struct put_back *put_back, const char *staging, size_t *ret_unread, struct err_info *info)
{
        scoped(arena_fini) struct arena arena = {0};
        const struct manifest *own = put_back->manifest;
        const char **names;
        size_t count;
        int err = repository_list(put_back->repository, &arena, &names, &count, info);
        struct manifest *manifests = arena_zalloc(&arena, (count + 1) * sizeof(*manifests));
        *ret_unread = 0;
        for (size_t i = 0; err == 0 && i < count; i++) {
                struct manifest manifest;
                if (repository_read(put_back->repository, names[i], &arena, &manifest, NULL) == 0)
                        manifests[i] = manifest;
                else
                        (*ret_unread)++;
        }
        for (size_t s = 0; err == 0 && s < own->store_count; s++) {
                struct ids missing = {.arena = &arena};
                if (own->stores[s].below[0] != '\0')
                        continue;
                for (size_t i = 0; i < count; i++)
                        add_of_manifest(&manifests[i], &own->stores[s], &missing);
                if (put_back->survives != NULL)
                        add_of_survivor(put_back->survives, &own->stores[s], &missing);
                if (missing.count > 0)
                        err = write_list(
                                arena_printf(&arena, "%s/stores/%s/%s", staging, own->stores[s].instance, FILE_NAME),
                                &missing, info);
        }
        return err;
}
