/* CloseOrganisation: says that an organisation no longer exists. It stays in the directory, as closed. Emits
 * OrganisationClosed. Refuses what organisation_check_close() refuses, and a facilitator outside of her territories. */
#include "directory/events.pb-c.h"

#include "directory/calls.h"
#include "services/directory/organisations/organisation.h"
#include "services/directory/organisations/organisations_rows.h"

struct reply handle_close_organisation(struct work *work, const ProtobufCMessage *message)
{
        const Directory__CloseOrganisation *command = (const Directory__CloseOrganisation *)message;
        const Directory__OrganisationView *row =
                store_find_organisation(work->txn, id_of(command->organisation_id), work->arena);
        struct refusal refusal;
        if (!organisation_check_close(row, &refusal))
                return reply_refusal(work, &refusal);

        Directory__OrganisationClosed closed = DIRECTORY__ORGANISATION_CLOSED__INIT;
        closed.organisation_id = command->organisation_id;
        closed.closed_on = command->closed_on;
        closed.reason = command->reason;
        work_record(work, &closed.base);
        return reply_ok(work, pb_new(&directory__close_organisation_reply__descriptor, work->arena));
}
