#include "services/tracking/parts/elsewhere.h"

#include "common/codec/routing.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/parts/selection.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/relocations.pb-c.h"

static bool refuse_moved(struct refusal *ret, const char *field, uint32_t partition)
{
        (void)refuse(ret, TYPES__REFUSAL_CODE__MOVED, field, "Ce dossier est suivi par la partie %u du réseau.",
                     partition);
        ret->moved_to = partition;
        return false;
}

static const void *place_in(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
        return (const uint8_t *)message + field->offset;
}

static bool id_is_here(const struct work *work, const ProtobufCFieldDescriptor *field, struct id id,
                       struct refusal *ret)
{
        uint32_t partition = id_is_zero(id) ? 0 : homes_moved_to(work->txn, id);
        if (partition != 0)
                return refuse_moved(ret, field->name, partition);
        if (!id_is_zero(id) && !work->read_only && homes_is_held(work->txn, id))
                return engine_refuse_held(ret);
        return true;
}

/* Of what concerns a territory and names nothing else: where is what is new in it? A list is read everywhere. */
static const char *territory_asked(const ProtobufCMessage *request, const char **ret_field)
{
        const char *territory = NULL;
        for (unsigned i = 0; i < request->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &request->descriptor->fields[i];
                enum routing routing = field_rule(field)->routing;
                if (routing == ROUTING_PAGE || field_routing_id(request, field) != NULL)
                        return NULL;
                if (routing == ROUTING_TERRITORY) {
                        territory = *(char *const *)place_in(request, field);
                        *ret_field = field->name;
                }
        }
        return territory;
}

bool tracking_is_here(const struct work *work, const ProtobufCMessage *request, struct refusal *ret_refusal)
{
        const char *field = "";
        for (unsigned i = 0; i < request->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *one = &request->descriptor->fields[i];
                if (!id_is_here(work, one, id_of(field_routing_id(request, one)), ret_refusal))
                        return false;
        }
        const char *territory = territory_asked(request, &field);
        const Tracking__TerritoryHome *home =
                territory == NULL || territory[0] == '\0' ? NULL : homes_territory(work->txn, territory, work->arena);
        return home == NULL || home->gone_to == 0 || refuse_moved(ret_refusal, field, home->gone_to);
}

bool tracking_is_held(const struct work *work, const void *event)
{
        if (!homes_any_held(work->txn))
                return false;
        struct part_named named = part_named(event);
        return homes_is_held(work->txn, named.person) || homes_is_held(work->txn, named.placement) ||
               homes_is_held(work->txn, named.proposal) || homes_is_held(work->txn, named.invoice);
}

bool tracking_is_elsewhere_too(const struct work *work, const ProtobufCMessage *request)
{
        const char *territory = NULL;
        bool has_page = false;
        if (request->descriptor == &tracking__relocations__descriptor)
                return true; /* who is to come is where she is still */
        for (unsigned i = 0; i < request->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &request->descriptor->fields[i];
                enum routing routing = field_rule(field)->routing;
                has_page = has_page || routing == ROUTING_PAGE;
                if (routing == ROUTING_TERRITORY)
                        territory = *(char *const *)place_in(request, field);
        }
        const Tracking__TerritoryHome *home = !has_page || territory == NULL || territory[0] == '\0'
                                                      ? NULL
                                                      : homes_territory(work->txn, territory, work->arena);
        return home != NULL && home->is_split;
}

/* ---- keys */

struct seeing {
        bool (*see)(void *argument, struct id id);
        void *argument;
        bool more;
};

static bool see_one(void *argument, struct id id)
{
        struct seeing *seeing = argument;
        seeing->more = seeing->see(seeing->argument, id);
        return seeing->more;
}

void tracking_each_without_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        struct seeing seeing = {see, argument, true};
        persons_each_erased(txn, see_one, &seeing);
        if (seeing.more)
                homes_each_moved(txn, see_one, &seeing);
}
