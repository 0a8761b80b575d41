/* OrganisationById: one organisation, open or closed. Refuses one that is not there. */
#include "directory/calls.h"

#include "services/directory/organisations/organisations_rows.h"

struct reply handle_organisation_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Directory__OrganisationById *query = (const Directory__OrganisationById *)message;
        const Directory__OrganisationView *row =
                store_find_organisation(work->txn, id_of(query->organisation_id), work->arena);
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "organisation_id",
                                    "Cette organisation n'est pas dans l'annuaire. Vérifiez son identifiant.");
        return reply_ok(work, row);
}
