/* record_obligation: who owes the hours of a clause. Opens its ledger: CLAUSE -> DUE.
 * Caller: facilitator (of one of the clause's territories), coordinator.  Emits: ObligationRecorded.
 * Refuses: NOT_FOUND (clause), INVALID_FIELD (contractor, hours), NOT_ALLOWED, ALREADY_EXISTS (this company, this
 * clause). Several companies may share a clause, each with its own hours: a group. */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <string.h>

#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligation.h"
#include "services/contracts/record/company.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"

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

Contracts__ObligationRecorded *obligation_to_record(struct work *work, const Contracts__RecordObligation *command,
                                                    const Contracts__ClausePut *clause, struct hours hours)
{
        Contracts__ObligationRecorded *obligation =
                pb_new(&contracts__obligation_recorded__descriptor, work->arena);
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

struct reply handle_record_obligation(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordObligation *command = (const Contracts__RecordObligation *)message;
        struct refusal refusal;
        struct hours hours;

        const Contracts__ClausePut *clause = contracts_clause_find(work->txn, work->arena, id_of(command->clause_id));
        if (clause == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "clause_id",
                                    "Cette clause n'est pas connue : posez-la d'abord sur le lot du contrat.");
        if (!contract_admits(contracts_file_find(work->txn, work->arena, id_of(clause->contract_id)), &refusal) ||
            !obligation_check(command, clause, &hours, &refusal) ||
            !company_is_one(work, command->contractor_organisation, command->contractor_siret,
                            "contractor_organisation", &refusal))
                return reply_refusal(work, &refusal);
        struct members members = members_of_clause(work, id_of(clause->clause_id));
        if (!fits_in_group(&members, command, &refusal) || !hours_left(&members, command, &hours, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ObligationRecorded *obligation = obligation_to_record(work, command, clause, hours);
        work_record(work, &obligation->base);

        Contracts__RecordObligationReply *reply = pb_new(&contracts__record_obligation_reply__descriptor, work->arena);
        reply->obligation_id = obligation->obligation_id;
        reply->hours = obligation->hours;
        return reply_ok(work, reply);
}
