/* publication_differences: our own truth of a contract beside what its buyer published, field by field.
 * Caller: facilitator, coordinator, auditor; its buyer. */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include "services/contracts/publication/differences.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/record_rows.h"

struct reply handle_publication_differences(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PublicationDifferencesRequest *query =
                (const Contracts__PublicationDifferencesRequest *)message;
        struct id contract = id_of(query->contract_id), published_id;
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, contract);

        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant.");
        const Contracts__ContractRecord *published = publication_find(work, contract, record, &published_id);
        if (published == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                                    "Rien n'est publié de ce contrat : importez sa publication, puis rapprochez-les "
                                    "(LinkPublication).");
        struct differences found = publication_compare(work, contract, record, published);
        Contracts__PublicationDifferencesReply *reply =
                pb_new(&contracts__publication_differences_reply__descriptor, work->arena);
        if (!id_equal(published_id, contract))
                reply->published_contract_id = id_to(work->arena, published_id);
        reply->differences = found.at;
        reply->n_differences = found.count;
        return reply_ok(work, reply);
}
