/* Which clause a row is about, and who owes its hours: known, told by a row above, or new. */
#include <string.h>

#include "common/base/french.h"
#include "common/codec/place.h"
#include "common/codec/validate.h"
#include "services/contracts/clauses/putting.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/obligations/recording.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/party_rows.h"
#include "services/contracts/running/running_model.h"

static const char put_clause[] = "PutClause", record_obligation[] = "RecordObligation";

/* Where the row is wrong, and how. */
struct wrong {
        const char *command;
        struct refusal refusal;
};

static bool tells_of_hours(const struct running_row *row)
{
        return row->lot != 0 || row->holder_siret[0] != '\0' || row->owed != NULL || row->hours_count > 0 ||
               row->ground != CONTRACTS__CASE_GROUND__CASE_GROUND_UNKNOWN;
}

static struct running_obligation *owed_by(const struct running_clause *clause, const char *siret)
{
        for (size_t i = 0; i < clause->count; i++)
                if (strcmp(clause->owed[i]->loaded.obligation->contractor_siret, siret) == 0)
                        return clause->owed[i];
        return NULL;
}

/* ---- which lot */

static struct running_clause *clause_of_lot(const struct running_contract *contract, uint32_t lot)
{
        for (size_t i = 0; i < contract->clause_count; i++)
                if (contract->clauses[i]->put->lot == lot)
                        return contract->clauses[i];
        return NULL;
}

/* The only lot on which this holder owes hours; NULL: none, or several. */
static struct running_clause *clause_of_holder(const struct running_contract *contract, const char *siret)
{
        struct running_clause *found = NULL;
        for (size_t i = 0; i < contract->clause_count; i++) {
                if (owed_by(contract->clauses[i], siret) == NULL)
                        continue;
                if (found != NULL)
                        return NULL;
                found = contract->clauses[i];
        }
        return found;
}

/* False with the refusal where no lot is told and several could be meant. NULL in place->clause: a new one. */
static bool find_lot(const struct running_row *row, struct running_place *place, uint32_t *ret_lot, struct wrong *wrong)
{
        const struct running_contract *contract = place->contract;
        *ret_lot = row->lot;
        if (row->lot != 0) {
                place->clause = clause_of_lot(contract, row->lot);
                return true;
        }
        if (contract->clause_count <= 1) {
                place->clause = contract->clause_count == 0 ? NULL : contract->clauses[0];
                *ret_lot = place->clause == NULL ? 1 : place->clause->put->lot;
                return true;
        }
        place->clause = clause_of_holder(contract, row->holder_siret);
        wrong->command = put_clause;
        return place->clause != NULL || refuse(&wrong->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "lot",
                                               "Ce contrat a plusieurs lots : écrivez le numéro de celui-ci.");
}

/* ---- a new clause, of the hours that its holders owe */

static struct hours owed_in_all(const struct running_clause *clause, const Types__Hours *more)
{
        int64_t sum = hours_hundredths(hours_of(more));
        for (size_t i = 0; clause != NULL && i < clause->count; i++)
                sum += hours_hundredths(hours_of(clause->owed[i]->loaded.obligation->hours));
        return hours_of_hundredths(sum);
}

static Contracts__PutClause *clause_command(const struct running_model *model, const struct running_row *row,
                                            const struct running_place *place, uint32_t lot)
{
        struct arena *arena = model->work->arena;
        Contracts__PutClause *command = pb_new(&contracts__put_clause__descriptor, arena);
        char of_place[TERRITORY_TEXT_SIZE];
        const char *territory = row->territory;
        if (territory[0] == '\0' && !place_territory(place->contract->record->place, of_place))
                territory = model->territory;
        command->contract_id = id_to(arena, place->contract->id);
        command->lot = lot;
        command->calibration = pb_new(&contracts__calibration__descriptor, arena);
        command->calibration->method = CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS;
        command->calibration->chosen_hours = hours_to(arena, owed_in_all(place->clause, row->owed));
        if (territory[0] == '\0')
                return command;
        command->territories = arena_alloc(arena, sizeof(*command->territories));
        command->territories[0] = arena_text(arena, territory);
        command->n_territories = 1;
        return command;
}

/* Security: as of PutClause (rights_things.c): where the contract is followed, by its own territories. */
static bool may_put(const struct work *work, const struct running_contract *contract, struct refusal *ret_refusal)
{
        bool is_free = contract->opened != NULL || contract->file == NULL || contract->file->n_territories == 0;
        return is_free || access_file(work, contract->id, contract->record) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "number",
                      "Un autre territoire suit ce contrat : adressez-vous à son facilitateur, ou à la coordination.");
}

