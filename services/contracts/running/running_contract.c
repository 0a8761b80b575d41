/* Which contract a row is about: one that the list has told of, one that is known, or a new one. */
#include <string.h>

#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/validate.h"
#include "contracts/file.pb-c.h"
#include "services/contracts/clauses/clause.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/party_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/running/running_model.h"

enum { OBJECT_FOLDED_SIZE = 1024, CANDIDATES_MAX = 50, TOLD_SIZE = 120 };

static const char open_contract[] = "OpenContract";

static bool is_same_object(const char *a, const char *b)
{
        char folded_a[OBJECT_FOLDED_SIZE], folded_b[OBJECT_FOLDED_SIZE];
        text_fold(a, folded_a, sizeof(folded_a));
        text_fold(b, folded_b, sizeof(folded_b));
        return strcmp(folded_a, folded_b) == 0;
}

/* ---- days */

static const Types__Day *first_day(const Contracts__ContractRecord *record)
{
        return record->starts_on != NULL ? record->starts_on : record->notified_on;
}

/* Months from the first day until the last; begun months count. 0: it ends before it begins. */
static uint32_t months_until(const Types__Day *first, const Types__Day *last)
{
        uint32_t months = 0;
        while (last->days >= first->days && months < CELL_MONTHS_MAX &&
               day_number(day_add_months(day_of(first), (int)months)) <= last->days)
                months++;
        return months;
}

static bool read_duration(const struct running_row *row, const Types__Day *first, uint32_t *ret,
                          struct refusal *ret_refusal)
{
        *ret = row->duration_months;
        if (row->ends_on == NULL)
                return true;
        if (first == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "duration_months",
                              "Sans date de notification ni de début, la fin ne dit pas la durée : ajoutez l'une des "
                              "deux.");
        uint32_t months = months_until(first, row->ends_on);
        if (months == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "starts_on",
                              "Le contrat finirait avant de commencer : corrigez l'une des deux dates.");
        if (row->duration_months != 0 && row->duration_months != months)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "duration_months",
                              "La durée dit %u mois, et les dates %u : corrigez l'une, ou laissez la durée vide.",
                              row->duration_months, months);
        *ret = months;
        return true;
}

/* ---- a new one */

static Contracts__Place *department(const char *code, struct arena *arena)
{
        Contracts__Place *place = pb_new(&contracts__place__descriptor, arena);
        place->kind = CONTRACTS__PLACE_KIND__DEPARTMENT;
        place->code = arena_text(arena, code);
        return place;
}

static Contracts__OpenContract *command_of(const struct running_model *model, const struct running_row *row)
{
        struct arena *arena = model->work->arena;
        const char *territory = row->territory[0] != '\0' ? row->territory : model->territory;
        Contracts__OpenContract *command = pb_new(&contracts__open_contract__descriptor, arena);
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, arena);
        const char *buyer = contracts_party_name(model->work->txn, arena, row->buyer_siret, row->buyer_name);
        record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record->format = CONTRACTS__RECORD_FORMAT__OURS;
        record->number = arena_text(arena, row->number);
        record->buyer_siret = arena_text(arena, row->buyer_siret);
        record->buyer_name = arena_text(arena, buyer == NULL ? "" : buyer);
        record->object = arena_text(arena, row->object);
        record->cpv = arena_text(arena, row->cpv);
        record->place = department(territory, arena);
        record->notified_on = row->notified_on;
        record->starts_on = row->starts_on;
        record->amount = row->amount;
        command->record = record;
        command->territories = arena_alloc(arena, sizeof(*command->territories));
        command->territories[0] = arena_text(arena, territory);
        command->n_territories = 1;
        return command;
}

/* It runs: nothing of its beginning is still to come. */
static bool is_running(const struct work *work, const struct running_row *row, struct refusal *ret_refusal)
{
        return row->notified_on == NULL || row->notified_on->days <= day_number(work->today) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "notified_on",
                      "Un contrat en cours est déjà notifié : cette date est à venir, corrigez-la.");
}

