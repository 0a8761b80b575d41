/* needs_forecast: what is coming, for those who prepare persons: positions of open needs by department, month and
 * trade, and clauses whose hours no need speaks of yet.
 * Caller: facilitator, coordinator, auditor; prescriber: its territories; structure: needs, and what has been awarded.
 * Refuses: INVALID_FIELD (territory, months). */
#include "contracts/calls.h"
#include "services/contracts/needs/needs.h"

#include "common/base/cpv.h"
#include "services/contracts/clauses/clauses.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/forecast.h"
#include "services/contracts/needs/need.h"
#include "services/contracts/needs/needs_access.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* Needs are looked at until a page's rows are spent, clauses with what is left; a clause may take so many. */
enum { CLAUSE_ROWS = 16, MONTHS_DEFAULT = 6, CPV_DIVISION_DIGITS = 2 };

struct window {
        const char *territory; /* "": all */
        struct month from;
        uint32_t months;
};

static struct window read_window(const struct work *work, const Contracts__NeedsForecast *query)
{
        return (struct window){
                .territory = query->territory,
                .from = query->from == NULL ? month_of_day(work->today) : month_of(query->from),
                .months = query->months == 0 ? MONTHS_DEFAULT : query->months,
        };
}

/* ---- needs */

static void add_need(const struct work *work, const struct window *window, Contracts__NeedDeclared *need,
                     Contracts__NeedsForecastReply *reply)
{
        struct month month;
        bool over =
                need->ends_on != NULL && month_number(month_of_day(day_of(need->ends_on))) < month_number(window->from);
        if (over || !forecast_month(day_of(need->starts_on), window->from, window->months, &month))
                return;
        Contracts__ForecastLine *line = pb_new(&contracts__forecast_line__descriptor, work->arena);
        line->territory = need->territory;
        line->month = month_to(work->arena, month);
        line->rome_code = need->rome_code;
        line->title = need->title;
        line->positions = need->positions;
        line->needs = 1;
        reply->lines = pb_append(reply->lines, &reply->n_lines, sizeof(*reply->lines), work->arena);
        reply->lines[reply->n_lines - 1] = line;
}

static void add_needs(const struct work *work, const struct window *window, Contracts__NeedsForecastReply *reply)
{
        struct walk walk;
        struct id id;

        needs_walk_open(work->txn, window->territory, &walk);
        while (!reply->cut && walk_next(&walk, &id)) {
                Contracts__NeedRow *row = needs_find(work->txn, work->arena, id);
                reply->cut = txn_page_is_spent(work->txn);
                if (row != NULL && !reply->cut && access_need(work, row->need)) /* Security: only what is theirs */
                        add_need(work, window, row->need, reply);
        }
        walk_end(&walk);
        reply->n_lines = forecast_add_up(reply->lines, reply->n_lines);
}

/* ---- clauses without a need */

struct coming {
        const Contracts__ClausePut *clause;
        const Contracts__ContractRecord *contract;
        struct hours left;
        bool awarded;
};

/* What is still to be done: what its obligations still owe, or all of it where nobody owes it yet. */
static struct hours hours_left(const struct work *work, const Contracts__ClausePut *clause, bool *ret_owed)
{
        struct hours left = hours_of_hundredths(0);
        struct walk walk;
        struct id id;

        *ret_owed = false;
        contracts_walk_obligations_of_clause(work->txn, id_of(clause->clause_id), &walk);
        while (walk_next(&walk, &id)) {
                struct ledger ledger = contracts_ledger(work->txn, work->arena, id);
                struct hours sum;
                *ret_owed = true;
                if (hours_add(left, ledger_owed(&ledger), &sum) == 0)
                        left = sum;
        }
        walk_end(&walk);
        return *ret_owed ? left : hours_of(clause->hours);
}

