#include "services/ctl/backup/lost.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "common/store/position.h"
#include "services/ctl/backup/moment.h"

struct survivors {
        struct moment_store *stores; /* those that could be opened */
        size_t count;
};

static void close_survivors(struct survivors *survivors)
{
        for (size_t i = 0; i < survivors->count; i++) {
                moment_release(&survivors->stores[i]);
                store_close(survivors->stores[i].store);
        }
}

static void open_survivor(const char *name, const char *directory, struct arena *arena, struct survivors *survivors)
{
        struct instance *instance = arena_zalloc(arena, sizeof(*instance));
        struct moment_store store = {
                .instance = instance,
                .below = "",
                .directory = arena_printf(arena, "%s/stores/%s", directory, name),
        };
        instance->name = name;
        if (access(arena_printf(arena, "%s/data.mdb", store.directory), F_OK) != 0)
                return;
        if (moment_store_open(&store, arena, NULL) != 0 || !store.has_log || moment_renew(&store, NULL) != 0) {
                store_close(store.store);
                return;
        }
        store.head = log_read_head(store.txn);
        survivors->stores = pb_append(survivors->stores, &survivors->count, sizeof(store), arena);
        survivors->stores[survivors->count - 1] = store;
}

static int64_t instant_of(struct txn *txn, uint64_t number, struct arena *arena, struct log_entry *ret)
{
        if (!log_get(txn, number, ret))
                return 0;
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, ret->record, arena);
        return record == NULL ? 0 : record->at_ms;
}

static void look_into(const struct moment_store *store, const struct kept_store *kept, struct arena *arena,
                      struct lost *lost)
{
        struct log_entry entry;
        uint8_t hash[EVENT_HASH_SIZE] = {0};
        lost->told_by = NULL;
        lost->last = store->head.number;
        lost->first_ms = instant_of(store->txn, kept->head.number + 1, arena, &entry);
        lost->last_ms = instant_of(store->txn, store->head.number, arena, &entry);
        if (kept->head.number == 0)
                return;
        if (log_get(store->txn, kept->head.number, &entry))
                log_hash(entry.record, hash);
        lost->other_history = memcmp(hash, kept->head.hash, sizeof(hash)) != 0;
}

static struct lost find_lost(const struct kept_store *kept, const struct survivors *survivors, struct arena *arena)
{
        struct lost lost = {.instance = kept->instance, .kept = kept->head.number, .last = kept->head.number};
        for (size_t i = 0; i < survivors->count; i++) {
                const struct moment_store *store = &survivors->stores[i];
                uint64_t position = position_get(store->txn, kept->instance).taken.number;
                if (position <= lost.last)
                        continue;
                lost.last = position;
                lost.told_by = store->instance->name;
        }
        for (size_t i = 0; i < survivors->count; i++)
                if (strcmp(survivors->stores[i].instance->name, kept->instance) == 0)
                        look_into(&survivors->stores[i], kept, arena, &lost);
        return lost;
}

void lost_since(const struct manifest *manifest, const char *directory, struct arena *arena, struct lost **ret,
                size_t *ret_count)
{
        scoped(close_survivors) struct survivors survivors = {0};
        struct lost *lost = arena_zalloc(arena, (manifest->store_count + 1) * sizeof(*lost));
        size_t count = 0;
        for (size_t i = 0; i < manifest->store_count; i++)
                if (manifest->stores[i].has_log)
                        open_survivor(manifest->stores[i].instance, directory, arena, &survivors);
        for (size_t i = 0; i < manifest->store_count; i++)
                if (manifest->stores[i].has_log)
                        lost[count++] = find_lost(&manifest->stores[i], &survivors, arena);
        *ret = lost;
        *ret_count = count;
}
