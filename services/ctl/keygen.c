/* keygen: keys for one more peer of the network. */
#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "services/ctl/network_file.h"
#include "services/ctl/options.h"

static json_t *find_peer(json_t *peers, const char *name)
{
        size_t index;
        json_t *peer;
        json_array_foreach (peers, index, peer) {
                const char *text = json_string_value(json_object_get(peer, "name"));
                if (text != NULL && strcmp(text, name) == 0)
                        return peer;
        }
        return NULL;
}

static bool add_peer(const char *directory, json_t *network, const char *name)
{
        json_t *peers = json_object_get(network, "peers");
        if (!json_is_array(peers))
                return complain("la topologie n'a pas de liste « peers ».") == 0;
        json_t *peer = find_peer(peers, name);
        if (peer == NULL) {
                peer = json_object();
                require(json_array_append_new(peers, peer) == 0);
                put_text(peer, "name", name);
        }
        return network_give_keys(directory, peer, true) && network_write(directory, network);
}

static int run_keygen(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        const struct option_row rows[] = {{.name = "--dir", .text = &directory}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 1};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;

        char path[CTL_PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        json_t *network = network_read(path);
        bool done = network != NULL && add_peer(directory, network, argv[0]);
        json_decref(network);
        if (!done)
                return CTL_FAILED;
        (void)printf("Clés de « %s » : %s/keys/%s.key. Redémarrez le réseau pour qu'il l'admette.\n", argv[0],
                     directory, argv[0]);
        return CTL_DONE;
}

const struct verb verb_keygen = {
        .name = "keygen",
        .summary = "crée les clés d'un pair de plus",
        .usage = "guichetctl keygen NOM [--dir run]\n\n"
                 "Crée keys/NOM.key et inscrit le pair dans topology.json. Des clés qui existent ne sont pas "
                 "remplacées.\n\n"
                 "Exemple :\n"
                 "  guichetctl keygen poste-montauban --dir run",
        .run = run_keygen,
};
