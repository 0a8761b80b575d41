/* separate_publications: two publications that were joined are of two contracts after all; both are counted again.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: PublicationsSeparated.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (not joined), INVALID_FIELD (reason). */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/record_rows.h"

struct reply handle_separate_publications(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__SeparatePublications *command = (const Contracts__SeparatePublications *)message;
        struct id twin = id_of(command->twin_id), contract;

        if (contracts_record_find(work->txn, work->arena, twin) == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "twin_id",
                                    "Cette publication n'est pas connue : vérifiez son identifiant.");
        if (!publication_is_twin(work->txn, twin, &contract))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "twin_id",
                                    "Cette publication n'est réunie à aucune autre : il n'y a rien à défaire.");
        Contracts__PublicationsSeparated body = CONTRACTS__PUBLICATIONS_SEPARATED__INIT;
        body.contract_id = id_to(work->arena, contract);
        body.twin_id = command->twin_id;
        body.reason = command->reason;
        work_record(work, &body.base);
        Contracts__SeparatePublicationsReply *reply =
                pb_new(&contracts__separate_publications_reply__descriptor, work->arena);
        reply->contract_id = body.contract_id;
        return reply_ok(work, reply);
}
