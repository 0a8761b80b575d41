#include "services/tracking/proposals/proposals_access.h"

#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/proposals/proposals_rows.h"

static bool is_restricted(const struct work *work, const Types__Id *beneficiary)
{
        const Tracking__BeneficiaryRow *person = tracking_beneficiary(work->txn, id_of(beneficiary), work->arena);
        return person != NULL && person->restriction_code[0] != '\0';
}

bool proposal_is_partner(const Wire__Passport *actor)
{
        return actor->role == TYPES__ROLE__COMPANY || actor->role == TYPES__ROLE__STRUCTURE;
}

static bool is_prescriber_of(const Wire__Passport *actor, const Types__Id *prescriber)
{
        return actor->role == TYPES__ROLE__PRESCRIBER && prescriber != NULL &&
               passport_is_organisation(actor, id_of(prescriber));
}

/* Security: a company may employ her itself, a structure sees what it was named for alone. */
static bool was_sent_to(const Wire__Passport *actor, const Tracking__ProposalRow *row)
{
        if (row->company != NULL && actor->role == TYPES__ROLE__COMPANY &&
            passport_is_organisation(actor, id_of(row->company)))
                return true;
        return row->structure != NULL && passport_is_organisation(actor, id_of(row->structure));
}

bool proposal_is_shown_to_partners(const Tracking__ProposalRow *row)
{
        switch (proposal_last(row)->state) {
        case TRACKING__PROPOSAL_STATE__PROPOSAL_SENT:
        case TRACKING__PROPOSAL_STATE__PROPOSAL_MET:
        case TRACKING__PROPOSAL_STATE__PROPOSAL_NO_SHOW:
        case TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN:
        case TRACKING__PROPOSAL_STATE__PROPOSAL_PLACED: return true;
        case TRACKING__PROPOSAL_STATE__PROPOSAL_POSTPONED: return proposal_was_sent(row);
        default: return false;
        }
}

bool proposal_may_be_seen(const struct work *work, const Tracking__ProposalRow *row)
{
        const Wire__Passport *actor = work->actor;
        if (proposal_is_partner(actor))
                return was_sent_to(actor, row) && proposal_is_shown_to_partners(row) &&
                       !is_restricted(work, row->beneficiary_id);
        if (actor->role == TYPES__ROLE__PRESCRIBER)
                return is_prescriber_of(actor, row->prescriber);
        return scope_is_watcher(actor) && passport_covers(actor, row->territory) &&
               scope_reads_obligation(work, id_of(row->obligation_id));
}

bool proposal_shows_company(const struct work *work, const Tracking__ProposalRow *row)
{
        return work->actor->role != TYPES__ROLE__PRESCRIBER ||
               tracking_private_of(work->txn, id_of(row->obligation_id), work->arena) == NULL;
}

enum standing proposal_standing(const struct work *work, const struct named *named)
{
        const Tracking__ProposalRow *row = tracking_proposal(work->txn, named->id, work->arena);
        if (row == NULL || !proposal_may_be_seen(work, row))
                return STANDING_UNKNOWN;
        if (work->actor->role == TYPES__ROLE__COORDINATOR || work->actor->role == TYPES__ROLE__AUDITOR)
                return STANDING_READ;
        return is_restricted(work, row->beneficiary_id) ? STANDING_FROZEN : STANDING_CHANGE;
}

enum standing proposed_person_standing(const struct work *work, const struct named *named)
{
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, named->id, work->arena);
        bool is_theirs =
                row != NULL &&
                (is_prescriber_of(work->actor, row->prescriber) ||
                 (work->actor->role == TYPES__ROLE__FACILITATOR && passport_covers(work->actor, row->territory)));
        if (!is_theirs)
                return STANDING_UNKNOWN;
        return row->restriction_code[0] != '\0' ? STANDING_FROZEN : STANDING_CHANGE;
}

/* As contracts tells needs: to facilitators those of public contracts, and of the private ones that are theirs; to
 * prescribers those of their territories. */
enum standing need_standing(const struct work *work, const struct named *named)
{
        const Tracking__NeedCopy *need = tracking_need(work->txn, named->id, work->arena);
        if (need == NULL)
                return STANDING_UNKNOWN;
        bool may = work->actor->role == TYPES__ROLE__PRESCRIBER
                           ? passport_covers(work->actor, need->territory)
                           : scope_reads_obligation(work, id_of(need->obligation_id));
        return may ? STANDING_READ : STANDING_UNKNOWN;
}