/* One that is in preparation here, of the same object: it lacks its number alone. */
static bool is_new(const struct work *work, const Contracts__ContractRecord *record, struct refusal *ret_refusal)
{
        struct walk walk;
        struct id id;
        bool found = false;

        contracts_walk_records_of_buyer(work->txn, record->buyer_siret, "", slice_of(NULL, 0), &walk);
        while (!found && walk_next(&walk, &id)) {
                const Contracts__ContractRecord *known = contracts_record_find(work->txn, work->arena, id);
                if (known == NULL || known->number[0] != '\0')
                        break; /* those without come first */
                /* Security: of a contract that one may not see, nothing is told. */
                found = is_same_object(known->object, record->object) && access_contract(work, id, known);
        }
        walk_end(&walk);
        return !found || refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "record.object",
                                "Un contrat de cet acheteur a déjà cet objet, sans numéro : donnez-lui le sien "
                                "(AmendContract), puis la liste de nouveau.");
}

static bool make(struct running_model *model, const struct running_row *row, struct running_contract *contract,
                 struct refusal *ret_refusal)
{
        struct work *work = model->work;
        Contracts__OpenContract *command = command_of(model, row);
        Contracts__ContractRecord *record = command->record;
        struct territories asked = {command->territories, command->n_territories}, territories;

        if (!read_duration(row, first_day(record), &record->duration_months, ret_refusal) ||
            !validate_message(&command->base, work->today, ret_refusal) || !contract_check_ours(record, ret_refusal) ||
            !is_running(work, row, ret_refusal) ||
            !clause_territories(&asked, record, work->arena, &territories, ret_refusal) ||
            !is_new(work, record, ret_refusal))
                return false;
        /* Security: a facilitator acts where one of its territories is concerned. */
        if (!access_territories(work, territories.codes, territories.count))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territories",
                        "Ce contrat n'est pas dans votre territoire : adressez-vous au facilitateur qui le suit.");
        contract->id = work_new_id(work);
        contract->opened = pb_new(&contracts__contract_opened__descriptor, work->arena);
        contract->opened->contract_id = id_to(work->arena, contract->id);
        contract->opened->record = record;
        contract->opened->territories = territories.codes;
        contract->opened->n_territories = territories.count;
        contract->record = record;
        return true;
}

/* ---- one that is known */

struct candidates {
        struct id ids[CANDIDATES_MAX];
        size_t count;
};

/* Of those that share buyer and number, as lots that were published one by one do. */
static struct candidates find_candidates(const struct work *work, const struct running_row *row)
{
        struct candidates found = {.count = 0};
        struct walk walk;
        struct id id;
        contracts_walk_records_of_buyer(work->txn, row->buyer_siret, row->number, slice_of(NULL, 0), &walk);
        while (found.count < CANDIDATES_MAX && walk_next(&walk, &id)) {
                const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                /* Security: of a contract that one may not see, nothing is told. */
                if (record != NULL && access_contract(work, id, record))
                        found.ids[found.count++] = id;
        }
        walk_end(&walk);
        return found;
}

static bool is_named(const struct work *work, const struct running_row *row, struct id id)
{
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        return record != NULL && is_same_object(record->object, row->object);
}

static bool is_followed(const struct work *work, const struct running_row *row, struct id id)
{
        (void)row;
        return contracts_file_find(work->txn, work->arena, id) != NULL;
}

/* Those of which it is so, where there is one. */
static void keep(const struct work *work, const struct running_row *row, struct candidates *candidates,
                 bool (*is_so)(const struct work *work, const struct running_row *row, struct id id))
{
        struct candidates kept = {.count = 0};
        for (size_t i = 0; i < candidates->count; i++)
                if (is_so(work, row, candidates->ids[i]))
                        kept.ids[kept.count++] = candidates->ids[i];
        if (kept.count > 0)
                *candidates = kept;
}

static bool find_known(const struct work *work, const struct running_row *row, struct id *ret, bool *ret_found,
                       struct refusal *ret_refusal)
{
        struct candidates candidates = find_candidates(work, row);
        if (candidates.count > 1)
                keep(work, row, &candidates, is_named);
        if (candidates.count > 1)
                keep(work, row, &candidates, is_followed);
        *ret_found = candidates.count == 1;
        if (*ret_found)
                *ret = candidates.ids[0];
        return candidates.count <= 1 ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "object",
                      "%zu contrats de cet acheteur portent ce numéro : écrivez l'objet de celui-ci, tel que publié.",
                      candidates.count);
}

