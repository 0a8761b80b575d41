/* unlink_publication: a publication was linked to a contract of ours by mistake.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: PublicationUnlinked.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (not linked), INVALID_FIELD (reason). */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include "services/contracts/record/record_rows.h"

static void record_unlinked(struct work *work, const Contracts__UnlinkPublication *command, Types__Id *published)
{
        Contracts__PublicationUnlinked body = CONTRACTS__PUBLICATION_UNLINKED__INIT;
        body.contract_id = command->contract_id;
        body.published_contract_id = published;
        body.reason = command->reason;
        work_record(work, &body.base);
}

struct reply handle_unlink_publication(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__UnlinkPublication *command = (const Contracts__UnlinkPublication *)message;
        struct id id = id_of(command->contract_id);
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);

        if (record == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                                    "Ce contrat n'est pas connu : vérifiez son identifiant.");
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, id);
        if (file == NULL || file->published_contract_id == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                                    "Ce contrat n'est rapproché d'aucune publication : il n'y a rien à défaire.");
        record_unlinked(work, command, file->published_contract_id);
        Contracts__UnlinkPublicationReply *reply =
                pb_new(&contracts__unlink_publication_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
