#include "services/contracts/obligations/recording.h"

#include <string.h>

#include "services/contracts/obligations/obligation.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/record/company.h"

/* A second entry of the same company would double what it owes: far more often a slip than a wish. */
static bool fits_in_group(const struct members *members, const Contracts__RecordObligation *command,
                          struct refusal *ret_refusal)
{
        for (size_t i = 0; i < members->count; i++) {
                const Contracts__ObligationRecorded *other = members->list[i].obligation;
                if (strcmp(other->contractor_siret, command->contractor_siret) == 0)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "contractor_siret",
                                      "Cette entreprise doit déjà les heures de cette clause : consultez son "
                                      "obligation au lieu d'en ajouter une, ou enregistrez un avenant "
                                      "(AmendObligation).");
                if (command->group_role == CONTRACTS__GROUP_ROLE__GROUP_LEAD &&
                    other->group_role == CONTRACTS__GROUP_ROLE__GROUP_LEAD)
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "group_role",
                                      "Le groupement a déjà son mandataire, %.100s : les autres membres sont "
                                      "cotraitants (GROUP_MEMBER).",
                                      other->contractor_name);
        }
        return true;
}

/* A further member of a group that names no hours owes what the others leave of the clause's. */
static bool hours_left(const struct members *members, const Contracts__RecordObligation *command, struct hours *hours,
                       struct refusal *ret_refusal)
{
        if (command->hours != NULL || command->by_invoices)
                return true;
        struct hours left = *hours;
        for (size_t i = 0; i < members->count; i++)
                if (hours_subtract(left, hours_of(members->list[i].obligation->hours), &left) != 0)
                        break; /* far below nothing */
        if (hours_hundredths(left) <= 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                              "Les heures de la clause sont déjà réparties entre les membres du groupement : dites "
                              "combien celui-ci en doit.");
        *hours = left;
        return true;
}

bool recording_decide(const struct work *work, const Contracts__RecordObligation *command,
                      const struct recording *recording, struct hours *ret, struct refusal *ret_refusal)
{
        return obligation_check(command, recording->clause, ret, ret_refusal) &&
               company_is_one(work, command->contractor_organisation, command->contractor_siret,
                              "contractor_organisation", ret_refusal) &&
               fits_in_group(recording->members, command, ret_refusal) &&
               hours_left(recording->members, command, ret, ret_refusal);
}

Contracts__ObligationRecorded *obligation_to_record(struct work *work, const Contracts__RecordObligation *command,
                                                    const Contracts__ClausePut *clause, struct hours hours)
{
        Contracts__ObligationRecorded *obligation = pb_new(&contracts__obligation_recorded__descriptor, work->arena);
        obligation->obligation_id = id_to(work->arena, work_new_id(work));
        obligation->clause_id = clause->clause_id;
        obligation->contract_id = clause->contract_id;
        obligation->lot = clause->lot;
        obligation->contractor_siret = command->contractor_siret;
        obligation->contractor_name = command->contractor_name;
        if (!id_is_zero(id_of(command->contractor_organisation)))
                obligation->contractor_organisation = command->contractor_organisation;
        obligation->hours = hours_to(work->arena, hours);
        obligation->territories = clause->territories;
        obligation->n_territories = clause->n_territories;
        obligation->hourly_cost = clause->calibration->hourly_cost;
        obligation->labour_share = clause->calibration->labour_share;
        obligation->group_role = command->group_role;
        obligation->by_invoices = command->by_invoices;
        return obligation;
}
