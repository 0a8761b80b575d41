/* ErasePerson: what is known of a person goes, with the key that sealed it; what counts stays, without a name. The
 * answer tells what had left before. Caller: a facilitator of the person's territory. Emits BeneficiaryErased. */
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/privacy/sharings.h"
#include "tracking/calls.h"

struct reply handle_erase_person(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ErasePerson *command = (const Tracking__ErasePerson *)message;
        struct id id = id_of(command->beneficiary_id);
        struct erased_things things;
        struct refusal refusal;

        if (tracking_beneficiary(work->txn, id, work->arena) == NULL)
                return reply_no_beneficiary(work);
        erased_things_of(work->txn, id, work->arena, &things);
        if (!erasure_may(work, &things, &refusal))
                return reply_refusal(work, &refusal);
        struct sharings left = sharings_of(work, id, &things);
        Tracking__ErasePersonReply *reply = pb_new(&tracking__erase_person_reply__descriptor, work->arena);
        reply->sealed_parts = (uint32_t)things.sealed_count;
        reply->documents = (uint32_t)things.document_count;
        reply->left = left.rows;
        reply->n_left = left.count;
        erasure_record(work, id, &things, command->erasure_code);
        return reply_ok(work, reply);
}
