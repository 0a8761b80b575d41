#include "common/clients/route.h"

#include "common/base/require.h"
#include "common/codec/field_rules.h"
#include "common/codec/path.h"
#include "common/codec/pb.h"
#include "common/codec/routing.h"
#include "common/codec/types.h"
#include "common/codec/validate.h"
#include "common/service/page.h"

enum { CURSOR_PARTITION_BYTES = 2 };

static void *place_in(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        return (uint8_t *)(uintptr_t)message + field->offset;
}

static bool is_partitioned(const struct topology *topology, const char *service)
{
        const struct instance *first = topology_of_service(topology, service, 0);
        return first != NULL && first->partition != 0;
}

/* The instance with the smallest partition above `partition`; NULL past the last. */
static const struct instance *partition_after(const struct topology *topology, const char *service, uint32_t partition)
{
        const struct instance *best = NULL;
        for (size_t n = 0;; n++) {
                const struct instance *instance = topology_of_service(topology, service, n);
                if (instance == NULL)
                        return best;
                if (instance->partition > partition && (best == NULL || instance->partition < best->partition))
                        best = instance;
        }
}

/* What of the request tells its partition (field_rules.h), each the first of its kind; NULL: it has none. */
struct told {
        const ProtobufCMessage *in;              /* whose fields these are: the request, or a message in it */
        struct id id;                            /* zero: no id is there */
        const ProtobufCFieldDescriptor *with_id; /* which carries it */
        const ProtobufCFieldDescriptor *by_id, *by_territory, *by_page;
};

static const ProtobufCMessage *who_tells(const ProtobufCMessage *request)
{
        for (unsigned i = 0; i < request->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &request->descriptor->fields[i];
                const ProtobufCMessage *inside = field_rule(field)->routing == ROUTING_INSIDE
                                                         ? *(ProtobufCMessage **)place_in(request, field)
                                                         : NULL;
                if (inside != NULL)
                        return inside;
        }
        return request;
}

static struct told what_tells(const ProtobufCMessage *whole)
{
        const ProtobufCMessage *request = who_tells(whole);
        struct told told = {.in = request};
        for (unsigned i = request->descriptor->n_fields; i > 0; i--) { /* so that the first has the last word */
                const ProtobufCFieldDescriptor *field = &request->descriptor->fields[i - 1];
                struct id id = id_of(field_routing_id(request, field));
                if (!id_is_zero(id)) {
                        told.id = id;
                        told.with_id = field;
                }
                switch (field_rule(field)->routing) {
                case ROUTING_ID: told.by_id = field; break;
                case ROUTING_TERRITORY: told.by_territory = field; break;
                case ROUTING_PAGE: told.by_page = field; break;
                default: break;
                }
        }
        return told;
}

static bool refuse_unknown_id(const ProtobufCFieldDescriptor *field, struct refusal *ret_refusal)
{
        char name[PATH_NAME_SIZE];
        path_json_name(field->name, name);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, name,
                      "Cet identifiant ne vient d'aucun territoire de ce réseau ; vérifiez-le.");
}

static bool route_by_id(const struct topology *topology, const char *service, struct id id, struct route *ret)
{
        uint32_t partition = id_partition(id);
        ret->instance = partition == 0 ? NULL : topology_of_partition(topology, service, partition);
        return ret->instance != NULL;
}

static bool route_by_territory(const struct topology *topology, const char *service, const char *territory,
                               struct route *ret, struct refusal *ret_refusal)
{
        ret->instance = topology_of_territory(topology, service, territory);
        if (ret->instance == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Le département « %.8s » n'est suivi par aucune partie de ce réseau ; indiquez l'un des "
                              "départements de la région.",
                              territory);
        return true;
}

/* In which order partitions are read: `home` first, where there is one, then by their numbers. */
static const struct instance *partition_behind(const struct topology *topology, const char *service,
                                               const struct instance *home, const struct instance *instance)
{
        const struct instance *next = partition_after(topology, service, instance == home ? 0 : instance->partition);
        return next == NULL || next != home ? next : partition_after(topology, service, next->partition);
}

/* A list over all partitions: the cursor's first bytes say which one is being read.
 * tidy: many because a list of one territory begins at its home */