/* The clause with the hours of one more holder; only of one that is new itself. */
static bool put_clause_of(struct running_model *model, const struct running_row *row, uint32_t lot,
                          struct running_place *place, struct refusal *ret_refusal)
{
        struct work *work = model->work;
        Contracts__PutClause *command = clause_command(model, row, place, lot);
        place->put = pb_new(&contracts__clause_put__descriptor, work->arena);
        const struct running_missing *missing = running_missed(model, row, true);
        if (row->owed == NULL && missing != NULL)
                return running_rests(missing, "calibration", ret_refusal);
        if (row->owed == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "calibration",
                              "Les heures dues manquent : la première ligne d'un titulaire dit combien il en doit.");
        if (!may_put(work, place->contract, ret_refusal) ||
            !validate_message(&command->base, work->today, ret_refusal) ||
            !contract_check_lot(place->contract->file, lot, ret_refusal) ||
            !putting_decide(work, command, place->contract->record, place->put, ret_refusal))
                return false;
        place->put->clause_id =
                place->clause != NULL ? place->clause->put->clause_id : id_to(work->arena, work_new_id(work));
        return true;
}

/* ---- who owes */

/* Published contracts name their holder. */
static const char *published_holder(const Contracts__ContractRecord *record)
{
        bool is_one = record->n_contractors == 1 && record->contractors[0]->kind == CONTRACTS__COMPANY_ID_KIND__SIRET;
        return is_one ? record->contractors[0]->value : "";
}

static bool find_holder(const struct running_row *row, struct running_place *place, const char **ret_siret,
                        struct refusal *ret_refusal)
{
        const struct running_clause *clause = place->clause;
        *ret_siret = row->holder_siret;
        if (row->holder_siret[0] == '\0' && clause != NULL && clause->count == 1)
                *ret_siret = clause->owed[0]->loaded.obligation->contractor_siret;
        else if (row->holder_siret[0] == '\0' && (clause == NULL || clause->count == 0))
                *ret_siret = published_holder(place->contract->record);
        if (clause != NULL && **ret_siret != '\0')
                place->obligation = owed_by(clause, *ret_siret);
        return **ret_siret != '\0' ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contractor_siret",
                      clause != NULL && clause->count > 1
                              ? "Plusieurs entreprises doivent des heures de ce lot : écrivez le SIRET de celle-ci."
                              : "Le SIRET du titulaire manque : écrivez ses 14 chiffres.");
}

static Contracts__RecordObligation *obligation_command(const struct running_model *model, const struct running_row *row,
                                                       const Contracts__ClausePut *clause, const char *siret)
{
        struct arena *arena = model->work->arena;
        Contracts__RecordObligation *command = pb_new(&contracts__record_obligation__descriptor, arena);
        const char *name = contracts_party_name(model->work->txn, arena, siret, row->holder_name);
        command->clause_id = clause->clause_id;
        command->contractor_siret = arena_text(arena, siret);
        command->contractor_name = arena_text(arena, name == NULL ? "" : name);
        command->hours = row->owed;
        return command;
}

static struct members members_of(const struct running_clause *clause, struct arena *arena)
{
        struct members members = {0};
        for (size_t i = 0; clause != NULL && i < clause->count; i++) {
                members.list = pb_append(members.list, &members.count, sizeof(*members.list), arena);
                members.list[i] = clause->owed[i]->loaded;
        }
        return members;
}

/* As it will stand once it is recorded. */
static struct running_obligation *new_obligation(const struct running_place *place,
                                                 Contracts__ObligationRecorded *recorded, struct arena *arena)
{
        struct running_obligation *owed = arena_zalloc(arena, sizeof(*owed));
        int64_t hundredths = hours_hundredths(hours_of(recorded->hours));
        owed->is_new = true;
        owed->loaded.id = id_of(recorded->obligation_id);
        owed->loaded.obligation = recorded;
        owed->loaded.contract = (Contracts__ContractRecord *)(uintptr_t)place->contract->record;
        owed->loaded.file = place->contract->file;
        owed->loaded.ended_on = place->contract->file == NULL ? NULL : place->contract->file->ended_on;
        owed->loaded.ledger.balance[ACCOUNT_CLAUSE] = hours_of_hundredths(-hundredths);
        owed->loaded.ledger.balance[ACCOUNT_DUE] = hours_of_hundredths(hundredths);
        return owed;
}

/* Security: as of RecordObligation: a facilitator acts on the clauses of her territories. */
static bool may_record(const struct work *work, const Contracts__ClausePut *clause, struct refusal *ret_refusal)
{
        return access_territories(work, clause->territories, clause->n_territories) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "contractor_siret",
                      "La clause de ce lot n'est pas dans votre territoire : adressez-vous au facilitateur qui la "
                      "suit.");
}

