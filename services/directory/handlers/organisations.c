/* Organisations: a page of the directory: of one kind, one territory, one SIRET, or all. Closed ones say so. */
#include "services/directory/handlers/handlers.h"
#include "services/directory/store.h"

struct reply handle_organisations(struct work *work, const ProtobufCMessage *message)
{
        const Directory__OrganisationsRequest *query = (const Directory__OrganisationsRequest *)message;
        const struct organisation_filter filter = {query->siret, query->territory, query->kind, page_after(query->page),
                                                   page_limit(query->page)};
        Directory__OrganisationsReply *reply = pb_new(&directory__organisations_reply__descriptor, work->arena);

        if (!store_list_organisations(work->txn, &filter, reply, work->arena))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "page.after",
                                    "Cette suite de liste est celle d'une autre demande. Reprenez au début, avec "
                                    "« after » vide.");
        return reply_ok(work, reply);
}
