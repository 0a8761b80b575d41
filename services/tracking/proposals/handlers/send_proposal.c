/* SendProposal: the company of the need sees it from now on, and the structure that would employ her: a label, never
 * who she is. Caller: a facilitator of the person's territory. Emits ProposalMoved. */
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"
#include "tracking/calls.h"

/* Companies are shown persons who are eligible (fiche D1, I.2.a). */
static bool is_eligible(const struct work *work, const Tracking__ProposalRow *row, const Types__Day *on,
                        struct refusal *ret)
{
        struct period periods[DECISIONS_MAX + 1];
        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(work->txn, id_of(row->beneficiary_id), work->arena);
        size_t count = person == NULL ? 0 : periods_of(person, periods);
        for (size_t i = 0; i < count; i++)
                if (day_number(periods[i].until) >= on->days)
                        return true;
        return refuse(ret, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "proposal_id",
                      "L'éligibilité de la personne n'est pas validée : validez-la, puis envoyez la proposition.");
}

static bool need_is_open(const struct work *work, const Tracking__ProposalRow *row, struct refusal *ret)
{
        const Tracking__NeedCopy *need = tracking_need(work->txn, id_of(row->need_id), work->arena);
        return (need != NULL && !need->closed) ||
               refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "proposal_id",
                      "Ce besoin est clos : retirez la proposition, et proposez la personne pour un autre.");
}

struct reply handle_send_proposal(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__SendProposal *command = (const Tracking__SendProposal *)message;
        struct id id = id_of(command->proposal_id);
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id, work->arena);
        const struct proposal_said said = {.state = TRACKING__PROPOSAL_STATE__PROPOSAL_SENT, .on = command->sent_on};
        const struct proposal_move move = {.to = said.state, .on = command->sent_on, .day_field = "sent_on"};
        struct refusal refusal;

        if (row == NULL)
                return reply_no_proposal(work);
        if (!proposal_may_move(row, &move, &refusal) || !need_is_open(work, row, &refusal) ||
            !is_eligible(work, row, command->sent_on, &refusal))
                return reply_refusal(work, &refusal);
        const Tracking__NeedCopy *need = tracking_need(work->txn, id_of(row->need_id), work->arena);
        const Tracking__ObligationCopy *obligation =
                tracking_obligation(work->txn, id_of(row->obligation_id), work->arena);
        struct id owing = obligation == NULL ? (struct id){{0}} : tracking_contractor(work->txn, obligation);
        struct proposal_sent_to to = {
                .company = id_is_zero(owing) ? NULL : id_to(work->arena, owing),
                .structure = command->structure != NULL ? command->structure : need->partner,
        };
        return proposal_record(work, id, row, &said, to);
}