static bool record_holder(struct running_model *model, const struct running_row *row, const char *siret,
                          struct running_place *place, struct refusal *ret_refusal)
{
        struct work *work = model->work;
        const Contracts__ClausePut *clause = place->put != NULL ? place->put : place->clause->put;
        Contracts__RecordObligation *command = obligation_command(model, row, clause, siret);
        struct members members = members_of(place->clause, work->arena);
        struct hours hours;

        if (place->contract->new_holders == RUNNING_HOLDERS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contractor_siret",
                              "Un contrat prend %d titulaires nouveaux à la fois : donnez les lignes écartées dans une "
                              "autre liste.",
                              RUNNING_HOLDERS_MAX);
        if (!may_record(work, clause, ret_refusal) || !validate_message(&command->base, work->today, ret_refusal) ||
            !recording_decide(work, command, &(struct recording){clause, &members}, &hours, ret_refusal))
                return false;
        place->obligation = new_obligation(place, obligation_to_record(work, command, clause, hours), work->arena);
        place->is_new_obligation = true;
        return true;
}

/* ---- told again */

/* What it was opened with, or what its amendments made of it. */
static bool agrees(const struct work *work, const struct running_row *row, const struct running_obligation *owed,
                   struct refusal *ret_refusal)
{
        int64_t opening = hours_hundredths(hours_of(owed->loaded.obligation->hours));
        int64_t demanded = owed->is_new ? opening : hours_hundredths(ledger_demanded(&owed->loaded.ledger));
        int64_t told = row->owed == NULL ? opening : hours_hundredths(hours_of(row->owed));
        return told == opening || told == demanded ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                      "Cette entreprise doit déjà %s sur ce lot : corrigez la case ou laissez-la vide ; si le contrat a "
                      "changé, enregistrez l'avenant (AmendObligation).",
                      french_hours(work->arena, hours_of_hundredths(demanded)));
}

/* ---- the row */

static bool place_obligation(struct running_model *model, const struct running_row *row, uint32_t lot,
                             struct running_place *place, struct wrong *wrong)
{
        const char *siret;
        wrong->command = record_obligation;
        if (!find_holder(row, place, &siret, &wrong->refusal))
                return false;
        if (place->obligation != NULL)
                return agrees(model->work, row, place->obligation, &wrong->refusal);
        if (place->clause == NULL || place->clause->is_new) {
                wrong->command = put_clause;
                if (!put_clause_of(model, row, lot, place, &wrong->refusal))
                        return false;
                wrong->command = record_obligation;
        }
        return record_holder(model, row, siret, place, &wrong->refusal);
}

bool running_place_owed(struct running_model *model, struct running_row *row, struct running_place *place)
{
        struct wrong wrong = {.command = put_clause};
        uint32_t lot;
        if (!tells_of_hours(row))
                return true;
        if (find_lot(row, place, &lot, &wrong) && place_obligation(model, row, lot, place, &wrong))
                return true;
        running_refuse(row, wrong.command, &wrong.refusal);
        return false;
}

/* ---- kept */

static void keep_clause(struct running_model *model, const struct running_place *place, struct running_clause **ret)
{
        struct running_contract *contract = place->contract;
        struct arena *arena = model->work->arena;
        *ret = place->clause;
        if (place->put == NULL)
                return;
        if (*ret == NULL) {
                *ret = arena_zalloc(arena, sizeof(**ret));
                (*ret)->is_new = true;
                contract->clauses = pb_append(contract->clauses, &contract->clause_count, sizeof(*ret), arena);
                contract->clauses[contract->clause_count - 1] = *ret;
        }
        (*ret)->put = place->put;
}

void running_keep(struct running_model *model, const Types__ListRow *row, const struct running_place *place)
{
        struct running_contract *contract = place->contract;
        struct arena *arena = model->work->arena;
        struct running_clause *clause;
        if (place->is_new_contract) {
                model->contracts = pb_append(model->contracts, &model->contract_count, sizeof(contract), arena);
                model->contracts[model->contract_count - 1] = contract;
                if (contract->opened != NULL)
                        contract->presented = row->number;
        }
        keep_clause(model, place, &clause);
        if (place->is_new_obligation) {
                clause->owed = pb_append(clause->owed, &clause->count, sizeof(place->obligation), arena);
                clause->owed[clause->count - 1] = place->obligation;
                contract->new_holders++;
        }
        if ((place->is_new_contract && contract->opened != NULL) || place->is_new_obligation) {
                contract->presenting = pb_append(contract->presenting, &contract->presenting_count,
                                                 sizeof(*contract->presenting), arena);
                contract->presenting[contract->presenting_count - 1] = row;
        }
}
