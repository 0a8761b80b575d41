#include "common/service/topology.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/catalogue.h"
#include "common/codec/z85.h"

enum { NAME_LENGTH_MAX = 32, INSTANCES_MAX = 256, TERRITORIES_MAX = 128 };

/* Where the reader is in the file: every complaint begins with it. */
struct reader {
        struct topology *topology;
        const char *file;
        char place[64]; /* "instances[2]" */
        struct err_info *info;
};

static int complain(const struct reader *reader, const char *member, const char *problem)
{
        return err_set(reader->info, ERR_CONFIG, "%s: %s%s%s: %s", reader->file, reader->place,
                       reader->place[0] != '\0' && member[0] != '\0' ? "." : "", member, problem);
}

static bool name_is_valid(const char *name)
{
        size_t length = strlen(name);
        return length > 0 && length <= NAME_LENGTH_MAX &&
               strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length && name[0] != '-';
}

/* tcp://host:port or ipc://path. */
static bool endpoint_is_valid(const char *endpoint)
{
        if (strncmp(endpoint, "ipc://", 6) == 0)
                return endpoint[6] != '\0';
        if (strncmp(endpoint, "tcp://", 6) != 0)
                return false;
        const char *colon = strrchr(endpoint + 6, ':');
        uint64_t port = 0;
        return colon != NULL && colon > endpoint + 6 && text_to_u64(colon + 1, 65535, &port) == 0 && port > 0;
}

static bool http_is_valid(const char *http)
{
        const char *colon = strrchr(http, ':');
        uint64_t port = 0;
        return colon != NULL && colon > http && text_to_u64(colon + 1, 65535, &port) == 0;
}

static int check_members(const struct reader *reader, const json_t *object, const char *const *known)
{
        if (!json_is_object(object))
                return complain(reader, "", "must be a JSON object {…}");
        for (void *at = json_object_iter((json_t *)(uintptr_t)object); at != NULL;
             at = json_object_iter_next((json_t *)(uintptr_t)object, at)) {
                const char *const *name = known;
                while (*name != NULL && strcmp(*name, json_object_iter_key(at)) != 0)
                        name++;
                if (*name == NULL)
                        return complain(reader, json_object_iter_key(at),
                                        "unknown member; remove it or mend its spelling");
        }
        return 0;
}

/* A text member: *ret is NULL where it is absent and not `required`. */
static int read_text(const struct reader *reader, const json_t *object, const char *member, bool required,
                     const char **ret)
{
        const json_t *value = json_object_get(object, member);
        if (value == NULL) {
                *ret = NULL;
                return required ? complain(reader, member, "is missing; add it, as text") : 0;
        }
        if (!json_is_string(value) || text_is_empty(json_string_value(value)))
                return complain(reader, member, "must be a text that is not empty");
        *ret = json_string_value(value);
        return 0;
}

static int read_name(const struct reader *reader, const json_t *object, const char **ret)
{
        int err = read_text(reader, object, "name", true, ret);
        if (err == 0 && !name_is_valid(*ret))
                err = complain(reader, "name", "use 1 to 32 of a-z, 0-9 and '-'");
        return err;
}

static int read_endpoint(const struct reader *reader, const json_t *object, const char *member, bool required,
                         const char **ret)
{
        int err = read_text(reader, object, member, required, ret);
        if (err == 0 && *ret != NULL && !endpoint_is_valid(*ret))
                err = complain(reader, member, "write tcp://HOST:PORT with a port of 1 to 65535, or ipc://PATH");
        return err;
}

static int read_public_key(const struct reader *reader, const json_t *object, const char **ret)
{
        int err = read_text(reader, object, "public_key", true, ret);
        if (err == ERR_CONFIG && json_object_get(object, "public_key") == NULL)
                return complain(reader, "public_key", "is missing; `guichetctl init` makes the keys");
        if (err == 0 && !z85_is_key(*ret))
                err = complain(reader, "public_key",
                               "must be the 40 characters of a CURVE key; `guichetctl init` makes it");
        return err;
}

/* `service`: of an instance; NULL: a peer, whose tools sign for people as gateways do. */
static int read_signing_key(struct reader *reader, const json_t *object, const char *name, const char *service)
{
        const char *hex;
        int err = read_text(reader, object, "signing_key", false, &hex);
        if (err != 0 || hex == NULL)
                return err;

        struct signer *signer = &reader->topology->signers[reader->topology->signer_count];
        size_t size = 0;
        if (strlen(hex) != 2 * SIGNING_PUBLIC_SIZE ||
            sodium_hex2bin(signer->public_key, SIGNING_PUBLIC_SIZE, hex, strlen(hex), NULL, &size, NULL) != 0 ||
            size != SIGNING_PUBLIC_SIZE)
                return complain(reader, "signing_key", "must be 64 hexadecimal digits; `guichetctl init` makes it");
        signer->name = name;
        signer->is_gateway = service != NULL && strcmp(service, "gateway") == 0;
        signer->is_daemon = service != NULL && !signer->is_gateway;
        reader->topology->signer_count++;
        return 0;
}