static bool find_coming(const struct work *work, struct id clause_id, struct coming *ret)
{
        struct coming coming = {.clause = contracts_clause_find(work->txn, work->arena, clause_id)};
        if (coming.clause == NULL)
                return false;
        struct id contract_id = id_of(coming.clause->contract_id);
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, contract_id);
        coming.contract = contracts_record_find(work->txn, work->arena, contract_id);
        if (coming.contract == NULL || (file != NULL && (file->ended_on != NULL || file->declined)))
                return false;
        bool owed;
        coming.left = hours_left(work, coming.clause, &owed);
        coming.awarded = owed || coming.contract->notified_on != NULL;
        *ret = coming;
        return hours_hundredths(coming.left) > 0;
}

/* Security: a prescriber counts what is coming in its own territories, no contract is named to it; what has not been
 * awarded is not told to structures, which could bid for it; a private contract is counted for those who may see it. */
static bool sees(const struct work *work, const struct coming *coming, const char *territory)
{
        Types__Role role = work->actor->role;
        if (coming->contract->kind == CONTRACTS__CONTRACT_KIND__PRIVATE &&
            !access_contract(work, id_of(coming->clause->contract_id), coming->contract))
                return false;
        if (role == TYPES__ROLE__PRESCRIBER)
                return passport_covers(work->actor, territory);
        return role != TYPES__ROLE__STRUCTURE || coming->awarded;
}

static void add_coming(const struct work *work, const struct window *window, const struct coming *coming,
                       const char *territory, Contracts__NeedsForecastReply *reply)
{
        const Contracts__ContractRecord *contract = coming->contract;
        const Types__Day *starts_on = contract->starts_on != NULL ? contract->starts_on : contract->notified_on;
        struct month month;
        char cpv[CPV_TEXT_SIZE];
        if (starts_on != NULL && !forecast_month(day_of(starts_on), window->from, window->months, &month))
                return;
        Contracts__ComingLine *line = pb_new(&contracts__coming_line__descriptor, work->arena);
        line->territory = (char *)(uintptr_t)territory;
        line->month = starts_on == NULL ? NULL : month_to(work->arena, month);
        line->cpv_division = cpv_read(contract->cpv, cpv) == CPV_NONE
                                     ? (char *)""
                                     : arena_printf(work->arena, "%.*s", CPV_DIVISION_DIGITS, cpv);
        line->clauses = 1;
        line->hours = hours_to(work->arena, coming->left);
        line->awarded = coming->awarded;
        reply->coming = pb_append(reply->coming, &reply->n_coming, sizeof(*reply->coming), work->arena);
        reply->coming[reply->n_coming - 1] = line;
}

static void add_clauses(const struct work *work, const struct window *window, Contracts__NeedsForecastReply *reply)
{
        const Contracts__CalibrationVersion *rules = rules_on(work, DATED_CALIBRATION, work->today);
        struct walk walk;
        struct id id;

        clauses_walk_coming(work->txn, window->territory, &walk);
        while (walk_next(&walk, &id)) {
                const char *territory = clauses_coming_territory(&walk, work->arena);
                struct coming coming;
                if (txn_rows_left(work->txn) < CLAUSE_ROWS) {
                        reply->cut = true;
                        break;
                }
                if (find_coming(work, id, &coming) && sees(work, &coming, territory))
                        add_coming(work, window, &coming, territory, reply);
        }
        walk_end(&walk);
        reply->n_coming = forecast_add_up_coming(reply->coming, reply->n_coming);
        for (size_t i = 0; i < reply->n_coming; i++)
                reply->coming[i]->persons = forecast_persons(hours_of(reply->coming[i]->hours),
                                                             hours_of(rules->thresholds->person_quarter_hours));
}

struct reply handle_needs_forecast(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__NeedsForecast *query = (const Contracts__NeedsForecast *)message;
        struct window window = read_window(work, query);
        Contracts__NeedsForecastReply *reply = pb_new(&contracts__needs_forecast_reply__descriptor, work->arena);
        add_needs(work, &window, reply);
        add_clauses(work, &window, reply);
        return reply_ok(work, reply);
}
