#include "services/contracts/programming/loaded_line.h"

#include <string.h>

#include "common/codec/place.h"
#include "services/contracts/consultation/consultation_rows.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/record/amounts.h"
#include "services/contracts/record/contract.h"

static struct duty_rules duty_rules_of(const struct work *work)
{
        const struct context *context = context_of(work);
        return (struct duty_rules){&context->dated[DATED_SOCIAL_DUTY], &context->dated[DATED_EU_THRESHOLDS]};
}

const char *line_territory(const struct work *work, const Contracts__ProgrammeLineRow *line)
{
        char territory[TERRITORY_TEXT_SIZE];
        if (place_territory(line->line->place, territory))
                return arena_text(work->arena, territory);
        const Contracts__ProgrammeSettings *settings =
                programme_settings_find(work->txn, work->arena, line->buyer_siret);
        return settings == NULL ? "" : settings->territory;
}

/* ---- finding */

void loaded_line_of_contract(const struct work *work, const Types__Id *contract_id,
                             const Contracts__ContractRecord *record, const Contracts__ContractFile *file,
                             struct loaded_line *ret)
{
        *ret = (struct loaded_line){.contract_id = contract_id, .record = record, .file = file};
        if (file != NULL && file->programme_line_id != NULL)
                ret->line = programme_line_find(work->txn, work->arena, id_of(file->programme_line_id));
}

static bool find_line(const struct work *work, const Types__Id *line_id, struct loaded_line *ret,
                      struct refusal *ret_refusal)
{
        struct loaded_line loaded = {.line = programme_line_find(work->txn, work->arena, id_of(line_id))};

        if (loaded.line == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "line_id",
                              "Cette ligne de programme n'est pas connue : vérifiez son identifiant.");
        if (loaded.line->contract_id != NULL) {
                loaded.contract_id = loaded.line->contract_id;
                loaded.record = contracts_record_find(work->txn, work->arena, id_of(loaded.contract_id));
                loaded.file = contracts_file_find(work->txn, work->arena, id_of(loaded.contract_id));
        }
        *ret = loaded;
        return true;
}

static bool find_contract(const struct work *work, const Types__Id *contract_id, struct loaded_line *ret,
                          struct refusal *ret_refusal)
{
        struct id id = id_of(contract_id);
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                              "Ce contrat n'est pas connu : vérifiez son identifiant.");
        loaded_line_of_contract(work, contract_id, record, contracts_file_find(work->txn, work->arena, id), ret);
        return true;
}

bool loaded_line_find(const struct work *work, const Types__Id *line_id, const Types__Id *contract_id,
                      struct loaded_line *ret, struct refusal *ret_refusal)
{
        if (line_id != NULL && contract_id != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contract_id",
                              "Indiquez une ligne de programme ou un contrat, pas les deux.");
        if (line_id != NULL)
                return find_line(work, line_id, ret, ret_refusal);
        if (contract_id != NULL)
                return find_contract(work, contract_id, ret, ret_refusal);
        *ret = (struct loaded_line){0};
        return true;
}

bool loaded_line_is_told(const struct loaded_line *loaded, struct refusal *ret_refusal)
{
        return loaded->line != NULL || loaded->record != NULL ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "line_id",
                      "Indiquez la ligne de programme (lineId) ou le contrat (contractId).");
}

/* ---- facts */

/* What `told` says stands before what was there. */
static void add_told(const Contracts__ObligationFacts *told, Contracts__ObligationFacts *facts)
{
        if (told->kind != CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN)
                facts->kind = told->kind;
        if (told->nature != CONTRACTS__NATURE__NATURE_UNKNOWN)
                facts->nature = told->nature;
        if (told->buyer_type != CONTRACTS__BUYER_TYPE__BUYER_TYPE_UNKNOWN)
                facts->buyer_type = told->buyer_type;
        if (told->amount != NULL)
                facts->amount = told->amount;
        if (told->duration_months > 0)
                facts->duration_months = told->duration_months;
        if (told->launch_on != NULL)
                facts->launch_on = told->launch_on;
        facts->defence = facts->defence || told->defence;
}

