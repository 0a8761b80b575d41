/* put_agreement: the draft of an agreement, or a change of one; it may be incomplete.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: AgreementPut, or nothing where nothing changes.
 * Refuses: NOT_FOUND, INVALID_FIELD (agreement), NOT_ALLOWED, WRONG_STATE (signed, given up). */
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/record/access.h"

static struct reply answer(struct work *work, Types__Id *id)
{
        Contracts__PutAgreementReply *reply = pb_new(&contracts__put_agreement_reply__descriptor, work->arena);
        reply->agreement_id = id;
        return reply_ok(work, reply);
}

static bool may_put(const struct work *work, const Contracts__PutAgreement *command, struct refusal *ret_refusal)
{
        if (!agreement_check(command->agreement, ret_refusal))
                return false;
        /* Security: a facilitator acts where one of its territories is concerned. */
        if (!access_territories(work, command->agreement->territories, command->agreement->n_territories))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "agreement.territories",
                        "Aucun des départements de cette convention n'est dans votre territoire : adressez-vous au "
                        "facilitateur qui le suit.");
        return true;
}

struct reply handle_put_agreement(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__PutAgreement *command = (const Contracts__PutAgreement *)message;
        struct refusal refusal;
        bool is_new = id_is_zero(id_of(command->agreement_id));

        const Contracts__AgreementRow *old = is_new ? NULL : agreement_require(work, command->agreement_id, &refusal);
        if ((!is_new && old == NULL) || !may_put(work, command, &refusal))
                return reply_refusal(work, &refusal);
        if (old != NULL && (old->signed_on != NULL || old->ended_on != NULL))
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement_id",
                        "Cette convention est signée ou abandonnée : elle ne se modifie plus. Renouvelez-la, "
                        "ou rédigez-en une nouvelle.");
        Types__Id *id = is_new ? id_to(work->arena, work_new_id(work)) : command->agreement_id;
        if (old != NULL &&
            slice_equal(pb_encode(old->agreement, work->arena), pb_encode(command->agreement, work->arena)))
                return answer(work, id);

        Contracts__AgreementPut body = CONTRACTS__AGREEMENT_PUT__INIT;
        body.agreement_id = id;
        body.agreement = command->agreement;
        work_record(work, &body.base);
        return answer(work, id);
}
