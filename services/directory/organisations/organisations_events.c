#include "services/directory/organisations/organisations_events.h"

#include "common/base/attr.h"
#include "directory/calls.h"
#include "services/directory/organisations/organisations_rows.h"

/* A closed organisation that is put again stays closed: re-importing last year's file must not reopen it. */
void apply_organisation_put(const struct change *change, const Directory__OrganisationPut *put)
{
        Directory__OrganisationView *before =
                store_find_organisation(change->txn, id_of(put->organisation_id), change->arena);
        Directory__OrganisationView after = DIRECTORY__ORGANISATION_VIEW__INIT;
        after.organisation_id = put->organisation_id;
        after.organisation = put->organisation;
        after.version = change->event->number;
        if (before != NULL) {
                after.closed = before->closed;
                after.closed_on = before->closed_on;
        }
        store_put_organisation(change->txn, before, &after, change->arena);
}

void apply_organisation_closed(const struct change *change, const Directory__OrganisationClosed *closed)
{
        Directory__OrganisationView *before =
                store_find_organisation(change->txn, id_of(closed->organisation_id), change->arena);
        if (before == NULL)
                return;
        Directory__OrganisationView after = *before;
        after.closed = true;
        after.version = change->event->number;
        after.closed_on = closed->closed_on;
        store_put_organisation(change->txn, before, &after, change->arena);
}

void apply_organisation_taken_back(const struct change *change, const Directory__OrganisationTakenBack *taken_back)
{
        const Directory__OrganisationView *before =
                store_find_organisation(change->txn, id_of(taken_back->organisation_id), change->arena);
        if (before != NULL)
                store_delete_organisation(change->txn, before, change->arena);
}

/* All three name the organisation in a field of one name, and its row tells the event that last changed it. */
static uint64_t last(struct txn *txn, const ProtobufCMessage *body, struct arena *arena)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(body->descriptor, "organisation_id");
        const Types__Id *id = *(Types__Id *const *)(const void *)((const uint8_t *)body + field->offset);
        const Directory__OrganisationView *row = store_find_organisation(txn, id_of(id), arena);
        return row == NULL ? 0 : row->version;
}

static const struct version_row version_rows[] = {
        {DIRECTORY__EVENT__BODY_ORGANISATION_PUT, 1, {NULL}, last},
        {DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED, 1, {NULL}, last},
        {DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK, 1, {NULL}, last},
};
const struct versions directory_versions = {0, version_rows, ARRAY_SIZE(version_rows)};
