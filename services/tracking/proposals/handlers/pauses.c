/* pauses.c: a proposal waits, goes on, or is withdrawn. */
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"
#include "tracking/calls.h"

/* The way of the three: what is said, by the rules of the move. */
static struct reply move_by(struct work *work, struct id id, const struct proposal_said *said,
                            const struct proposal_move *move, const char *code_field)
{
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id, work->arena);
        struct refusal refusal;
        if (row == NULL)
                return reply_no_proposal(work);
        if (!proposal_may_move(row, move, &refusal) || !proposal_code_is_sound(work, said, code_field, &refusal) ||
            !proposal_words_are_sound(said, &refusal))
                return reply_refusal(work, &refusal);
        return proposal_record(work, id, row, said, (struct proposal_sent_to){NULL, NULL});
}

/* PostponeProposal: not before a day. Caller: who follows the person or was sent the proposal. Emits ProposalMoved. */
struct reply handle_postpone_proposal(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PostponeProposal *command = (const Tracking__PostponeProposal *)message;
        const struct proposal_said said = {
                .state = TRACKING__PROPOSAL_STATE__PROPOSAL_POSTPONED,
                .on = command->postponed_on,
                .code = command->postponement_code,
                .until = command->until,
                .words = command->words,
        };
        const struct proposal_move move = {
                .to = said.state, .on = said.on, .day_field = "postponed_on", .until = command->until};
        return move_by(work, id_of(command->proposal_id), &said, &move, "postponement_code");
}

/* ResumeProposal: it goes on where it was: postponed, silent for too long, or she had not come and can come now.
 * Caller: as of PostponeProposal. Emits ProposalMoved. */
struct reply handle_resume_proposal(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ResumeProposal *command = (const Tracking__ResumeProposal *)message;
        struct id id = id_of(command->proposal_id);
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id, work->arena);
        if (row == NULL)
                return reply_no_proposal(work);
        const struct proposal_said said = {.state = proposal_state_to_resume(row), .on = command->resumed_on};
        const struct proposal_move move = {
                .to = said.state, .on = said.on, .day_field = "resumed_on", .is_resumed = true};
        return move_by(work, id, &said, &move, "resumed_on");
}

/* WithdrawProposal: by the person, her prescriber or a facilitator, as the code says. It leaves the company's view.
 * Caller: her prescriber, a facilitator of her territory. Emits ProposalMoved. */
struct reply handle_withdraw_proposal(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__WithdrawProposal *command = (const Tracking__WithdrawProposal *)message;
        const struct proposal_said said = {
                .state = TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN,
                .on = command->withdrawn_on,
                .code = command->withdrawal_code,
                .words = command->words,
        };
        const struct proposal_move move = {.to = said.state, .on = said.on, .day_field = "withdrawn_on"};
        return move_by(work, id_of(command->proposal_id), &said, &move, "withdrawal_code");
}
