/* describe: what a method asks, of whom, within which bounds: in French, or as OpenAPI 3.1. */
#include <stdio.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/local_time.h"
#include "common/codec/catalogue.h"
#include "common/codec/description.h"
#include "common/codec/method_refusals.h"
#include "services/ctl/describe_text.h"
#include "services/ctl/methods.h"
#include "services/ctl/network_codes.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"

static int print_description(const struct description *wanted)
{
        json_t *document = description_make(wanted);
        bool printed = json_dumpf(document, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF;
        json_decref(document);
        return printed ? CTL_DONE : CTL_FAILED;
}

/* "contracts.DeclareNeed", or "DeclareNeed" alone. */
static bool method_named(const char *text, char ret_qualified[2 * LIMIT_METHOD_BYTES], struct catalogue_method *ret)
{
        (void)snprintf(ret_qualified, 2 * LIMIT_METHOD_BYTES, "%s", text);
        for (const struct catalogue_service *at = catalogue; strchr(text, '.') == NULL && at->name != NULL; at++) {
                (void)snprintf(ret_qualified, 2 * LIMIT_METHOD_BYTES, "%s.%s", at->name, text);
                if (catalogue_method(ret_qualified, ret))
                        return true;
        }
        return catalogue_method(ret_qualified, ret);
}

static void try_method(void *context, const char *qualified_name, const struct catalogue_method *method)
{
        (void)qualified_name;
        nearest_try(context, method->method->name);
}

static int method_unnamed(const struct verb *verb, const char *text)
{
        char hint[NEAREST_HINT_SIZE], service[LIMIT_METHOD_BYTES];
        const char *dot = strchr(text, '.');
        if (dot != NULL && dot - text < LIMIT_METHOD_BYTES) {
                (void)snprintf(service, sizeof(service), "%.*s", (int)(dot - text), text);
                return method_unknown(verb, service, dot + 1);
        }
        struct nearest nearest = nearest_of(text);
        for (const struct catalogue_service *at = catalogue; at->name != NULL; at++)
                each_method(at, try_method, &nearest);
        return misused(verb, "il n'y a pas de demande « %s »%s « guichetctl methods » les montre.", text,
                       hint_or_stop(&nearest, hint));
}

static int run_describe(const struct verb *verb, int argc, char **argv)
{
        const char *role = NULL, *directory = "run";
        bool openapi = false;
        const struct option_row rows[] = {{.name = "--as", .text = &role},
                                          {.name = "--dir", .text = &directory},
                                          {.name = "--openapi", .flag = &openapi}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 0, .words_max = 1};
        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;

        struct catalogue_method method;
        Types__Role as = TYPES__ROLE__ROLE_NONE;
        char qualified[2 * LIMIT_METHOD_BYTES];
        if (words == 1 && !method_named(argv[0], qualified, &method))
                return method_unnamed(verb, argv[0]);
        if (role != NULL && !role_parse(role, &as))
                return role_unknown(verb, role);

        struct code_lists codes;
        bool has_codes = network_codes(directory, &codes);
        struct world world = world_real();
        const struct description wanted = {
                .roles = method_roles,
                .role_count = method_roles_count,
                .refusals = method_refusals,
                .refusal_count = method_refusals_count,
                .codes = has_codes ? &codes : NULL,
                .today = local_day("", world.now_ms(&world)),
                .asker = role == NULL ? 0 : 1u << as,
                .method = words == 1 ? qualified : NULL,
        };
        int done = CTL_DONE;
        if (words == 1 && !openapi)
                describe_method(qualified, &method, wanted.codes, wanted.today);
        else
                done = print_description(&wanted);
        if (has_codes)
                codes_free(&codes);
        return done;
}

const struct verb verb_describe = {
        .name = "describe",
        .summary = "dit ce qu'une demande attend, champ par champ, avec un exemple",
        .usage =
                "guichetctl describe [SERVICE.]DEMANDE [--dir run]\n"
                "guichetctl describe [SERVICE.DEMANDE] --openapi [--as RÔLE] [--dir run]\n\n"
                "Ce que fait une demande, qui le peut, ses champs avec leur sens, leurs limites et leurs valeurs, un "
                "exemple.\n"
                "--openapi, ou sans demande : la description de toutes, ou de celle-ci, en JSON (OpenAPI 3.1) ; --as : "
                "seulement ce que ce rôle peut demander. Les codes sont ceux des règles du réseau (sans réseau : de "
                "$GUICHET_RULES, sinon de deploy/rules).\n\n"
                "Exemples :\n"
                "  guichetctl describe contracts.DeclareNeed\n"
                "  guichetctl describe --openapi --as PRESCRIBER",
        .run = run_describe,
};
