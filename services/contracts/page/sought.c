#include "services/contracts/page/sought.h"

#include <stdio.h>
#include <string.h>

#include "common/base/text.h"
#include "common/codec/place.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/control/contract_pace.h"
#include "services/contracts/ledger/holders.h"
#include "services/contracts/ledger/stage.h"
#include "services/contracts/record/rows.h"

struct sought sought_of(const Contracts__ContractsRequest *query)
{
        struct sought sought = {.query = query, .count = 0};
        char word[SOUGHT_WORD_SIZE];
        for (const char *at = query->words; *at != '\0' && sought.count < SOUGHT_WORDS_MAX;) {
                size_t size = strcspn(at, " \t\n,;");
                (void)snprintf(word, sizeof(word), "%.*s", (int)size, at);
                text_fold(word, sought.words[sought.count], SOUGHT_WORD_SIZE);
                sought.count += sought.words[sought.count][0] != '\0';
                at += size + (at[size] != '\0');
        }
        return sought;
}

/* Whether each of the words stands in what people call the contract by. */
static bool has_words(const struct work *work, const struct sought *sought, struct id id,
                      const Contracts__ContractRecord *record)
{
        struct arena *arena = work->arena;
        size_t count;
        if (sought->count == 0)
                return true;
        Contracts__CompanyId *const *holders = holders_known(work, id, record, &count);
        char *told = arena_printf(arena, "%s|%s|%s|%s", record->number, record->object, record->buyer_name,
                                  record->buyer_siret);
        for (size_t i = 0; i < count; i++)
                told = arena_printf(arena, "%s|%s|%s", told, holders[i]->value, holders[i]->name);
        size_t size = strlen(told) + 3;
        char *folded = arena_alloc(arena, size);
        text_fold(told, folded, size);
        for (size_t i = 0; i < sought->count; i++)
                if (strstr(folded, sought->words[i]) == NULL)
                        return false;
        return true;
}

static bool has_clause(const struct work *work, struct id contract)
{
        struct walk walk;
        struct id id;

        contracts_walk_clauses_of_contract(work->txn, contract, &walk);
        bool has = walk_next(&walk, &id);
        walk_end(&walk);
        return has;
}

static bool is_among(const char *territory, char *const *territories, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(territory, territories[i]) == 0)
                        return true;
        return false;
}

static bool has_clause_in(const struct work *work, struct id contract, const char *territory)
{
        struct walk walk;
        struct id id;
        bool has = false;

        contracts_walk_clauses_of_contract(work->txn, contract, &walk);
        while (!has && walk_next(&walk, &id)) {
                const Contracts__ClausePut *clause = contracts_clause_find(work->txn, work->arena, id);
                has = clause != NULL && is_among(territory, clause->territories, clause->n_territories);
        }
        walk_end(&walk);
        return has;
}

/* By its file, else its place; or a clause looks for persons there. */
static bool is_of_territory(const struct work *work, const char *territory, struct id contract,
                            const Contracts__ContractRecord *record)
{
        char place[TERRITORY_TEXT_SIZE];
        char *of_place = place;
        if (*territory == '\0')
                return true;
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract);
        bool has_own = file != NULL && file->n_territories > 0;
        bool is_there = has_own ? is_among(territory, file->territories, file->n_territories)
                                : place_territory(record->place, place) && is_among(territory, &of_place, 1);
        return is_there || has_clause_in(work, contract, territory);
}

static bool is_of_year(uint32_t year, const Types__Day *notified_on)
{
        return year == 0 || (notified_on != NULL && day_civil(day_of(notified_on)).year == (int)year);
}

static bool has_light(const struct work *work, Contracts__ProgressLight light, struct id contract)
{
        if (light == CONTRACTS__PROGRESS_LIGHT__LIGHT_UNKNOWN)
                return true;
        struct pace_obligations obligations = contract_pace_read(work, contract);
        return obligations.count > 0 && contract_pace_on(work, &obligations, work->today).light == light;
}

static bool is_at(const struct work *work, Contracts__ContractStage stage, struct id contract)
{
        if (stage == CONTRACTS__CONTRACT_STAGE__STAGE_UNKNOWN)
                return true;
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract);
        return contract_stage(work->txn, contract, file, work->today) == stage;
}

bool sought_holds(const struct work *work, const struct sought *sought, struct id contract,
                  const Contracts__ContractRecord *record)
{
        const Contracts__ContractsRequest *query = sought->query;

        return (query->kind == CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN || query->kind == record->kind) &&
               is_of_year(query->year, record->notified_on) && (query->followed == 0 || has_clause(work, contract)) &&
               is_of_territory(work, query->territory, contract, record) && is_at(work, query->stage, contract) &&
               has_light(work, query->light, contract) && has_words(work, sought, contract, record);
}