static struct running_clause *clause_of(struct running_contract *contract, struct id id)
{
        for (size_t i = 0; i < contract->clause_count; i++)
                if (id_equal(id_of(contract->clauses[i]->put->clause_id), id))
                        return contract->clauses[i];
        return NULL;
}

static void load_clauses(const struct work *work, struct running_contract *contract)
{
        struct walk walk;
        struct id id;
        contracts_walk_clauses_of_contract(work->txn, contract->id, &walk);
        while (walk_next(&walk, &id)) {
                struct running_clause *clause = arena_zalloc(work->arena, sizeof(*clause));
                clause->put = contracts_clause_find(work->txn, work->arena, id);
                if (clause->put == NULL)
                        continue; /* gone with a failed transaction */
                contract->clauses = pb_append(contract->clauses, &contract->clause_count, sizeof(clause), work->arena);
                contract->clauses[contract->clause_count - 1] = clause;
        }
        walk_end(&walk);
}

static void load_obligations(const struct work *work, struct running_contract *contract)
{
        struct refusal ignored;
        struct walk walk;
        struct id id;
        contracts_walk_obligations_of_contract(work->txn, contract->id, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                struct running_obligation *owed = arena_zalloc(work->arena, sizeof(*owed));
                if (!loaded_obligation_find(work, id_to(work->arena, id), "", &owed->loaded, &ignored))
                        continue; /* gone with a failed transaction */
                struct running_clause *clause = clause_of(contract, id_of(owed->loaded.obligation->clause_id));
                if (clause == NULL)
                        continue;
                clause->owed = pb_append(clause->owed, &clause->count, sizeof(owed), work->arena);
                clause->owed[clause->count - 1] = owed;
        }
        walk_end(&walk);
}

static bool load(const struct work *work, struct id id, struct running_contract *contract, struct refusal *ret_refusal)
{
        contract->id = id;
        contract->record = contracts_record_find(work->txn, work->arena, id);
        contract->file = contracts_file_find(work->txn, work->arena, id);
        if (!contract_admits(contract->file, ret_refusal))
                return false;
        load_clauses(work, contract);
        load_obligations(work, contract);
        return true;
}

/* ---- told again */

/* The field that says otherwise, and what is known of it. */
struct difference {
        const char *field; /* NULL: none does */
        const char *known;
};

static struct difference of_day(const char *field, const Types__Day *told, const Types__Day *known, struct arena *arena)
{
        if (told == NULL || (known != NULL && known->days == told->days))
                return (struct difference){NULL, NULL};
        return (struct difference){field, known == NULL ? "rien" : french_day(arena, day_of(known))};
}

static struct difference of_amount(const Types__Money *told, const Types__Money *known, struct arena *arena)
{
        if (told == NULL || (known != NULL && known->cents == told->cents))
                return (struct difference){NULL, NULL};
        return (struct difference){"amount", known == NULL ? "rien" : french_money(arena, money_of(known))};
}

static struct difference of_duration(const struct running_row *row, const Contracts__ContractRecord *record,
                                     struct arena *arena)
{
        const Types__Day *first = first_day(record);
        uint32_t months =
                row->ends_on != NULL && first != NULL ? months_until(first, row->ends_on) : row->duration_months;
        if (months == 0 || months == record->duration_months)
                return (struct difference){NULL, NULL};
        return (struct difference){"duration_months", arena_printf(arena, "%u mois", record->duration_months)};
}

static struct difference of_object(const struct running_row *row, const Contracts__ContractRecord *record,
                                   struct arena *arena)
{
        if (row->object[0] == '\0' || is_same_object(row->object, record->object))
                return (struct difference){NULL, NULL};
        return (struct difference){
                "object", arena_printf(arena, "« %.*s »", (int)utf8_cut(record->object, TOLD_SIZE), record->object)};
}

static struct difference differs(const struct running_row *row, const Contracts__ContractRecord *record,
                                 struct arena *arena)
{
        const struct difference all[] = {
                of_object(row, record, arena),
                of_day("notified_on", row->notified_on, record->notified_on, arena),
                of_day("starts_on", row->starts_on, record->starts_on, arena),
                of_duration(row, record, arena),
                of_amount(row->amount, record->amount, arena),
        };
        size_t i = 0;
        while (i + 1 < ARRAY_SIZE(all) && all[i].field == NULL)
                i++;
        return all[i];
}

