/* ProposeBeneficiary: a person for a need; as many needs side by side as there are. Caller: the prescriber who referred
 * her, a facilitator of her territory. Emits ProposalMade. */
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/proposals/making.h"
#include "services/tracking/proposals/proposal.h"
#include "tracking/calls.h"

struct reply handle_propose_beneficiary(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ProposeBeneficiary *command = (const Tracking__ProposeBeneficiary *)message;
        struct making making = {
                .beneficiary = id_of(command->beneficiary_id),
                .person = tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena),
                .need_id = command->need_id,
                .need = tracking_need(work->txn, id_of(command->need_id), work->arena),
                .on = day_of(command->proposed_on),
        };
        char label[PROPOSAL_LABEL_SIZE];
        struct refusal refusal;

        if (making.person == NULL)
                return reply_no_beneficiary(work);
        if (making.need == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "need_id",
                                    "Indiquez pour quel besoin, tel que le donne la liste des besoins.");
        if (!making_is_allowed(work, &making, &refusal))
                return reply_refusal(work, &refusal);
        const Tracking__ProposalMade *made = making_record(work, &making);
        Tracking__ProposeBeneficiaryReply *reply =
                pb_new(&tracking__propose_beneficiary_reply__descriptor, work->arena);
        proposal_label(id_of(made->proposal_id), label);
        reply->proposal_id = made->proposal_id;
        reply->label = arena_text(work->arena, label);
        reply->act_by = made->step->act_by;
        return reply_ok(work, reply);
}
