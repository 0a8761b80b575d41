#include "tests/lib/methods.h"

#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "tests/lib/fill.h"

struct any_method methods[METHODS_MAX];
size_t method_count;

static void read_row(struct any_method *method, const struct daemon *daemon, const char *name)
{
        if (daemon == NULL) /* what every daemon answers */
                method->roles = 1u << TYPES__ROLE__OPERATOR;
        for (size_t i = 0; daemon != NULL && i < daemon->spec->dispatch_count; i++) {
                const struct dispatch_row *row = &daemon->spec->dispatch[i];
                if (strcmp(row->method, name) != 0)
                        continue;
                method->roles = row->roles;
                method->answers_anew = row->reply_not_kept;
        }
        require(method->roles != 0);
}

static void add_methods(const struct catalogue_service *service, const ProtobufCServiceDescriptor *block)
{
        struct daemon *daemon = daemon_named(service->name);
        for (unsigned i = 0; block != NULL && i < block->n_methods; i++) {
                require(method_count < METHODS_MAX);
                struct any_method *method = &methods[method_count];
                method->number = method_count++;
                (void)snprintf(method->name, sizeof(method->name), "%s.%s", service->name, block->methods[i].name);
                method->descriptor = &block->methods[i];
                method->daemon = daemon != NULL ? daemon : &daemons[0];
                method->is_command = block == service->commands;
                read_row(method, daemon, block->methods[i].name);
        }
}

void methods_list(void)
{
        require(method_count == 0);
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                add_methods(service, service->commands);
                add_methods(service, service->queries);
        }
}

struct any_method *method_named(const char *service, const char *name)
{
        char whole[LIMIT_METHOD_BYTES];
        (void)snprintf(whole, sizeof(whole), "%s.%s", service, name);
        for (size_t i = 0; i < method_count; i++)
                if (strcmp(methods[i].name, whole) == 0)
                        return &methods[i];
        return NULL;
}

bool method_lets(const struct any_method *method, unsigned role)
{
        return (method->roles & (1u << role)) != 0;
}

unsigned method_role(const struct any_method *method, struct plausible *pool)
{
        unsigned role = TYPES__ROLE__FACILITATOR;
        if (method_lets(method, role) && fill_random(&pool->seed) % 2 == 0)
                return role;
        do
                role = (unsigned)(fill_random(&pool->seed) % ROLES);
        while (!method_lets(method, role));
        return role;
}

/* Rarely, where it ends a thing: so that there are some. */
static bool method_comes_in(const struct any_method *method, size_t round)
{
        static const char *const ends[] = {
                "Erase",     "Restrict", "Merge",       "Withdraw",     "Cancel",
                "Abandon",   "Remove",   "Suspend",     "SetAside",     "Decline",
                "Terminate", "Close",    "EndContract", "EndPlacement", "CorrectEligibility"};
        for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
                if (strstr(method->name, ends[i]) != NULL)
                        return round % 20 == 19;
        return true;
}

void draws_begin(struct draws *draws, struct plausible *pool)
{
        uint64_t seed = fill_random(&pool->seed);
        *draws = (struct draws){.after = pool->seed};
        for (size_t i = 0; i < method_count; i++) {
                draws->streams[i] = seed;
                for (const char *at = methods[i].name; *at != '\0'; at++) {
                        draws->streams[i] ^= (uint8_t)*at;
                        draws->streams[i] = fill_random(&draws->streams[i]);
                }
        }
}

void draws_end(const struct draws *draws, struct plausible *pool)
{
        pool->seed = draws->after;
}

size_t draws_tries(const struct draws *draws, const struct any_method *method, size_t round)
{
        enum { FEW = 4, NEVER_YET = 6, SELDOM = 12 };
        size_t often = draws->grants[method->number] / FEW;
        if (!method_comes_in(method, round))
                return 0;
        if (draws->grants[method->number] == 0)
                return NEVER_YET;
        return round % (often < SELDOM ? often + 1 : SELDOM) == 0;
}

void draws_take(const struct draws *draws, const struct any_method *method, struct plausible *pool)
{
        pool->seed = draws->streams[method->number];
}

void draws_put(struct draws *draws, const struct any_method *method, const struct plausible *pool, bool granted)
{
        draws->streams[method->number] = pool->seed;
        draws->grants[method->number] += granted;
}
