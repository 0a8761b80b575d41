#include "services/ctl/backup/manifest.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"

/* The file is the JSON text, a line end, and the 64 digits of its keyed hash. */
enum { SEAL_SIZE = 32, SEAL_TEXT_SIZE = 2 * SEAL_SIZE + 1, FORMAT = 1 };

static void drop_json(json_t **json)
{
        json_decref(*json);
}

static void free_text(char **text)
{
        free(*text);
}

/* --- into JSON -----------------------------------------------------------------------------------------------------
 */

static json_t *json_of_chunks(const struct kept_chunks *chunks)
{
        json_t *list = json_array();
        for (size_t i = 0; i < chunks->count; i++) {
                char text[CHUNK_NAME_TEXT_SIZE];
                chunk_name_format(chunks->names[i], text);
                require(json_array_append_new(list, json_string(text)) == 0);
        }
        return list;
}

static json_t *json_of_ids(const struct id *ids, size_t count)
{
        json_t *list = json_array();
        for (size_t i = 0; i < count; i++) {
                char text[ID_TEXT_SIZE];
                id_format(ids[i], text);
                require(json_array_append_new(list, json_string(text)) == 0);
        }
        return list;
}

static json_t *json_of_store(const struct kept_store *store)
{
        json_t *json = json_object(), *tables = json_array();
        json_set_member(json, "instance", json_string(store->instance));
        json_set_member(json, "below", json_string(store->below));
        if (store->has_log) {
                char hash[2 * EVENT_HASH_SIZE + 1];
                json_set_member(json, "head", json_integer((json_int_t)store->head.number));
                json_set_member(json, "headHash",
                                json_string(sodium_bin2hex(hash, sizeof(hash), store->head.hash, EVENT_HASH_SIZE)));
        }
        json_set_member(json, "tables", tables);
        if (store->erased_count > 0)
                json_set_member(json, "erased", json_of_ids(store->erased, store->erased_count));
        for (size_t i = 0; i < store->table_count; i++) {
                const struct kept_table *table = &store->tables[i];
                json_t *one = json_object();
                json_set_member(one, "name", json_string(table->name));
                json_set_member(one, "rows", json_integer((json_int_t)table->rows));
                json_set_member(one, "chunks", json_of_chunks(&table->chunks));
                require(json_array_append_new(tables, one) == 0);
        }
        return json;
}

static json_t *json_of(const struct manifest *manifest)
{
        json_t *json = json_object(), *files = json_array(), *stores = json_array();
        json_set_member(json, "format", json_integer(FORMAT));
        json_set_member(json, "name", json_string(manifest->name));
        json_set_member(json, "previous", json_string(manifest->previous));
        json_set_member(json, "network", json_string(manifest->network));
        json_set_member(json, "directory", json_string(manifest->directory));
        json_set_member(json, "program", json_string(manifest->program));
        json_set_member(json, "at", json_integer(manifest->at_ms));
        json_set_member(json, "files", files);
        json_set_member(json, "stores", stores);
        for (size_t i = 0; i < manifest->file_count; i++) {
                json_t *one = json_object();
                json_set_member(one, "path", json_string(manifest->files[i].path));
                json_set_member(one, "chunks", json_of_chunks(&manifest->files[i].chunks));
                require(json_array_append_new(files, one) == 0);
        }
        for (size_t i = 0; i < manifest->store_count; i++)
                require(json_array_append_new(stores, json_of_store(&manifest->stores[i])) == 0);
        return json;
}

static void seal_text(const struct recovery *recovery, struct slice text, char ret_seal[SEAL_TEXT_SIZE])
{
        uint8_t seal[SEAL_SIZE];
        require(crypto_generichash(seal, sizeof(seal), text.data, text.size, recovery->recognition,
                                   sizeof(recovery->recognition)) == 0);
        (void)sodium_bin2hex(ret_seal, SEAL_TEXT_SIZE, seal, sizeof(seal));
}

struct slice manifest_encode(const struct manifest *manifest, const struct recovery *recovery, struct arena *arena)
{
        char seal[SEAL_TEXT_SIZE];
        scoped(drop_json) json_t *json = json_of(manifest);
        scoped(free_text) char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
        require(text != NULL);
        seal_text(recovery, slice_of_text(text), seal);
        return slice_of_text(arena_printf(arena, "%s\n%s\n", text, seal));
}

/* --- out of JSON ---------------------------------------------------------------------------------------------------
 * What the keyed hash vouches for was written by manifest_encode(): a member that is missing is a later format. */

static const char *text_of(const json_t *json, const char *name, struct arena *arena)
{
        const char *text = json_string_value(json_object_get(json, name));
        return text == NULL ? NULL : arena_text(arena, text);
}

static bool take_chunks(const json_t *list, struct arena *arena, struct kept_chunks *ret)
{
        size_t count = json_array_size(list);
        *ret = (struct kept_chunks){arena_alloc(arena, (count + 1) * sizeof(*ret->names)), count};
        for (size_t i = 0; i < count; i++)
                if (!chunk_name_parse(json_string_value(json_array_get(list, i)), &ret->names[i]))
                        return false;
        return json_is_array(list);
}

