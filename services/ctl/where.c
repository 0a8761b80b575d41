/* where: the addresses to open in a browser. */
#include <jansson.h>
#include <stdio.h>

#include "services/ctl/network_file.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"

enum { ROLE_WIDTH = 17 };

/* The page lets in whoever sits at this machine: no token stands in the address. */
static bool offers_entry(const struct instance *gateway)
{
        const char *file = json_string_value(json_object_get(gateway->settings, "demo_sign_ins"));
        return file != NULL && file[0] != '\0';
}

static int run_where(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        struct topology *topology = NULL;
        const struct option_row rows[] = {{.name = "--dir", .text = &directory}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (!session_topology(directory, &topology))
                return CTL_FAILED;

        char path[CTL_PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/tokens.json", directory);
        json_t *tokens = json_load_file(path, 0, NULL); /* missing: accounts were made by hand, or not yet */
        const char *role;
        json_t *entry;
        const struct instance *gateway = topology_of_service(topology, "gateway", 0);
        if (gateway != NULL)
                (void)printf("La page : http://%s/\n", gateway->http);
        json_object_foreach (tokens, role, entry) {
                const char *token = json_string_value(json_object_get(entry, "token"));
                if (token == NULL || gateway == NULL)
                        continue;
                (void)fputs("  ", stdout);
                print_cell(role, ROLE_WIDTH);
                if (offers_entry(gateway))
                        (void)printf("http://%s/#entrer=%s\n", gateway->http, role);
                else
                        (void)printf("http://%s/#jeton=%s\n", gateway->http, token);
        }
        json_decref(tokens);
        topology_free(topology);
        return gateway != NULL ? CTL_DONE : complain("ce réseau n'a pas de passerelle.");
}

const struct verb verb_where = {
        .name = "where",
        .summary = "dit quelle page ouvrir, pour chaque rôle",
        .usage = "guichetctl where [--dir run]\n\n"
                 "L'adresse de la page, et celles qui y entrent dans chaque rôle de la démonstration : d'un clic sur\n"
                 "cette machine (« init --demo »), sinon par son jeton (tokens.json, lisible de son seul\n"
                 "propriétaire).\n\n"
                 "Exemple :\n"
                 "  guichetctl where --dir run",
        .run = run_where,
};
