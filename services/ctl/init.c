/* init: a run directory out of a topology: keys, public keys in the topology, absolute paths, ports. */
#include <arpa/inet.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/require.h"
#include "services/ctl/add_accounts.h"
#include "services/ctl/network_file.h"
#include "services/ctl/options.h"

enum { PORT_NONE = 65536, FREE_PORTS_MAX = 1024 };

struct init {
        const char *directory;
        const char *topology;
        const char *http;
        const char *smtp;
        bool demo;
        uint64_t base_port;
        char absolute[PATH_MAX];  /* of the run directory */
        char resources[PATH_MAX]; /* directory of the topology that is the model */
        int held[FREE_PORTS_MAX]; /* sockets that keep the free ports until all are known */
        size_t held_count;
};

/* A port that nobody listens on, kept until init ends so that it is not given twice. 0: none. */
static uint16_t free_port(struct init *init)
{
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t size = sizeof(address);
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0 || init->held_count == FREE_PORTS_MAX)
                return 0;
        init->held[init->held_count++] = fd;
        if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
            getsockname(fd, (struct sockaddr *)&address, &size) != 0)
                return 0;
        return ntohs(address.sin_port);
}

/* Replaces what follows the last colon. */
static bool put_port(struct init *init, json_t *entry, const char *member)
{
        const char *text = json_string_value(json_object_get(entry, member));
        const char *colon = text == NULL ? NULL : strrchr(text, ':');
        if (colon == NULL || init->base_port == PORT_NONE)
                return true;

        uint64_t port = init->base_port == 0 ? free_port(init) : init->base_port++;
        if (port == 0 || port >= PORT_NONE)
                return complain("il n'y a pas assez de ports libres.") == 0;
        char changed[256];
        (void)snprintf(changed, sizeof(changed), "%.*s:%u", (int)(colon - text), text, (unsigned)port);
        put_text(entry, member, changed);
        return true;
}

/* Paths of settings that begin with "./" are relative to the topology that they stand in. */
static void resolve_settings(const struct init *init, json_t *entry)
{
        json_t *settings = json_object_get(entry, "settings");
        const char *name;
        json_t *value;
        void *next;
        json_object_foreach_safe(settings, next, name, value)
        {
                const char *text = json_string_value(value);
                char path[2 * PATH_MAX];
                if (text == NULL || strncmp(text, "./", 2) != 0)
                        continue;
                (void)snprintf(path, sizeof(path), "%s/%s", init->resources, text + 2);
                put_text(settings, name, path);
        }
}

static void resolve_store(const struct init *init, json_t *entry)
{
        const char *store = json_string_value(json_object_get(entry, "store"));
        char path[2 * PATH_MAX];
        if (store == NULL || store[0] == '/')
                return;
        (void)snprintf(path, sizeof(path), "%s/%s", init->absolute, store);
        put_text(entry, "store", path);
}

static json_t *settings_of(json_t *entry)
{
        json_t *settings = json_object_get(entry, "settings");
        if (settings == NULL) {
                settings = json_object();
                require(json_object_set_new(entry, "settings", settings) == 0);
        }
        return settings;
}

/* The accounts of an invented region, one click away; who would run it. */
static void put_demo(const struct init *init, json_t *entry)
{
        char path[2 * PATH_MAX];
        (void)snprintf(path, sizeof(path), "%s/tokens.json", init->absolute);
        put_text(settings_of(entry), "demo_sign_ins", path);
        (void)snprintf(path, sizeof(path), "%s/demo/about.json", init->resources);
        if (access(path, R_OK) == 0)
                put_text(settings_of(entry), "about", path);
}

static void put_smtp(const struct init *init, json_t *entry)
{
        json_t *settings = settings_of(entry);
        put_text(settings, "smtp_url", init->smtp);
        if (json_object_get(settings, "mail_from") == NULL)
                put_text(settings, "mail_from", "guichet@localhost");
}

static bool is_service(const json_t *entry, const char *service)
{
        const char *text = json_string_value(json_object_get(entry, "service"));
        return text != NULL && strcmp(text, service) == 0;
}

static bool prepare_instance(struct init *init, json_t *entry)
{
        bool gateway = is_service(entry, "gateway");
        if (!network_give_keys(init->absolute, entry, network_signs(entry)))
                return false;
        resolve_settings(init, entry);
        resolve_store(init, entry);
        if (init->smtp != NULL && is_service(entry, "notifications"))
                put_smtp(init, entry);
        if (!put_port(init, entry, "endpoint") || !put_port(init, entry, "events"))
                return false;
        if (gateway && init->demo)
                put_demo(init, entry);
        if (gateway && init->http != NULL) {
                put_text(entry, "http", init->http);
                init->http = NULL; /* of the first gateway only */
                return true;
        }
        return put_port(init, entry, "http");
}

