#include <string.h>

#include "common/codec/types.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/relocations/relocations_rows.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

static bool may_be_proposed(const struct work *work, const Tracking__ProposeRelocation *command,
                            const Tracking__BeneficiaryRow *row, struct refusal *ret)
{
        if (strcmp(command->territory, row->territory) == 0)
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Cette personne est déjà suivie dans le département %s : donnez celui où elle habite "
                              "désormais.",
                              row->territory);
        if (tracking_relocation_waits(work->txn, id_of(command->beneficiary_id)))
                return refuse(ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "beneficiary_id",
                              "Son changement de département est déjà proposé : attendez la réponse, ou retirez-le "
                              "d'abord.");
        return true;
}

/* ProposeRelocation: she moved, her file is offered to those who follow persons where she lives now. Caller: a
 * facilitator of her territory. Emits RelocationProposed. */
struct reply handle_propose_relocation(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ProposeRelocation *command = (const Tracking__ProposeRelocation *)message;
        const Tracking__BeneficiaryRow *row =
                tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena);
        const Tracking__PrivacyVersion *rules = dated_on(&tracking_of(work)->privacy, work->today);
        struct refusal refusal;

        if (row == NULL)
                return reply_no_beneficiary(work);
        if (!may_be_proposed(work, command, row, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__RelocationProposed proposed = TRACKING__RELOCATION_PROPOSED__INIT;
        proposed.relocation_id = id_to(work->arena, work_new_id(work));
        proposed.beneficiary_id = command->beneficiary_id;
        proposed.from_territory = row->territory;
        proposed.to_territory = command->territory;
        proposed.moved_on = command->moved_on;
        proposed.agreed_on = command->agreed_on;
        proposed.answer_by =
                day_to(work->arena, day_of_number(day_number(work->today) + (int32_t)rules->relocation_answer_days));
        work_record(work, &proposed.base);
        Tracking__ProposeRelocationReply *reply = pb_new(&tracking__propose_relocation_reply__descriptor, work->arena);
        reply->relocation_id = proposed.relocation_id;
        return reply_ok(work, reply);
}