static bool route_by_cursor(const struct topology *topology, const char *service, const struct instance *home,
                            Types__Page *page, struct route *ret, struct refusal *ret_refusal)
{
        uint32_t partition = 0;
        if (page != NULL && page->after.len > 0) {
                if (page->after.len >= CURSOR_PARTITION_BYTES)
                        partition = (uint32_t)page->after.data[0] << 8 | page->after.data[1];
                ret->instance = partition == 0 ? NULL : topology_of_partition(topology, service, partition);
                if (ret->instance == NULL)
                        return page_refuse_cursor(ret_refusal);
                page->after.data += CURSOR_PARTITION_BYTES;
                page->after.len -= CURSOR_PARTITION_BYTES;
        } else {
                ret->instance = home != NULL ? home : partition_after(topology, service, 0);
        }
        ret->next = partition_behind(topology, service, home, ret->instance);
        ret->paged = true;
        ret->at_home = home != NULL && ret->instance == home;
        return true;
}

static bool route_partitioned(const struct topology *topology, const char *service, ProtobufCMessage *request,
                              struct route *ret, struct refusal *ret_refusal)
{
        struct told told = what_tells(request);
        if (!id_is_zero(told.id))
                return route_by_id(topology, service, told.id, ret) || refuse_unknown_id(told.with_id, ret_refusal);

        const char *territory = told.by_territory == NULL ? NULL : *(char *const *)place_in(told.in, told.by_territory);
        bool is_of_one = territory != NULL && territory[0] != '\0';
        if (is_of_one && !route_by_territory(topology, service, territory, ret, ret_refusal))
                return false;
        if (told.by_page != NULL)
                return route_by_cursor(topology, service, is_of_one ? ret->instance : NULL,
                                       *(Types__Page **)place_in(told.in, told.by_page), ret, ret_refusal);
        if (is_of_one)
                return true;
        if (told.by_territory == NULL && told.by_id == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "",
                              "Cette demande ne dit pas de quel territoire elle est.");
        return refuse_missing(told.by_territory != NULL ? told.by_territory : told.by_id, ret_refusal);
}

/* tidy: many because it has two inputs and two ways out, and the gateway calls it too. */
bool route_request(const struct topology *topology, const struct catalogue_method *method, ProtobufCMessage *request,
                   struct arena *arena, struct route *ret, struct refusal *ret_refusal)
{
        (void)arena;
        const char *service = method->service->name;
        struct route route = {.instance = topology_of_service(topology, service, 0)};

        if (is_partitioned(topology, service) && !route_partitioned(topology, service, request, &route, ret_refusal))
                return false;
        if (route.instance == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__UNKNOWN_METHOD, "",
                              "Ce réseau n'a pas de service « %s ».", service);
        *ret = route;
        return true;
}

bool route_follow(const struct topology *topology, const struct catalogue_method *method, const Types__Refusal *refusal,
                  struct route *route)
{
        const struct instance *there = NULL;
        if (refusal->code == TYPES__REFUSAL_CODE__MOVED && route->hops < ROUTE_HOPS_MAX && refusal->moved_to != 0)
                there = topology_of_partition(topology, method->service->name, refusal->moved_to);
        if (there == NULL)
                return false;
        route->instance = there;
        route->hops++;
        return true;
}

bool route_refuse_lost(struct refusal *ret)
{
        return refuse(ret, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                      "Ce dossier a changé de machine, et ce réseau ne sait plus laquelle le suit : prévenez "
                      "l'exploitant du réseau.");
}

void route_reply(const struct route *route, bool also_elsewhere, ProtobufCMessage *reply, struct arena *arena)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, "next");
        if (!route->paged || field == NULL)
                return;
        ProtobufCBinaryData *next = place_in(reply, field);

        bool goes_on = !route->at_home || also_elsewhere;
        const struct instance *instance = next->len > 0 ? route->instance : goes_on ? route->next : NULL;
        if (instance == NULL)
                return;
        uint8_t *cursor = arena_alloc(arena, CURSOR_PARTITION_BYTES + next->len);
        cursor[0] = (uint8_t)(instance->partition >> 8);
        cursor[1] = (uint8_t)instance->partition;
        if (next->len > 0)
                memcpy(cursor + CURSOR_PARTITION_BYTES, next->data, next->len);
        *next = pb_bytes(slice_of(cursor, CURSOR_PARTITION_BYTES + next->len));
}
