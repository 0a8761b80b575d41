/* CorrectProposal: the last step was wrong: what is right takes its place, with a reason, and it stays in the history.
 * Caller: a facilitator of the person's territory; the company, the structure or the prescriber whose step it was, as
 * long as they see the proposal. Emits ProposalCorrected. */
#include "services/tracking/persons/replies.h"
#include "services/tracking/proposals/proposals_access.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"
#include "tracking/calls.h"

/* What they could have said themselves, or that nothing happened. */
static bool is_theirs_to_say(const Wire__Passport *actor, const Tracking__ProposalRow *row,
                             Tracking__ProposalState state)
{
        const Tracking__ProposalStep *before = proposal_step_before(row);
        if (state == TRACKING__PROPOSAL_STATE__PROPOSAL_POSTPONED || (before != NULL && before->state == state))
                return true;
        if (!proposal_is_partner(actor))
                return state == TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN ||
                       state == TRACKING__PROPOSAL_STATE__PROPOSAL_PROPOSED;
        return state == TRACKING__PROPOSAL_STATE__PROPOSAL_MET || state == TRACKING__PROPOSAL_STATE__PROPOSAL_NO_SHOW ||
               state == TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN ||
               state == TRACKING__PROPOSAL_STATE__PROPOSAL_NOT_TAKEN;
}

static bool may_correct(const struct work *work, const Tracking__ProposalRow *row, Tracking__ProposalState state,
                        struct refusal *ret)
{
        if (work->actor->role == TYPES__ROLE__FACILITATOR)
                return true;
        return (proposal_last(row)->by == work->actor->role && is_theirs_to_say(work->actor, row, state)) ||
               refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "state",
                      "Vous corrigez ce que vous avez dit vous-même : pour le reste, adressez-vous au facilitateur du "
                      "territoire.");
}

static struct reply record_correction(struct work *work, const Tracking__CorrectProposal *command,
                                      const Tracking__ProposalRow *row, const struct proposal_said *said)
{
        Tracking__ProposalCorrected corrected = TRACKING__PROPOSAL_CORRECTED__INIT;
        const struct proposal_people people = {row->prescriber != NULL, row->company != NULL, row->structure != NULL};
        struct slice sealed;
        int err = proposal_seal(work, id_of(command->proposal_id), id_of(row->beneficiary_id), said, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        corrected.proposal_id = command->proposal_id;
        corrected.beneficiary_id = row->beneficiary_id;
        corrected.need_id = row->need_id;
        corrected.territory = row->territory;
        corrected.prescriber = row->prescriber;
        corrected.need_title = row->need_title;
        corrected.is_private = row->is_private;
        corrected.before = proposal_last(row)->state;
        corrected.step = proposal_step(work, said, people);
        work_record_sealed(work, &corrected.base, sealed);
        return proposal_reply(work, corrected.step);
}

struct reply handle_correct_proposal(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CorrectProposal *command = (const Tracking__CorrectProposal *)message;
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id_of(command->proposal_id), work->arena);
        const struct proposal_said said = {
                .state = command->state,
                .on = command->happened_on,
                .code = command->outcome_code,
                .until = command->state == TRACKING__PROPOSAL_STATE__PROPOSAL_POSTPONED ? command->until : NULL,
                .correction = command->reason,
        };
        const struct proposal_move move = {
                .to = said.state, .on = said.on, .day_field = "happened_on", .until = command->until};
        struct refusal refusal;

        if (row == NULL)
                return reply_no_proposal(work);
        if (!may_correct(work, row, command->state, &refusal) || !proposal_may_correct(row, &move, &refusal) ||
            !proposal_code_is_sound(work, &said, "outcome_code", &refusal) ||
            !proposal_words_are_sound(&said, &refusal))
                return reply_refusal(work, &refusal);
        return record_correction(work, command, row, &said);
}
