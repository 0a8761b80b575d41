/* A daemon that takes every request as it is and answers a whole message: each field of the answer says something. Its
 * methods, and who may ask for them, are those of the daemon whose name it is started by (guichet-contracts); so is all
 * of common/service around it. What arrives of its answers is what the table of fields lets through, and nothing else
 * decides (tests/integration/test_access.c). */
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/path.h"
#include "common/service/spec.h"
#include "services/contracts/dispatch.h"
#include "services/directory/dispatch.h"
#include "services/notifications/dispatch.h"
#include "services/reporting/dispatch.h"
#include "services/tracking/dispatch.h"
#include "tests/lib/whole.h"
#include "types.pb-c.h"

enum { METHODS_MAX = 256, RIGHTS_MAX = 4096 };

static struct dispatch_row dispatch[METHODS_MAX];
static struct right_row rights[RIGHTS_MAX];
static struct rights all_rights = {rights, 0};
static struct arena names;
static const char *service_name;

/* ---- every thing that a request names may be named by everybody */

static bool is_covered(const char *method, const char *path)
{
        for (size_t i = 0; i < all_rights.count; i++)
                if (strcmp(rights[i].method, method) == 0 && strcmp(rights[i].field, path) == 0)
                        return true;
        return false;
}

static void cover(const char *method, const ProtobufCMessageDescriptor *type, const char *outer)
{
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                bool is_id = field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == &types__id__descriptor;
                char *path = arena_printf(&names, "%s%s%s", outer, *outer == '\0' ? "" : ".", field->name);
                if (field->type == PROTOBUF_C_TYPE_MESSAGE && !is_id) {
                        cover(method, field->descriptor, path);
                } else if ((is_id || field->type == PROTOBUF_C_TYPE_STRING) && !is_covered(method, path)) {
                        require(all_rights.count < RIGHTS_MAX);
                        rights[all_rights.count++] =
                                (struct right_row){method, path, RIGHT_NONE, NULL, "nothing is kept here"};
                }
        }
}

/* ---- answers */

static struct reply answer(struct work *work, const ProtobufCMessage *message)
{
        const struct catalogue_service *service = catalogue_find(service_name);
        const ProtobufCServiceDescriptor *const blocks[] = {service->commands, service->queries};
        for (size_t b = 0; b < ARRAY_SIZE(blocks); b++)
                for (unsigned i = 0; blocks[b] != NULL && i < blocks[b]->n_methods; i++)
                        if (blocks[b]->methods[i].input == message->descriptor)
                                return reply_ok(work, whole_message(blocks[b]->methods[i].output, work->arena));
        require_failed("a request of no method", __FILE__, __LINE__, __func__);
}

static const struct service_spec *mirrored(const char *program)
{
        static const struct service_spec *const specs[] = {&contracts_spec, &directory_spec, &notifications_spec,
                                                           &reporting_spec, &tracking_spec};
        const char *name = strrchr(program, '-');
        for (size_t i = 0; i < ARRAY_SIZE(specs); i++)
                if (name != NULL && strcmp(name + 1, specs[i]->name) == 0)
                        return specs[i];
        require_failed("started by the name of no daemon", __FILE__, __LINE__, __func__);
}

int main(int argc, char **argv)
{
        const struct service_spec *of = mirrored(argv[0]);
        struct service_spec spec = {.name = of->name,
                                    .store_version = 1,
                                    .dispatch = dispatch,
                                    .dispatch_count = of->dispatch_count,
                                    .rights = &all_rights,
                                    .config = of->config,
                                    .config_count = of->config_count,
                                    .config_size = of->config_size};
        require(of->dispatch_count <= METHODS_MAX);
        service_name = of->name;
        for (size_t i = 0; i < of->dispatch_count; i++) {
                char name[PATH_TEXT_SIZE];
                struct catalogue_method found;
                dispatch[i] = of->dispatch[i];
                dispatch[i].handle = answer;
                (void)snprintf(name, sizeof(name), "%s.%s", of->name, of->dispatch[i].method);
                require(catalogue_method(name, &found));
                cover(dispatch[i].method, found.method->input, "");
        }
        return service_main(&spec, argc, argv);
}
