#include "services/ctl/network_file.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/service/topology.h"
#include "services/ctl/options.h"

/* One that is there already may be older than this rule, or another program's work. */
static bool make_directory(const char *path)
{
        if (mkdir(path, S_IRWXU) == 0 || (errno == EEXIST && chmod(path, S_IRWXU) == 0))
                return true;
        (void)complain("%s : création impossible (%s).", path, strerror(errno));
        return false;
}

bool make_directories(const char *directory, const char *const *below, size_t count)
{
        (void)umask(S_IRWXG | S_IRWXO);
        if (!make_directory(directory))
                return false;
        for (size_t i = 0; i < count; i++) {
                char path[CTL_PATH_SIZE];
                (void)snprintf(path, sizeof(path), "%s/%s", directory, below[i]);
                if (!make_directory(path))
                        return false;
        }
        return true;
}

json_t *network_read(const char *path)
{
        json_error_t error;
        json_t *network = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
        if (network == NULL)
                (void)complain("%s : illisible, ligne %d : %s.", path, error.line, error.text);
        return network;
}

void put_text(json_t *object, const char *name, const char *text)
{
        require(json_object_set_new(object, name, json_string(text)) == 0);
}

static int load_or_create(const char *directory, const char *name, struct secrets *ret, struct err_info *info)
{
        char path[CTL_PATH_SIZE];
        struct topology here = {.directory = directory};
        (void)snprintf(path, sizeof(path), "%s/keys/%s.key", directory, name);
        if (access(path, F_OK) == 0)
                return secrets_load(&here, name, ret, info);
        return secrets_create(directory, name, ret, info);
}

bool network_give_keys(const char *directory, json_t *entry, bool signs)
{
        const char *name = json_string_value(json_object_get(entry, "name"));
        struct secrets secrets;
        struct err_info info = {0};
        if (name == NULL || strchr(name, '/') != NULL)
                return complain("chaque instance et chaque pair a un « name » ; complétez la topologie.") == 0;
        if (load_or_create(directory, name, &secrets, &info) != 0)
                return complain("%s", info.text) == 0;

        put_text(entry, "public_key", secrets.curve_public);
        if (signs) {
                uint8_t public_key[SIGNING_PUBLIC_SIZE];
                char hex[2 * SIGNING_PUBLIC_SIZE + 1];
                require(crypto_sign_ed25519_sk_to_pk(public_key, secrets.signing_secret) == 0);
                put_text(entry, "signing_key", sodium_bin2hex(hex, sizeof(hex), public_key, sizeof(public_key)));
        }
        sodium_memzero(&secrets, sizeof(secrets));
        return true;
}

bool network_signs(const json_t *entry)
{
        static const char *const services[] = {"gateway", "tracking", "notifications"};
        const char *service = json_string_value(json_object_get(entry, "service"));
        for (size_t i = 0; service != NULL && i < ARRAY_SIZE(services); i++)
                if (strcmp(service, services[i]) == 0)
                        return true;
        return false;
}

static bool lacks_signature(const char *directory, const json_t *entry)
{
        char path[CTL_PATH_SIZE];
        const char *name = json_string_value(json_object_get(entry, "name"));
        if (name == NULL || !network_signs(entry) || json_object_get(entry, "signing_key") != NULL)
                return false;
        (void)snprintf(path, sizeof(path), "%s/keys/%s.key", directory, name);
        return access(path, F_OK) == 0;
}

static bool give_signatures(const char *directory, json_t *network)
{
        bool changed = false;
        size_t index;
        json_t *entry;
        json_array_foreach (json_object_get(network, "instances"), index, entry) {
                if (!lacks_signature(directory, entry))
                        continue;
                if (!network_give_keys(directory, entry, true))
                        return false;
                (void)printf("« %s » signe désormais ce qu'il demande : sa clé publique est ajoutée à la topologie.\n",
                             json_string_value(json_object_get(entry, "name")));
                changed = true;
        }
        return !changed || network_write(directory, network);
}

bool network_give_signatures(const char *directory)
{
        char path[CTL_PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        if (access(path, F_OK) != 0)
                return true; /* who reads it next says so */
        json_t *network = network_read(path);
        bool done = network != NULL && give_signatures(directory, network);
        json_decref(network);
        return done;
}

bool network_give_shared_keys(const char *directory)
{
        static const char *const names[] = {"persons", "second_factors", "gateways"};
        struct err_info info = {0};
        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                if (secrets_create_shared(directory, names[i], &info) != 0)
                        return complain("%s", info.text) == 0;
        return true;
}

bool network_write(const char *directory, const json_t *network)
{
        char path[CTL_PATH_SIZE];
        char fresh[CTL_PATH_SIZE];
        struct topology *topology = NULL;
        struct err_info info = {0};
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        (void)snprintf(fresh, sizeof(fresh), "%s/topology.json.new", directory);

        (void)umask(S_IRWXG | S_IRWXO);
        (void)unlink(fresh); /* of a write that was cut short: with its modes */
        if (json_dump_file(network, fresh, JSON_INDENT(2)) != 0)
                return complain("%s : écriture impossible (%s).", fresh, strerror(errno)) == 0;
        if (topology_load(fresh, &topology, &info) != 0)
                return complain("%s", info.text) == 0;
        topology_free(topology);
        if (rename(fresh, path) != 0)
                return complain("%s : écriture impossible (%s).", path, strerror(errno)) == 0;
        return true;
}
