#include "tests/lib/partitions.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const char *const territories[PARTITIONS_MAX] = {"31", "34", "11", "30", "66", "81", "82", "09"};

const char *partitions_territory(size_t partition)
{
        return territories[partition];
}

/* As the first is, but for who and where it is; `init` gives it ports and keys. */
static json_t *partition_like(const json_t *first, size_t partition)
{
        char name[32], store[48];
        json_t *one = json_deep_copy(first);
        (void)snprintf(name, sizeof(name), "tracking-%zu", partition + 1);
        (void)snprintf(store, sizeof(store), "stores/%s", name);
        if (one == NULL || json_object_set_new(one, "name", json_string(name)) != 0 ||
            json_object_set_new(one, "partition", json_integer((json_int_t)partition + 1)) != 0 ||
            json_object_set_new(one, "territories", json_pack("[s]", territories[partition])) != 0 ||
            json_object_set_new(one, "store", json_string(store)) != 0)
                harness_fail("%s: no memory", name);
        (void)json_object_del(one, "public_key");
        return one;
}

static void put_partitions(const char *directory, size_t partitions)
{
        char path[4200];
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        json_t *topology = json_load_file(path, 0, NULL), *list = json_object_get(topology, "instances");
        json_t *first = NULL;
        for (size_t i = json_array_size(list); i > 0; i--) {
                json_t *one = json_array_get(list, i - 1);
                if (strcmp(json_string_value(json_object_get(one, "service")), "tracking") != 0)
                        continue;
                json_decref(first);
                first = json_incref(one);
                (void)json_array_remove(list, i - 1);
        }
        for (size_t i = 0; first != NULL && i < partitions; i++)
                (void)json_array_append_new(list, partition_like(first, i));
        json_decref(first);
        if (first == NULL || json_dump_file(topology, path, JSON_INDENT(2)) != 0)
                harness_fail("%s: its partitions cannot be changed", path);
        json_decref(topology);
}

struct net *partitions_start(const struct harness *context, size_t partitions, const char *const *instances,
                             size_t count)
{
        static unsigned made;
        char directory[4096];
        (void)snprintf(directory, sizeof(directory), "%s/partitions-%u", context->directory, made++);
        net_init(context, directory);
        put_partitions(directory, partitions);
        return net_start_in(context, directory, instances, count);
}