static int read_store(const struct reader *reader, const json_t *object, const char **ret)
{
        int err = read_text(reader, object, "store", true, ret);
        if (err == 0 && (*ret)[0] != '/')
                *ret = arena_printf(&reader->topology->arena, "%s/%s", reader->topology->directory, *ret);
        return err;
}

static int read_territories(const struct reader *reader, const json_t *object, struct instance *instance)
{
        const json_t *list = json_object_get(object, "territories");
        if (list != NULL && (!json_is_array(list) || json_array_size(list) > TERRITORIES_MAX))
                return complain(reader, "territories", "must be a list of department codes: [\"31\", \"82\"]");

        size_t count = json_array_size(list);
        instance->territories = arena_zalloc(&reader->topology->arena, (count + 1) * sizeof(const char *));
        for (size_t i = 0; i < count; i++) {
                const char *code = json_string_value(json_array_get(list, i));
                if (code == NULL || !territory_valid(code))
                        return complain(reader, "territories",
                                        "each must be a department code as text: \"09\", \"2A\", \"974\"");
                instance->territories[i] = code;
        }
        if (count > 0 && instance->partition == 0)
                return complain(reader, "territories", "only a partition has territories; add \"partition\": 1..4095");
        return 0;
}

static int read_partition(const struct reader *reader, const json_t *object, struct instance *instance)
{
        const json_t *value = json_object_get(object, "partition");
        if (value == NULL)
                return 0;
        if (!json_is_integer(value) || json_integer_value(value) < 1 || json_integer_value(value) > ID_PARTITION_MAX)
                return complain(reader, "partition",
                                "must be a number from 1 to 4095; leave it out where there is none");
        instance->partition = (uint32_t)json_integer_value(value);
        return 0;
}

/* A partitioned daemon learns its own territories as any other setting: "09,12,31". */
static void tell_territories(struct instance *instance, json_t *object)
{
        char text[TERRITORIES_MAX * TERRITORY_TEXT_SIZE + 1] = "";
        size_t used = 0;
        for (const char **at = instance->territories; *at != NULL; at++)
                used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", used > 0 ? "," : "", *at);

        json_t *settings = json_object_get(object, "settings");
        if (settings == NULL) {
                settings = json_object();
                require(json_object_set_new(object, "settings", settings) == 0);
        }
        require(json_object_set_new(settings, "territories", json_string(text)) == 0);
        instance->settings = settings;
}

static int read_settings(const struct reader *reader, json_t *object, struct instance *instance)
{
        instance->settings = json_object_get(object, "settings");
        if (instance->settings != NULL && !json_is_object(instance->settings))
                return complain(reader, "settings", "must be a JSON object {…}");
        if (instance->partition != 0)
                tell_territories(instance, object);
        return 0;
}

static int read_instance(struct reader *reader, json_t *object, struct instance *instance)
{
        static const char *const known[] = {"name",       "service",     "endpoint",  "events",      "store",    "http",
                                            "public_key", "signing_key", "partition", "territories", "settings", NULL};
        int err = check_members(reader, object, known);
        if (err == 0)
                err = read_name(reader, object, &instance->name);
        if (err == 0)
                err = read_text(reader, object, "service", true, &instance->service);
        if (err == 0 && (catalogue_find(instance->service) == NULL || strcmp(instance->service, "runtime") == 0))
                err = complain(reader, "service",
                               "no such service; one of contracts, tracking, directory, notifications, reporting, "
                               "accounts, gateway");
        if (err == 0)
                err = read_endpoint(reader, object, "endpoint", true, &instance->endpoint);
        if (err == 0)
                err = read_endpoint(reader, object, "events", false, &instance->events);
        if (err == 0)
                err = read_store(reader, object, &instance->store);
        if (err == 0)
                err = read_text(reader, object, "http", false, &instance->http);
        if (err == 0 && instance->http != NULL && !http_is_valid(instance->http))
                err = complain(reader, "http", "write HOST:PORT, for example 127.0.0.1:8080");
        if (err == 0)
                err = read_public_key(reader, object, &instance->public_key);
        if (err == 0)
                err = read_signing_key(reader, object, instance->name, instance->service);
        if (err == 0)
                err = read_partition(reader, object, instance);
        if (err == 0)
                err = read_territories(reader, object, instance);
        return err == 0 ? read_settings(reader, object, instance) : err;
}

