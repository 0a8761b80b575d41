#include "common/clients/remote_service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/clients/link.h"

enum { SERVICES_MAX = 16 };

struct remote_service {
        ProtobufCService base; /* first: protobuf-c hands this pointer back */
        struct link *link;
        const char *name;
};

struct remote_services {
        struct remote_service items[SERVICES_MAX];
        size_t count;
};

static void invoke(ProtobufCService *base, unsigned index, const ProtobufCMessage *input, ProtobufCClosure closure,
                   void *data)
{
        struct remote_service *service = (struct remote_service *)base;
        struct arena arena;
        struct answer answer = {0};
        char method[LIMIT_METHOD_BYTES * 2];

        arena_init(&arena);
        (void)snprintf(method, sizeof(method), "%s.%s", service->name, base->descriptor->methods[index].name);
        int err = link_call(service->link, method, input, NULL, &arena, &answer, NULL);
        closure(err == 0 ? answer.body : NULL, data);
        arena_fini(&arena);
}

static void destroy_nothing(ProtobufCService *base)
{
        (void)base;
}

static void add(struct remote_services *services, struct link *link, const char *name,
                const ProtobufCServiceDescriptor *descriptor)
{
        if (descriptor == NULL)
                return;
        require(services->count < SERVICES_MAX);
        services->items[services->count++] = (struct remote_service){
            .base = {.descriptor = descriptor, .invoke = invoke, .destroy = destroy_nothing},
            .link = link,
            .name = name,
        };
}

struct remote_services *remote_services_new(struct link *link)
{
        struct remote_services *services = calloc(1, sizeof(*services));
        require(services != NULL);
        for (const struct catalogue_service *at = catalogue; at->name != NULL; at++) {
                add(services, link, at->name, at->commands);
                add(services, link, at->name, at->queries);
        }
        return services;
}

void remote_services_free(struct remote_services *services)
{
        free(services);
}

ProtobufCService *remote_services_get(struct remote_services *services, const char *name, bool commands)
{
        const struct catalogue_service *found = catalogue_find(name);
        if (found == NULL)
                return NULL;
        const ProtobufCServiceDescriptor *wanted = commands ? found->commands : found->queries;
        for (size_t i = 0; i < services->count; i++)
                if (services->items[i].base.descriptor == wanted)
                        return &services->items[i].base;
        return NULL;
}
