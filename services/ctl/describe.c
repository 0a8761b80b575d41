/* describe: the interface of the network, as OpenAPI 3.1: what a method asks, of whom, within which bounds. */
#include <stdio.h>

#include "common/base/local_time.h"
#include "common/codec/catalogue.h"
#include "common/codec/description.h"
#include "common/service/config.h"
#include "services/ctl/network_file.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"

static int print_description(const struct description *wanted)
{
        json_t *document = description_make(wanted);
        bool printed = json_dumpf(document, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
        json_decref(document);
        return printed ? CTL_DONE : CTL_FAILED;
}

/* The rules of the network of that directory, whose codes the description names; NULL: there is no such network. */
static const char *rules_of(const char *directory, struct arena *arena)
{
        char path[CTL_PATH_SIZE];
        const char *rules = NULL;
        (void)snprintf(path, sizeof(path), "%s/topology.json", directory);
        json_t *network = json_load_file(path, 0, NULL);
        json_t *instances = json_object_get(network, "instances");
        for (size_t i = 0; i < json_array_size(instances) && rules == NULL; i++)
                rules = json_string_value(
                        json_object_get(json_object_get(json_array_get(instances, i), "settings"), "rules"));
        rules = rules == NULL ? NULL : arena_text(arena, rules);
        json_decref(network);
        return rules;
}

static int run_describe(const struct verb *verb, int argc, char **argv)
{
        const char *role = NULL, *directory = "run";
        const struct option_row rows[] = {{.name = "--as", .text = &role}, {.name = "--dir", .text = &directory}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 0, .words_max = 1};
        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;

        struct catalogue_method method;
        Types__Role as = TYPES__ROLE__ROLE_NONE;
        if (words == 1 && !catalogue_method(argv[0], &method))
                return misused(verb, "« %s » n'existe pas : écrivez par exemple contracts.DeclareNeed.", argv[0]);
        if (role != NULL && !role_parse(role, &as))
                return misused(verb, "« --as %s » : ce rôle n'existe pas.", role);

        struct code_lists codes;
        struct err_info info = {0};
        struct arena arena scoped(arena_fini) = {0};
        bool has_codes = codes_load(config_rules_directory(rules_of(directory, &arena)), NULL, &codes, &info) == 0;
        if (!has_codes)
                (void)fprintf(stderr, "Les codes des listes manquent : %s\n", info.text);
        struct world world = world_real();
        const struct description wanted = {
                .roles = method_roles,
                .role_count = method_roles_count,
                .codes = has_codes ? &codes : NULL,
                .today = local_day("", world.now_ms(&world)),
                .asker = role == NULL ? 0 : 1u << as,
                .method = words == 1 ? argv[0] : NULL,
        };
        int done = print_description(&wanted);
        if (has_codes)
                codes_free(&codes);
        return done;
}

const struct verb verb_describe = {
        .name = "describe",
        .summary = "dit ce que chaque demande attend (OpenAPI 3.1)",
        .usage = "guichetctl describe [SERVICE.DEMANDE] [--as RÔLE] [--dir run]\n\n"
                 "Écrit la description d'une demande, ou de toutes, en JSON (OpenAPI 3.1) : champs, libellés, bornes, "
                 "codes, rôles qui la font. --as : seulement ce que ce rôle peut demander. Les codes sont ceux des "
                 "règles du réseau (sans réseau : de $GUICHET_RULES, sinon de deploy/rules).\n\n"
                 "Exemples :\n"
                 "  guichetctl describe contracts.DeclareNeed\n"
                 "  guichetctl describe --as PRESCRIBER",
        .run = run_describe,
};
