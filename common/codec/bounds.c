#include "common/codec/bounds.h"

#include <fnmatch.h>
#include <pthread.h>
#include <stdio.h>

#include "common/base/require.h"
#include "common/codec/catalogue.h"

/* Descriptors are found by their address: every field and message that requests are made of has a place. Made once,
 * then only read. */
enum { PLACES = 4096 };

static struct place {
        const void *descriptor;
        struct bounds bounds;
} places[PLACES];

static const struct bounds defaults = {NULL, BOUND_CHARACTERS, BOUND_COUNT, BOUND_BYTES, TEXT_FREE};
static const struct bounds request_defaults = {NULL, BOUND_CHARACTERS, BOUND_COUNT, BOUND_REQUEST_BYTES, TEXT_FREE};

/* Where the descriptor stands, or would. */
static struct place *place_of(const void *descriptor)
{
        size_t at = (size_t)(((uintptr_t)descriptor >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 52);
        while (places[at].descriptor != NULL && places[at].descriptor != descriptor)
                at = (at + 1) % PLACES;
        return &places[at];
}

static struct bounds look_up(const char *name, const struct bounds *otherwise)
{
        for (const struct bounds *row = bounds_table; row->field != NULL; row++)
                if (fnmatch(row->field, name, 0) == 0)
                        return (struct bounds){
                                row->field,
                                row->characters_max != 0 ? row->characters_max : otherwise->characters_max,
                                row->count_max != 0 ? row->count_max : otherwise->count_max,
                                row->bytes_max != 0 ? row->bytes_max : otherwise->bytes_max,
                                row->kind,
                        };
        return *otherwise;
}

static void put(const void *descriptor, const char *name, const struct bounds *otherwise)
{
        static size_t count;
        require(count++ < PLACES / 2);
        *place_of(descriptor) = (struct place){descriptor, look_up(name, otherwise)};
}

static void put_message(const ProtobufCMessageDescriptor *type)
{
        char name[160];

        if (place_of(type)->descriptor != NULL)
                return;
        put(type, type->name, &request_defaults);
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                require((size_t)snprintf(name, sizeof(name), "%s.%s", type->name, field->name) < sizeof(name));
                put(field, name, &defaults);
                if (field->type == PROTOBUF_C_TYPE_MESSAGE)
                        put_message(field->descriptor);
        }
}

static void put_requests(const ProtobufCServiceDescriptor *block)
{
        for (unsigned i = 0; block != NULL && i < block->n_methods; i++)
                put_message(block->methods[i].input);
}

static void put_all(void)
{
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                put_requests(service->commands);
                put_requests(service->queries);
        }
}

static struct bounds find(const void *descriptor, const struct bounds *otherwise)
{
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        require(pthread_once(&once, put_all) == 0);
        const struct place *place = place_of(descriptor);
        return place->descriptor == NULL ? *otherwise : place->bounds;
}

struct bounds bounds_of_field(const ProtobufCFieldDescriptor *field)
{
        return find(field, &defaults);
}

struct bounds bounds_of_message(const ProtobufCMessageDescriptor *type)
{
        return find(type, &request_defaults);
}
