/* record_association: whether the facilitator was associated before the contract was published. The last word holds.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: AssociationRecorded.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD, WRONG_STATE (declined: ResumeContract says what the buyer mended). */
#include "contracts/calls.h"
#include "services/contracts/association/association.h"

#include "services/contracts/association/decline.h"
#include "services/contracts/consultation/consultation_rows.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/loaded_contract.h"

/* Today, or the day when the documents were published, where that is known and past. */
static struct day last_day(const struct work *work, struct id contract)
{
        const Contracts__ConsultationRow *row = consultation_find(work->txn, work->arena, contract);
        return row == NULL || row->published_on->days > day_number(work->today) ? work->today
                                                                                : day_of(row->published_on);
}

struct reply handle_record_association(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordAssociation *command = (const Contracts__RecordAssociation *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal) ||
            !contract_admits(loaded.file, &refusal) || !association_check(command, last_day(work, loaded.id), &refusal))
                return reply_refusal(work, &refusal);

        Contracts__AssociationRecorded body = CONTRACTS__ASSOCIATION_RECORDED__INIT;
        body.contract_id = command->contract_id;
        body.association = command->association;
        body.since = command->since;
        body.at = command->at;
        body.by = command->by;
        body.note = command->note;
        body.buyer_siret = loaded.record->buyer_siret;
        body.year = (uint32_t)day_civil(work->today).year;
        work_record(work, &body.base);

        Contracts__RecordAssociationReply *reply =
                pb_new(&contracts__record_association_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
