/* methods: what can be asked of the services, and who may ask it, a line each. */
#include "services/ctl/methods.h"

#include <stdio.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/codec/description.h"
#include "common/codec/french_names.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"

enum { NAME_WIDTH = 28, QUALIFIED_SIZE = 2 * LIMIT_METHOD_BYTES };

uint32_t roles_of_method(const char *qualified_name)
{
        for (size_t i = 0; i < method_roles_count; i++)
                if (strcmp(method_roles[i].method, qualified_name) == 0)
                        return method_roles[i].roles;
        return 0;
}

void each_method(const struct catalogue_service *service,
                 void (*each)(void *context, const char *qualified_name, const struct catalogue_method *method),
                 void *context)
{
        const ProtobufCServiceDescriptor *const blocks[] = {service->commands, service->queries};
        char name[QUALIFIED_SIZE];
        for (size_t b = 0; b < ARRAY_SIZE(blocks); b++)
                for (unsigned i = 0; blocks[b] != NULL && i < blocks[b]->n_methods; i++) {
                        const struct catalogue_method method = {service, &blocks[b]->methods[i], b == 0};
                        (void)snprintf(name, sizeof(name), "%s.%s", service->name, method.method->name);
                        each(context, name, &method);
                }
}

/* ---- what was meant */

static void try_method(void *context, const char *qualified_name, const struct catalogue_method *method)
{
        (void)qualified_name;
        nearest_try(context, method->method->name);
}

/* Another service has a method of this very name. */
static const struct catalogue_service *who_has(const char *method)
{
        char name[QUALIFIED_SIZE];
        struct catalogue_method found;
        for (const struct catalogue_service *at = catalogue; at->name != NULL; at++) {
                (void)snprintf(name, sizeof(name), "%s.%s", at->name, method);
                if (catalogue_method(name, &found))
                        return at;
        }
        return NULL;
}

int method_unknown(const struct verb *verb, const char *service, const char *method)
{
        char hint[NEAREST_HINT_SIZE];
        struct nearest nearest = nearest_of(service);
        const struct catalogue_service *found = catalogue_find(service);
        if (found == NULL) {
                for (const struct catalogue_service *at = catalogue; at->name != NULL; at++)
                        nearest_try(&nearest, at->name);
                return misused(verb, "il n'y a pas de service « %s »%s « guichetctl methods » les montre.", service,
                               hint_or_stop(&nearest, hint));
        }
        const struct catalogue_service *other = who_has(method);
        if (other != NULL)
                return misused(verb, "« %s » n'a pas de demande « %s » : c'est une demande de « %s ».", service, method,
                               other->name);
        nearest = nearest_of(method);
        each_method(found, try_method, &nearest);
        return misused(verb, "« %s » n'a pas de demande « %s »%s « guichetctl methods %s » les montre.", service,
                       method, hint_or_stop(&nearest, hint), service);
}

/* ---- the list */

struct listing {
        uint32_t asker; /* bits of roles; 0: whoever */
        bool is_command;
        size_t count;
};

static void print_roles(uint32_t roles)
{
        bool is_first = true;
        for (unsigned i = 0; i < types__role__descriptor.n_values; i++) {
                const ProtobufCEnumValue *role = &types__role__descriptor.values[i];
                if (role->value == TYPES__ROLE__SERVICE || (roles & 1u << role->value) == 0)
                        continue;
                (void)printf("%s%s", is_first ? "" : ", ", role->name);
                is_first = false;
        }
        (void)puts(is_first ? "entre services" : "");
}

static void print_method(void *context, const char *qualified_name, const struct catalogue_method *method)
{
        struct listing *listing = context;
        uint32_t roles = roles_of_method(qualified_name);
        const char *french = french_method(qualified_name);
        if (method->is_command != listing->is_command || (listing->asker != 0 && (roles & listing->asker) == 0))
                return;
        if (listing->count++ == 0)
                (void)puts(listing->is_command ? "  commandes :" : "  questions :");
        (void)fputs("    ", stdout);
        print_cell(method->method->name, NAME_WIDTH);
        (void)printf("%s\n", french != NULL ? french : "");
        (void)fputs("    ", stdout);
        print_cell("", NAME_WIDTH);
        (void)fputs("  qui le peut : ", stdout);
        print_roles(roles);
}

static void print_service(const struct catalogue_service *service, uint32_t asker)
{
        struct listing commands = {asker, true, 0}, queries = {asker, false, 0};
        (void)printf("%s\n", service->name);
        each_method(service, print_method, &commands);
        each_method(service, print_method, &queries);
}

static int run_methods(const struct verb *verb, int argc, char **argv)
{
        const char *role = NULL, *directory = "run"; /* taken as by every verb; methods are the same everywhere */
        const struct option_row rows[] = {{.name = "--as", .text = &role}, {.name = "--dir", .text = &directory}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_max = 1};
        Types__Role as = TYPES__ROLE__ROLE_NONE;
        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        if (role != NULL && !role_parse(role, &as))
                return role_unknown(verb, role);
        if (words == 1 && catalogue_find(argv[0]) == NULL)
                return method_unknown(verb, argv[0], "");
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++)
                if (words == 0 || strcmp(service->name, argv[0]) == 0)
                        print_service(service, role == NULL ? 0 : 1u << as);
        (void)puts("« guichetctl describe SERVICE.DEMANDE » dit les champs d'une demande, avec un exemple.");
        return CTL_DONE;
}

const struct verb verb_methods = {
        .name = "methods",
        .summary = "liste les demandes des services, et qui peut les faire",
        .usage = "guichetctl methods [SERVICE] [--as RÔLE]\n\n"
                 "Chaque demande d'un service, ou de tous : commande (elle change quelque chose) ou question, ce\n"
                 "qu'elle fait, et les rôles qui le peuvent. --as : seulement ce que ce rôle peut demander.\n\n"
                 "Exemples :\n"
                 "  guichetctl methods contracts\n"
                 "  guichetctl methods --as COMPANY",
        .run = run_methods,
};