static bool take_table(const json_t *json, struct arena *arena, struct kept_table *ret)
{
        ret->name = text_of(json, "name", arena);
        ret->rows = (uint64_t)json_integer_value(json_object_get(json, "rows"));
        return ret->name != NULL && take_chunks(json_object_get(json, "chunks"), arena, &ret->chunks);
}

static bool take_head(const json_t *json, struct kept_store *ret)
{
        const char *hash = json_string_value(json_object_get(json, "headHash"));
        size_t got = 0;
        ret->has_log = hash != NULL;
        ret->head.number = (uint64_t)json_integer_value(json_object_get(json, "head"));
        return hash == NULL ||
               (sodium_hex2bin(ret->head.hash, EVENT_HASH_SIZE, hash, strlen(hash), NULL, &got, NULL) == 0 &&
                got == EVENT_HASH_SIZE);
}

/* Absent: nobody is. */
static bool take_erased(const json_t *list, struct arena *arena, struct kept_store *ret)
{
        ret->erased_count = json_array_size(list);
        ret->erased = arena_alloc(arena, (ret->erased_count + 1) * sizeof(*ret->erased));
        for (size_t i = 0; i < ret->erased_count; i++) {
                const char *text = json_string_value(json_array_get(list, i));
                if (text == NULL || id_parse(text, &ret->erased[i]) != 0)
                        return false;
        }
        return true;
}

static bool take_store(const json_t *json, struct arena *arena, struct kept_store *ret)
{
        const json_t *tables = json_object_get(json, "tables");
        *ret = (struct kept_store){.instance = text_of(json, "instance", arena),
                                   .below = text_of(json, "below", arena)};
        if (ret->instance == NULL || ret->below == NULL || !take_head(json, ret) ||
            !take_erased(json_object_get(json, "erased"), arena, ret))
                return false;
        ret->table_count = json_array_size(tables);
        ret->tables = arena_zalloc(arena, (ret->table_count + 1) * sizeof(*ret->tables));
        for (size_t i = 0; i < ret->table_count; i++)
                if (!take_table(json_array_get(tables, i), arena, &ret->tables[i]))
                        return false;
        return true;
}

static bool take_manifest(const json_t *json, struct arena *arena, struct manifest *ret)
{
        const json_t *files = json_object_get(json, "files"), *stores = json_object_get(json, "stores");
        *ret = (struct manifest){
                .name = text_of(json, "name", arena),
                .previous = text_of(json, "previous", arena),
                .network = text_of(json, "network", arena),
                .directory = text_of(json, "directory", arena),
                .program = text_of(json, "program", arena),
                .at_ms = json_integer_value(json_object_get(json, "at")),
                .files = arena_zalloc(arena, (json_array_size(files) + 1) * sizeof(*ret->files)),
                .file_count = json_array_size(files),
                .stores = arena_zalloc(arena, (json_array_size(stores) + 1) * sizeof(*ret->stores)),
                .store_count = json_array_size(stores),
        };
        if (json_integer_value(json_object_get(json, "format")) != FORMAT || ret->name == NULL ||
            ret->previous == NULL || ret->network == NULL || ret->directory == NULL || ret->program == NULL)
                return false;
        for (size_t i = 0; i < ret->file_count; i++) {
                const json_t *one = json_array_get(files, i);
                ret->files[i].path = text_of(one, "path", arena);
                if (ret->files[i].path == NULL ||
                    !take_chunks(json_object_get(one, "chunks"), arena, &ret->files[i].chunks))
                        return false;
        }
        for (size_t i = 0; i < ret->store_count; i++)
                if (!take_store(json_array_get(stores, i), arena, &ret->stores[i]))
                        return false;
        return true;
}

int manifest_decode(struct slice text, const struct recovery *recovery, struct arena *arena, struct manifest *ret)
{
        char seal[SEAL_TEXT_SIZE];
        if (text.size < SEAL_TEXT_SIZE + 1) /* a line end before, one behind */
                return ERR_FORGED;
        struct slice body = slice_of(text.data, text.size - SEAL_TEXT_SIZE - 1);
        seal_text(recovery, body, seal);
        if (text.data[body.size] != '\n' || sodium_memcmp(seal, text.data + body.size + 1, SEAL_TEXT_SIZE - 1) != 0)
                return ERR_FORGED;
        scoped(drop_json) json_t *json = json_loadb((const char *)body.data, body.size, 0, NULL);
        return take_manifest(json, arena, ret) ? 0 : ERR_STORE_NEWER;
}

/* --- chunks --------------------------------------------------------------------------------------------------------
 */

void kept_chunks_add(struct kept_chunks *chunks, struct chunk_name name, struct arena *arena)
{
        chunks->names = pb_append(chunks->names, &chunks->count, sizeof(*chunks->names), arena);
        chunks->names[chunks->count - 1] = name;
}

void manifest_each_chunk(const struct manifest *manifest, void (*see)(struct chunk_name name, void *argument),
                         void *argument)
{
        for (size_t i = 0; i < manifest->file_count; i++)
                for (size_t c = 0; c < manifest->files[i].chunks.count; c++)
                        see(manifest->files[i].chunks.names[c], argument);
        for (size_t i = 0; i < manifest->store_count; i++)
                for (size_t t = 0; t < manifest->stores[i].table_count; t++)
                        for (size_t c = 0; c < manifest->stores[i].tables[t].chunks.count; c++)
                                see(manifest->stores[i].tables[t].chunks.names[c], argument);
}