/* What a buyer published stands; of our own truth nothing is changed by a list. */
static bool agrees(const struct work *work, const struct running_contract *contract, const struct running_row *row,
                   struct refusal *ret_refusal)
{
        if (!contracts_record_is_ours(contract->record))
                return true;
        struct difference found = differs(row, contract->record, work->arena);
        if (found.field == NULL)
                return true;
        if (contract->presented != 0)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, found.field,
                        "La ligne %u, qui présente ce contrat, dit %s : corrigez l'une des deux, ou laissez cette "
                        "case vide.",
                        contract->presented, found.known);
        return refuse(
                ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, found.field,
                "Ce contrat est connu ici avec %s : corrigez la case ou laissez-la vide ; si c'est le contrat qui "
                "a changé, modifiez sa fiche (AmendContract).",
                found.known);
}

/* ---- which */

static bool is_of(const char *number, const char *buyer_siret, const struct running_row *row)
{
        return strcmp(number, row->number) == 0 && strcmp(buyer_siret, row->buyer_siret) == 0;
}

static struct running_contract *told_before(const struct running_model *model, const struct running_row *row)
{
        for (size_t i = model->contract_count; i > 0; i--)
                if (is_of(model->contracts[i - 1]->number, model->contracts[i - 1]->buyer_siret, row))
                        return model->contracts[i - 1];
        return NULL;
}

void running_miss(struct running_model *model, const struct running_row *row, uint32_t number, bool is_chosen)
{
        const struct running_missing missing = {
                .number = row->number,
                .buyer_siret = row->buyer_siret,
                .row = number,
                .is_chosen = is_chosen,
                .tells_contract = row_cell(&row->cells, RUNNING_OBJECT) != NULL,
                .tells_owed = row_cell(&row->cells, RUNNING_OWED) != NULL,
        };
        model->missing = pb_append(model->missing, &model->missing_count, sizeof(*model->missing), model->work->arena);
        model->missing[model->missing_count - 1] = missing;
}

const struct running_missing *running_missed(const struct running_model *model, const struct running_row *row,
                                             bool of_owed)
{
        for (size_t i = 0; i < model->missing_count; i++) {
                const struct running_missing *missing = &model->missing[i];
                if ((of_owed ? missing->tells_owed : missing->tells_contract) &&
                    is_of(missing->number, missing->buyer_siret, row))
                        return missing;
        }
        return NULL;
}

bool running_rests(const struct running_missing *missing, const char *field, struct refusal *ret_refusal)
{
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "Cette ligne s'appuie sur la ligne %u, qui n'est pas %s : %s, celle-ci suivra.", missing->row,
                      missing->is_chosen ? "prise" : "choisie",
                      missing->is_chosen ? "corrigez-la" : "choisissez-la aussi");
}

/* A row that presents nothing itself rests on the one that does. */
static bool may_present(const struct running_model *model, const struct running_row *row, struct refusal *ret_refusal)
{
        const struct running_missing *missing = running_missed(model, row, false);
        if (row->object[0] != '\0')
                return true;
        if (missing != NULL)
                return running_rests(missing, "record.number", ret_refusal);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "record.object",
                      "Ce contrat n'est pas connu : sa première ligne le présente, avec son objet et ses dates.");
}

bool running_place_contract(struct running_model *model, struct running_row *row, struct running_place *place)
{
        struct work *work = model->work;
        struct refusal refusal;
        struct id id;
        bool is_known = false;

        place->contract = told_before(model, row);
        bool is_sound = true;
        if (place->contract == NULL) {
                place->is_new_contract = true;
                place->contract = arena_zalloc(work->arena, sizeof(*place->contract));
                place->contract->number = row->number;
                place->contract->buyer_siret = row->buyer_siret;
                is_sound =
                        find_known(work, row, &id, &is_known, &refusal) &&
                        (is_known ? load(work, id, place->contract, &refusal)
                                  : may_present(model, row, &refusal) && make(model, row, place->contract, &refusal));
        }
        if (is_sound && (is_known || !place->is_new_contract))
                is_sound = agrees(work, place->contract, row, &refusal);
        if (!is_sound)
                running_refuse(row, open_contract, &refusal);
        return is_sound;
}