static int read_peer(struct reader *reader, const json_t *object, struct peer *peer)
{
        static const char *const known[] = {"name", "public_key", "signing_key", NULL};
        int err = check_members(reader, object, known);
        if (err == 0)
                err = read_name(reader, object, &peer->name);
        if (err == 0)
                err = read_public_key(reader, object, &peer->public_key);
        return err == 0 ? read_signing_key(reader, object, peer->name, NULL) : err;
}

static bool share_territory(const struct instance *a, const struct instance *b)
{
        for (const char **at = a->territories; *at != NULL; at++)
                for (const char **other = b->territories; *other != NULL; other++)
                        if (strcmp(*at, *other) == 0)
                                return true;
        return false;
}

/* Both are told, and the same. */
static bool are_one(const char *a, const char *b)
{
        return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* What two instances must not have in common. NULL: nothing is wrong. */
static const char *clash(const struct instance *a, const struct instance *b, const char **ret_member)
{
        *ret_member = "name";
        if (are_one(a->name, b->name))
                return "an earlier instance has this name; give another";
        *ret_member = "endpoint";
        if (are_one(a->endpoint, b->endpoint) || are_one(a->events, b->endpoint))
                return "an earlier instance listens there; take another port";
        *ret_member = "events";
        if (are_one(a->endpoint, b->events) || are_one(a->events, b->events))
                return "an earlier instance listens there; take another port";
        *ret_member = "store";
        if (are_one(a->store, b->store))
                return "an earlier instance owns this store; give each its own directory";
        if (!are_one(a->service, b->service))
                return NULL;
        *ret_member = "partition";
        if ((a->partition == 0) != (b->partition == 0))
                return "either all instances of a service are partitions or none is";
        if (a->partition != 0 && a->partition == b->partition)
                return "an earlier instance has this partition; number them 1, 2, 3…";
        *ret_member = "territories";
        if (share_territory(a, b))
                return "a territory belongs to one partition only; an earlier instance has one of these";
        return NULL;
}

static int check_instance(struct reader *reader, size_t index)
{
        const struct topology *topology = reader->topology;
        const struct instance *instance = &topology->instances[index];

        if (are_one(instance->endpoint, instance->events))
                return complain(reader, "events", "must not be the endpoint; take another port");
        if (strcmp(instance->service, "gateway") == 0 && instance->http == NULL)
                return complain(reader, "http", "a gateway needs it; write HOST:PORT, for example 127.0.0.1:8080");
        for (size_t i = 0; i < index; i++) {
                const char *member;
                const char *problem = clash(&topology->instances[i], instance, &member);
                if (problem != NULL)
                        return complain(reader, member, problem);
        }
        return 0;
}

static int check_peer(struct reader *reader, size_t index)
{
        const char *name = reader->topology->peers[index].name;
        if (topology_instance(reader->topology, name) != NULL)
                return complain(reader, "name", "an instance has this name; give another");
        for (size_t i = 0; i < index; i++)
                if (are_one(reader->topology->peers[i].name, name))
                        return complain(reader, "name", "an earlier peer has this name; give another");
        return 0;
}

static int read_list(struct reader *reader, const char *member, const json_t **ret)
{
        const json_t *list = json_object_get(reader->topology->json, member);
        reader->place[0] = '\0';
        if (!json_is_array(list) || json_array_size(list) > INSTANCES_MAX)
                return complain(reader, member, "must be a list […] of at most 256");
        *ret = list;
        return 0;
}

static int read_instances(struct reader *reader)
{
        struct topology *topology = reader->topology;
        const json_t *list;
        int err = read_list(reader, "instances", &list);
        if (err == 0 && json_array_size(list) == 0)
                err = complain(reader, "instances", "is empty; a network has one instance at least");
        if (err != 0)
                return err;

        topology->instances = arena_zalloc(&topology->arena, json_array_size(list) * sizeof(struct instance));
        for (size_t i = 0; i < json_array_size(list); i++) {
                (void)snprintf(reader->place, sizeof(reader->place), "instances[%zu]", i);
                err = read_instance(reader, json_array_get(list, i), &topology->instances[i]);
                if (err == 0)
                        err = check_instance(reader, i);
                if (err != 0)
                        return err;
                topology->instance_count++;
        }
        return 0;
}

static int read_peers(struct reader *reader)
{
        struct topology *topology = reader->topology;
        const json_t *list;
        int err = read_list(reader, "peers", &list);
        if (err != 0)
                return err;

        topology->peers = arena_zalloc(&topology->arena, (json_array_size(list) + 1) * sizeof(struct peer));
        for (size_t i = 0; i < json_array_size(list); i++) {
                (void)snprintf(reader->place, sizeof(reader->place), "peers[%zu]", i);
                err = read_peer(reader, json_array_get(list, i), &topology->peers[i]);
                if (err == 0)
                        err = check_peer(reader, i);
                if (err != 0)
                        return err;
                topology->peer_count++;
        }
        return 0;
}

static int read_file(struct reader *reader, const char *path)
{
        struct topology *topology = reader->topology;
        char absolute[PATH_MAX];
        json_error_t error;

        if (realpath(path, absolute) == NULL)
                return err_set(reader->info, ERR_CONFIG, "%s: cannot be read (%s); `guichetctl init` makes it", path,
                               strerror(errno));
        struct stat facts;
        if (stat(absolute, &facts) != 0 || (facts.st_mode & (S_IWGRP | S_IWOTH)) != 0)
                return err_set(
                        reader->info, ERR_CONFIG,
                        "%s: others may change it, and with it who is let in; `chmod go-w` it, and compare its keys",
                        path);
        topology->json = json_load_file(absolute, JSON_REJECT_DUPLICATES, &error);
        if (topology->json == NULL)
                return err_set(reader->info, ERR_CONFIG, "%s: line %d: %s", path, error.line, error.text);
        topology->directory = arena_text(&topology->arena, dirname(absolute));
        return 0;
}

static int read_all(struct reader *reader, const char *path)
{
        static const char *const known[] = {"network", "instances", "peers", NULL};
        struct topology *topology = reader->topology;

        int err = read_file(reader, path);
        if (err == 0)
                err = check_members(reader, topology->json, known);
        if (err != 0)
                return err;
        err = read_text(reader, topology->json, "network", true, &topology->network);
        topology->signers = arena_zalloc(&topology->arena, (size_t)2 * INSTANCES_MAX * sizeof(struct signer));
        if (err == 0)
                err = read_instances(reader);
        return err == 0 ? read_peers(reader) : err;
}

int topology_load(const char *path, struct topology **ret, struct err_info *info)
{
        struct topology *topology = calloc(1, sizeof(*topology));
        if (topology == NULL)
                return err_set(info, ERR_NO_MEMORY, "out of memory");
        arena_init(&topology->arena);

        struct reader reader = {.topology = topology, .file = path, .info = info};
        int err = read_all(&reader, path);
        if (err != 0) {
                topology_free(topology);
                return err;
        }
        *ret = topology;
        return 0;
}

void topology_free(struct topology *topology)
{
        if (topology == NULL)
                return;
        json_decref(topology->json);
        arena_fini(&topology->arena);
        free(topology);
}

const struct instance *topology_instance(const struct topology *topology, const char *name)
{
        for (size_t i = 0; i < topology->instance_count; i++)
                if (strcmp(topology->instances[i].name, name) == 0)
                        return &topology->instances[i];
        return NULL;
}

const struct instance *topology_of_service(const struct topology *topology, const char *service, size_t n)
{
        for (size_t i = 0; i < topology->instance_count; i++)
                if (strcmp(topology->instances[i].service, service) == 0 && n-- == 0)
                        return &topology->instances[i];
        return NULL;
}

const struct instance *topology_of_partition(const struct topology *topology, const char *service, uint32_t partition)
{
        for (size_t i = 0; i < topology->instance_count; i++)
                if (topology->instances[i].partition == partition &&
                    strcmp(topology->instances[i].service, service) == 0)
                        return &topology->instances[i];
        return NULL;
}

static bool has_territory(const struct instance *instance, const char *territory)
{
        for (const char **at = instance->territories; *at != NULL; at++)
                if (strcmp(*at, territory) == 0)
                        return true;
        return false;
}

const char *topology_home(const struct topology *topology)
{
        for (size_t i = 0; i < topology->instance_count; i++)
                if (topology->instances[i].territories != NULL && topology->instances[i].territories[0] != NULL)
                        return topology->instances[i].territories[0];
        return NULL;
}

const struct instance *topology_of_territory(const struct topology *topology, const char *service,
                                             const char *territory)
{
        const struct instance *any = NULL;
        for (size_t i = 0; i < topology->instance_count; i++) {
                const struct instance *instance = &topology->instances[i];
                if (strcmp(instance->service, service) != 0)
                        continue;
                if (has_territory(instance, territory))
                        return instance;
                if (instance->territories[0] == NULL && any == NULL)
                        any = instance;
        }
        return any;
}
