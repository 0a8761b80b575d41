#include "services/tracking/proposals/making.h"

#include <string.h>

#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/proposals/proposals.h"
#include "services/tracking/proposals/proposals_access.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"

bool making_is_allowed(const struct work *work, const struct making *making, struct refusal *ret)
{
        struct proposal_ids ids =
                proposals_of(work->txn, LIST_PROPOSALS_OF_BENEFICIARY, making->beneficiary, work->arena);
        if (making->need->closed)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "need_id",
                              "Ce besoin est clos : choisissez-en un autre dans la liste des besoins.");
        if (ids.count >= PROPOSALS_OF_A_PERSON_MAX)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                              "Cette personne a déjà été proposée %d fois : faites le point avec elle et le "
                              "facilitateur avant une nouvelle proposition.",
                              PROPOSALS_OF_A_PERSON_MAX);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, ids.at[i], work->arena);
                char label[PROPOSAL_LABEL_SIZE];
                if (row == NULL || !proposal_is_open(row) || !id_equal(id_of(row->need_id), id_of(making->need_id)))
                        continue;
                proposal_label(ids.at[i], label);
                return refuse(ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "need_id",
                              "Cette personne est déjà proposée pour ce besoin (proposition %s, %s) : suivez celle-ci.",
                              label, proposal_state_word(proposal_last(row)->state));
        }
        return true;
}

const Tracking__ProposalMade *making_record(struct work *work, const struct making *making)
{
        Tracking__ProposalMade *made = pb_new(&tracking__proposal_made__descriptor, work->arena);
        Types__Day *on = day_to(work->arena, making->on);
        const struct proposal_said said = {.state = TRACKING__PROPOSAL_STATE__PROPOSAL_PROPOSED, .on = on};
        made->proposal_id = id_to(work->arena, work_new_id(work));
        made->beneficiary_id = id_to(work->arena, making->beneficiary);
        made->need_id = id_to(work->arena, id_of(making->need_id));
        made->obligation_id = making->need->obligation_id;
        made->territory = making->person->territory;
        made->prescriber = making->person->prescriber;
        made->need_title = making->need->title;
        made->is_private = tracking_private_of(work->txn, id_of(making->need->obligation_id), work->arena) != NULL;
        made->step = proposal_step(work, &said, (struct proposal_people){.has_prescriber = made->prescriber != NULL});
        work_record(work, &made->base);
        return made;
}

bool proposal_with_referral(struct work *work, struct id beneficiary, const Types__Id *need, struct id *ret_proposal)
{
        struct making making = {
                .beneficiary = beneficiary,
                .person = tracking_beneficiary(work->txn, beneficiary, work->arena),
                .need_id = need,
                .need = need == NULL ? NULL : tracking_need(work->txn, id_of(need), work->arena),
                .on = work->today,
        };
        const struct named named = {.id = id_of(need)};
        struct refusal refusal;
        if (making.need == NULL || making.person == NULL || need_standing(work, &named) == STANDING_UNKNOWN ||
            !making_is_allowed(work, &making, &refusal))
                return false;
        *ret_proposal = id_of(making_record(work, &making)->proposal_id);
        return true;
}

/* ---- and a placement that follows from it */

static bool is_of_this(const Tracking__OpenPlacement *command, const Tracking__ProposalRow *row, struct refusal *ret)
{
        if (!id_equal(id_of(row->beneficiary_id), id_of(command->beneficiary_id)))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "proposal_id",
                              "Cette proposition est celle d'une autre personne : choisissez-la parmi les siennes.");
        if (!id_equal(id_of(row->obligation_id), id_of(command->obligation_id)))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "proposal_id",
                              "Cette proposition répond à un besoin d'une autre obligation : choisissez la sienne, ou "
                              "ouvrez le parcours sans proposition.");
        return proposal_is_open(row) ||
               refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "proposal_id",
                      "Cette proposition est « %s » : corrigez-la si c'est faux, ou ouvrez le parcours sans "
                      "proposition.",
                      proposal_state_word(proposal_last(row)->state));
}

bool proposal_may_be_placed(struct work *work, const Tracking__OpenPlacement *command,
                            Tracking__PlacementOpened *opened, struct refusal *ret)
{
        if (command->proposal_id == NULL)
                return true;
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, id_of(command->proposal_id), work->arena);
        if (row == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "proposal_id",
                              "Cette proposition n'existe pas ici, ou plus : relisez la liste des propositions.");
        if (!is_of_this(command, row, ret))
                return false;
        const struct proposal_said said = {.state = TRACKING__PROPOSAL_STATE__PROPOSAL_PLACED,
                                           .on = proposal_not_before(work, row, work->today)};
        opened->proposal_id = command->proposal_id;
        opened->proposal_step = proposal_step(work, &said, (struct proposal_people){0});
        opened->proposal_step->placement_id = opened->placement_id;
        return true;
}
