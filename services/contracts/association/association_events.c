#include "contracts/calls.h"
#include "services/contracts/association/association.h"

#include "common/base/day.h"
#include "services/contracts/association/association_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

static uint32_t year_of(const Types__Day *day)
{
        return (uint32_t)day_civil(day_of(day)).year;
}

static Contracts__ContractFile *file_with_state(const struct change *change, const Types__Id *contract_id)
{
        Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, contract_id);
        if (file->association == NULL)
                file->association = pb_new(&contracts__association_state__descriptor, change->arena);
        return file;
}

void apply_association_recorded(const struct change *change, const Contracts__AssociationRecorded *body)
{
        Contracts__ContractFile *file = file_with_state(change, body->contract_id);

        file->association->association = body->association;
        file->association->since = body->since;
        file->association->at = body->at;
        file->association->by = body->by;
        file->association->note = body->note;
        file->association->year = body->year;
        contracts_file_put(change->txn, change->arena, file);
}

void apply_contract_declined(const struct change *change, const Contracts__ContractDeclined *body)
{
        Contracts__ContractFile *file = file_with_state(change, body->contract_id);
        Contracts__AssociationState *state = file->association;

        file->declined = true;
        state->declined_for = body->reason;
        state->declined_text = body->text;
        state->declined_on = body->declined_on;
        state->resumed_on = NULL;
        state->resumed_text = arena_text(change->arena, "");
        state->year = year_of(body->declined_on);
        contracts_file_put(change->txn, change->arena, file);
        decline_put(change->txn, change->arena, body);
}

void apply_contract_resumed(const struct change *change, const Contracts__ContractResumed *body)
{
        Contracts__ContractFile *file = file_with_state(change, body->contract_id);
        Contracts__AssociationState *state = file->association;

        file->declined = false;
        state->association = CONTRACTS__ASSOCIATION__ASSOCIATED;
        state->at = CONTRACTS__ASSOCIATION_STAGE__AT_REGULARISATION;
        state->since = body->regularised_on;
        state->resumed_on = body->regularised_on;
        state->resumed_text = body->text;
        contracts_file_put(change->txn, change->arena, file);
}

static const char *stage_name(Contracts__AssociationStage at)
{
        switch (at) {
        case CONTRACTS__ASSOCIATION_STAGE__AT_PROGRAMMING: return "de la programmation";
        case CONTRACTS__ASSOCIATION_STAGE__AT_DESIGN: return "des études";
        case CONTRACTS__ASSOCIATION_STAGE__AT_DRAFTING: return "de la rédaction";
        default: return "de la préparation";
        }
}

void tell_association_recorded(struct telling *telling, const Contracts__AssociationRecorded *body)
{
        if (body->association == CONTRACTS__ASSOCIATION__ASSOCIATED)
                tell(telling, "Facilitateur associé avant la publication, depuis le %s, au stade %s, par %s.",
                     told_day(telling, body->since), stage_name(body->at), body->by);
        else
                tell(telling, "Facilitateur non associé avant la publication.");
}

void tell_contract_declined(struct telling *telling, const Contracts__ContractDeclined *body)
{
        tell(telling, "Contrat décliné le %s, lettre à l'acheteur : %s", told_day(telling, body->declined_on),
             body->text);
}

void tell_contract_resumed(struct telling *telling, const Contracts__ContractResumed *body)
{
        tell(telling, "Contrat repris, régularisé par l'acheteur le %s : %s", told_day(telling, body->regularised_on),
             body->text);
}
