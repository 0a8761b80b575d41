#include "services/contracts/page/contract_views.h"

#include "services/contracts/clauses/basis.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/clauses/considerations.h"
#include "services/contracts/consultation/consultation.h"
#include "services/contracts/control/contract_pace.h"
#include "services/contracts/control/control_facts.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/ledger/stage.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/obligations_views.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/amounts.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/versions.h"

static void add_obligations(const struct work *work, struct id clause_id, Contracts__ClauseView *view)
{
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_clause(work->txn, clause_id, &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
                if (obligation == NULL || !access_obligation(work, obligation)) /* Security: a group's other members */
                        continue;
                view->obligations =
                        pb_append(view->obligations, &view->n_obligations, sizeof(*view->obligations), work->arena);
                view->obligations[view->n_obligations - 1] = view_of_obligation(work, obligation);
        }
        walk_end(&walk);
}

static Contracts__ClauseView *view_clause(const struct work *work, struct id clause_id)
{
        Contracts__ClausePut *clause = contracts_clause_find(work->txn, work->arena, clause_id);
        if (clause == NULL)
                return NULL;

        Contracts__ClauseView *view = pb_new(&contracts__clause_view__descriptor, work->arena);
        view->clause_id = clause->clause_id;
        view->version = contracts_version_of_lot(work->txn, THING_CLAUSE, id_of(clause->contract_id), clause->lot);
        view->lot = clause->lot;
        view->hours = clause->hours;
        basis_tell_clause(work, clause, view);
        add_obligations(work, clause_id, view);
        return view;
}

static void add_clauses(const struct work *work, struct id contract_id, Contracts__ContractView *view)
{
        struct hours total = hours_of_hundredths(0);
        struct walk walk;
        struct id id;

        contracts_walk_clauses_of_contract(work->txn, contract_id, &walk);
        while (walk_next(&walk, &id)) {
                Contracts__ClauseView *clause = view_clause(work, id);
                if (clause == NULL)
                        continue;
                view->clauses = pb_append(view->clauses, &view->n_clauses, sizeof(*view->clauses), work->arena);
                view->clauses[view->n_clauses - 1] = clause;
                if (hours_add(total, hours_of(clause->hours), &total) != 0)
                        total = hours_of_hundredths(INT64_MAX); /* more than can be counted: no figure of this world */
        }
        walk_end(&walk);
        view->clauses_hours = hours_to(work->arena, total);
}

Contracts__ContractView *view_contract(const struct work *work, struct id contract_id,
                                       Contracts__ContractRecord *record)
{
        struct contract_current current = contract_current(record);
        struct id joined;
        Contracts__ContractView *view = pb_new(&contracts__contract_view__descriptor, work->arena);
        view->contract_id = id_to(work->arena, contract_id);
        view->version = contracts_version(work->txn, THING_CONTRACT, contract_id);
        view->record = record;
        view->current_amount = (Types__Money *)(uintptr_t)current.amount;
        if (publication_is_twin(work->txn, contract_id, &joined))
                view->joined_to_id = id_to(work->arena, joined);
        view->amount_doubtful = amount_is_doubtful(work, current.amount);
        view->current_duration_months = current.duration_months;
        view->social =
                considerations_list(considerations_known(work, contract_id, record), work->arena, &view->n_social);
        add_clauses(work, contract_id, view);
        return view;
}

static uint32_t count_clauses(const struct work *work, struct id contract_id)
{
        struct walk walk;
        struct id id;
        uint32_t count = 0;

        contracts_walk_clauses_of_contract(work->txn, contract_id, &walk);
        while (walk_next(&walk, &id))
                count++;
        walk_end(&walk);
        return count;
}

static void tell_pace(const struct work *work, const struct pace_obligations *obligations,
                      Contracts__ContractLine *line)
{
        struct contract_pace pace = contract_pace_on(work, obligations, work->today);

        line->owed = hours_to(work->arena, pace.owed);
        line->done = hours_to(work->arena, pace.done);
        line->expected = hours_to(work->arena, pace.expected);
        line->light = pace.light;
        if (!pace.has_span)
                return;
        line->starts_on = day_to(work->arena, pace.start);
        line->ends_on = day_to(work->arena, pace.end);
}

/* The first date that is not kept yet, among those that its page of facts tells of consultation and control. */
static void tell_next(const struct work *work, const struct facts_of *of, Contracts__ContractLine *line)
{
        Contracts__ContractFactsReply dates = CONTRACTS__CONTRACT_FACTS_REPLY__INIT;

        if (line->stage == CONTRACTS__CONTRACT_STAGE__IN_CONSULTATION)
                consultation_facts(work, of, &dates);
        else
                facts_control(work, of, &dates);
        for (size_t i = 0; i < dates.n_calendar; i++) {
                Contracts__CalendarLine *one = dates.calendar[i];
                if (one->state == CONTRACTS__CALENDAR_STATE__KEPT ||
                    (line->next_on != NULL && one->on->days >= line->next_on->days))
                        continue;
                line->next_on = one->on;
                line->next_what = one->what;
        }
}

/* Where it stands today. Its dates are not told where they would take more rows than a line of a list may. */
static void tell_today(const struct work *work, struct id id, const Contracts__ContractRecord *record,
                       Contracts__ContractLine *line)
{
        enum { OBLIGATIONS_MAX = 20 };
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, id);
        struct pace_obligations obligations = contract_pace_read(work, id);
        struct facts_of of = {id, record, file};

        line->stage = contract_stage(work->txn, id, file, work->today);
        line->lots = file == NULL ? 0 : (uint32_t)file->n_lots;
        if (obligations.count > 0)
                tell_pace(work, &obligations, line);
        bool has_dates = obligations.count > 0 || line->stage == CONTRACTS__CONTRACT_STAGE__IN_CONSULTATION;
        if (has_dates && obligations.count <= OBLIGATIONS_MAX)
                tell_next(work, &of, line);
}

Contracts__ContractLine *view_contract_line(const struct work *work, struct id contract_id,
                                            const Contracts__ContractRecord *record)
{
        Contracts__ContractLine *line = pb_new(&contracts__contract_line__descriptor, work->arena);

        line->contract_id = id_to(work->arena, contract_id);
        line->number = record->number;
        line->buyer_siret = record->buyer_siret;
        line->buyer_name = record->buyer_name;
        line->object = record->object;
        line->cpv = record->cpv;
        line->notified_on = record->notified_on;
        line->amount = (Types__Money *)(uintptr_t)contract_current(record).amount;
        line->amount_doubtful = amount_is_doubtful(work, line->amount);
        line->social =
                considerations_list(considerations_known(work, contract_id, record), work->arena, &line->n_social);
        line->clauses = count_clauses(work, contract_id);
        line->kind = record->kind;
        tell_today(work, contract_id, record, line);
        return line;
}