/* What codes tell where nobody says it: the CPV of the nature, the SIRET of the type of buyer. */
static void add_codes(const struct work *work, const char *cpv, const char *siret, Contracts__ObligationFacts *facts)
{
        struct duty_rules rules = duty_rules_of(work);
        if (facts->nature == CONTRACTS__NATURE__NATURE_UNKNOWN)
                facts->nature = duty_nature(&rules, cpv, work->today);
        if (facts->buyer_type == CONTRACTS__BUYER_TYPE__BUYER_TYPE_UNKNOWN)
                facts->buyer_type = duty_buyer_type(&rules, siret, work->today);
}

static void add_line(const struct work *work, const Contracts__ProgrammeLineRow *row, Contracts__ObligationFacts *facts)
{
        const Contracts__ProgrammeSettings *settings =
                programme_settings_find(work->txn, work->arena, row->buyer_siret);
        struct duty_rules rules = duty_rules_of(work);
        Contracts__ObligationFacts told = CONTRACTS__OBLIGATION_FACTS__INIT;

        told.kind = row->line->kind;
        told.nature = row->line->nature;
        told.amount = (Types__Money *)(uintptr_t)amount_trusted(work, row->line->amount);
        told.duration_months = row->line->duration_months;
        told.defence = row->line->defence;
        told.launch_on = row->line->launch_on;
        if (told.launch_on == NULL && duty_year_is_even(&rules, row->year))
                told.launch_on = day_to(work->arena, day_of_civil((struct civil){(int)row->year, 1, 1}));
        if (settings != NULL)
                told.buyer_type = settings->buyer_type;
        add_told(&told, facts);
        add_codes(work, row->line->cpv, row->buyer_siret, facts);
}

static void add_contract(const struct work *work, const struct loaded_line *loaded, Contracts__ObligationFacts *facts)
{
        const Contracts__ContractRecord *record = loaded->record;
        struct contract_current current = contract_current(record);
        Contracts__ObligationFacts told = CONTRACTS__OBLIGATION_FACTS__INIT;
        const Contracts__ConsultationRow *consultation =
                consultation_find(work->txn, work->arena, id_of(loaded->contract_id));

        told.kind = record->kind;
        /* Of a published contract: what came of the estimate. */
        told.amount = (Types__Money *)(uintptr_t)amount_trusted(work, current.amount);
        told.duration_months = current.duration_months;
        if (consultation != NULL) /* launched indeed */
                told.launch_on = consultation->published_on;
        add_told(&told, facts);
        add_codes(work, record->cpv, record->buyer_siret, facts);
}

const Contracts__Derogation *loaded_line_derogation(const struct loaded_line *loaded)
{
        if (loaded->file != NULL && loaded->file->derogation != NULL)
                return loaded->file->derogation;
        return loaded->line != NULL ? loaded->line->derogation : NULL;
}

/* What is known of it for the check, and over it what the request tells. */
static Contracts__ObligationFacts *loaded_line_facts(const struct work *work, const struct loaded_line *loaded,
                                                     const Contracts__ObligationFacts *told)
{
        Contracts__ObligationFacts *facts = pb_new(&contracts__obligation_facts__descriptor, work->arena);
        const Contracts__Derogation *derogation = loaded_line_derogation(loaded);

        if (derogation != NULL) /* what was told then, and may stand nowhere else */
                add_told(derogation->check->facts, facts);
        if (loaded->line != NULL)
                add_line(work, loaded->line, facts);
        if (loaded->record != NULL)
                add_contract(work, loaded, facts);
        if (told != NULL)
                add_told(told, facts);
        return facts;
}

Contracts__ObligationCheck *loaded_line_check(const struct work *work, const struct loaded_line *loaded,
                                              const Contracts__ObligationFacts *told)
{
        struct duty_rules rules = duty_rules_of(work);
        Contracts__ObligationCheck *check = duty_check(&rules, loaded_line_facts(work, loaded, told), work->arena);
        check->checked_on = day_to(work->arena, work->today);
        return check;
}