static bool prepare(struct init *init, json_t *network)
{
        size_t index;
        json_t *entry;
        json_array_foreach (json_object_get(network, "instances"), index, entry) {
                if (!prepare_instance(init, entry))
                        return false;
        }
        json_array_foreach (json_object_get(network, "peers"), index, entry) {
                if (!network_give_keys(init->absolute, entry, true))
                        return false;
        }
        return true;
}

/* The topology that is the model: the one asked for, else the run directory's own, else the project's. */
static bool find_model(struct init *init, char *ret_path, size_t size)
{
        (void)snprintf(ret_path, size, "%s/topology.json", init->directory);
        if (init->topology != NULL || access(ret_path, F_OK) != 0)
                (void)snprintf(ret_path, size, "%s", init->topology != NULL ? init->topology : "deploy/topology.json");
        char *absolute = realpath(ret_path, NULL);
        if (absolute == NULL)
                return complain("%s : illisible (%s) ; indiquez --topology FICHIER.", ret_path, strerror(errno)) == 0;
        (void)snprintf(init->resources, sizeof(init->resources), "%s", dirname(absolute));
        free(absolute);
        return true;
}

/* With what networks of today have, and those of before had not. */
static bool complete(json_t *network)
{
        if (!lacks_accounts(network))
                return true;
        if (!add_accounts(network))
                return complain("il manque un service « accounts » à cette topologie : ajoutez-le, avec ses deux "
                                "adresses.") == 0;
        (void)puts("Les comptes ont désormais leur propre service : « accounts-1 » est ajouté à la topologie.");
        return true;
}

static bool make_network(struct init *init)
{
        static const char *const below[] = {"keys", "stores", "logs"};
        char model[PATH_MAX];
        if (!make_directories(init->directory, below, ARRAY_SIZE(below)) || !find_model(init, model, sizeof(model)))
                return false;
        if (realpath(init->directory, init->absolute) == NULL)
                return complain("%s : %s.", init->directory, strerror(errno)) == 0;

        json_t *network = network_read(model);
        bool done = network != NULL && complete(network) && prepare(init, network) &&
                    network_give_shared_keys(init->absolute) && network_write(init->absolute, network);
        json_decref(network);
        return done;
}

static int run_init(const struct verb *verb, int argc, char **argv)
{
        struct init init = {.directory = "run", .base_port = PORT_NONE};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &init.directory},
                {.name = "--topology", .text = &init.topology},
                {.name = "--http", .text = &init.http},
                {.name = "--smtp", .text = &init.smtp},
                {.name = "--demo", .flag = &init.demo},
                {.name = "--base-port", .number = &init.base_port, .number_max = 65000},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;

        bool done = make_network(&init);
        for (size_t i = 0; i < init.held_count; i++)
                (void)close(init.held[i]);
        if (!done)
                return CTL_FAILED;
        (void)printf("Réseau prêt : %s/topology.json ; démarrez-le par « guichetctl up --dir %s ».\n", init.directory,
                     init.directory);
        return CTL_DONE;
}

const struct verb verb_init = {
        .name = "init",
        .summary = "prépare un répertoire : clés et topologie",
        .usage =
                "guichetctl init [--dir run] [--topology FICHIER] [--http HÔTE:PORT] [--smtp URL] [--base-port N]\n"
                "                 [--demo]\n\n"
                "Crée les clés qui manquent (keys/*.key, lisibles de leur seul propriétaire) et écrit topology.json "
                "avec\n"
                "les clés publiques et des chemins absolus. keys/persons.key, par laquelle le suivi reconnaît une\n"
                "personne, est la même sur toutes les machines du réseau, comme keys/second_factors.key, par laquelle\n"
                "les comptes scellent les seconds facteurs, et keys/gateways.key, par laquelle les passerelles "
                "scellent\n"
                "les connexions en cours : copiez-les.\n"
                "Peut être refait : ce qui existe est gardé.\n\n"
                "  --topology FICHIER   le modèle ; à défaut celui du répertoire, sinon deploy/topology.json\n"
                "  --http HÔTE:PORT     où la passerelle sert ses pages\n"
                "  --smtp URL           serveur des courriels, par exemple smtp://127.0.0.1:2525\n"
                "  --base-port N        ports N, N+1, N+2… ; 0 : des ports libres\n"
                "  --demo               la page offre d'entrer d'un clic dans chaque rôle de la région inventée\n\n"
                "Exemples :\n"
                "  guichetctl init --dir run\n"
                "  guichetctl init --dir /tmp/essai --base-port 0 --smtp smtp://127.0.0.1:2525",
        .run = run_init,
};
