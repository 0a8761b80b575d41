/* AnswerProposal: what the company or the structure says: met, did not come, taken, not taken because. One that is not
 * taken leaves their view with this answer. Caller: the company of the need's contract, the structure that it was sent
 * to, a facilitator of the person's territory for them. Emits ProposalMoved. */
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"
#include "tracking/calls.h"

static bool is_an_answer(Tracking__ProposalState state, struct refusal *ret)
{
        switch (state) {
        case TRACKING__PROPOSAL_STATE__PROPOSAL_MET:
        case TRACKING__PROPOSAL_STATE__PROPOSAL_NO_SHOW:
        case TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN:
        case TRACKING__PROPOSAL_STATE__PROPOSAL_NOT_TAKEN: return true;
        default:
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "answer",
                              "Répondez : rencontrée (PROPOSAL_MET), pas venue (PROPOSAL_NO_SHOW), retenue "
                              "(PROPOSAL_TAKEN) ou non retenue (PROPOSAL_NOT_TAKEN).");
        }
}

struct reply handle_answer_proposal(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__AnswerProposal *command = (const Tracking__AnswerProposal *)message;
        struct id id = id_of(command->proposal_id);
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id, work->arena);
        const struct proposal_said said = {
                .state = command->answer,
                .on = command->answered_on,
                .code = command->refusal_code,
                .words = command->words,
        };
        const struct proposal_move move = {.to = said.state, .on = said.on, .day_field = "answered_on"};
        struct refusal refusal;

        if (row == NULL)
                return reply_no_proposal(work);
        if (!is_an_answer(command->answer, &refusal) || !proposal_may_move(row, &move, &refusal) ||
            !proposal_code_is_sound(work, &said, "refusal_code", &refusal) ||
            !proposal_words_are_sound(&said, &refusal))
                return reply_refusal(work, &refusal);
        return proposal_record(work, id, row, &said, (struct proposal_sent_to){NULL, NULL});
}
