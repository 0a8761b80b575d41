#include "services/contracts/views.h"

#include "services/contracts/access.h"
#include "services/contracts/clauses/basis.h"
#include "services/contracts/file/contract.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/owed.h"
#include "services/contracts/versions.h"

Contracts__ObligationView *view_of_obligation(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        struct ledger ledger = contracts_ledger(work->txn, work->arena, id_of(obligation->obligation_id));
        Contracts__ObligationView *view = pb_new(&contracts__obligation_view__descriptor, work->arena);

        view->obligation_id = obligation->obligation_id;
        view->version = contracts_version(work->txn, THING_OBLIGATION, id_of(obligation->obligation_id));
        view->contract_id = obligation->contract_id;
        view->clause_id = obligation->clause_id;
        view->lot = obligation->lot;
        view->contractor_siret = obligation->contractor_siret;
        view->contractor_name = obligation->contractor_name;
        view->contractor_organisation = obligation->contractor_organisation;
        view->organisation_unverified =
                owed_is_unverified(work, obligation->contractor_organisation, obligation->contractor_siret);
        view->territories = obligation->territories;
        view->n_territories = obligation->n_territories;
        view->due = hours_to(work->arena, ledger_demanded(&ledger));
        view->done = hours_to(work->arena, ledger.balance[ACCOUNT_DONE]);
        view->converted = hours_to(work->arena, ledger.balance[ACCOUNT_CONVERTED]);
        view->remaining = hours_to(work->arena, ledger.balance[ACCOUNT_DUE]);
        view->transferred = hours_to(work->arena, ledger.balance[ACCOUNT_TRANSFERRED]);
        view->waived = hours_to(work->arena, ledger.balance[ACCOUNT_WAIVED]);
        view->group_role = obligation->group_role;
        view->by_invoices = obligation->by_invoices;
        if (obligation->by_invoices) {
                const Contracts__FrameworkSums *sums =
                        obligations_framework(work->txn, work->arena, id_of(obligation->obligation_id));
                view->forecast = hours_to(work->arena, ledger.balance[ACCOUNT_FORECAST]);
                view->ordered = money_to(work->arena, money_of(sums->ordered));
                view->invoiced = money_to(work->arena, money_of(sums->invoiced));
        }
        return view;
}

Contracts__NeedView *view_of_need(const struct work *work, const Contracts__NeedRow *row)
{
        const Contracts__NeedDeclared *need = row->need;
        Contracts__NeedView *view = pb_new(&contracts__need_view__descriptor, work->arena);

        view->need_id = need->need_id;
        view->version = contracts_version(work->txn, THING_NEED, id_of(need->need_id));
        view->obligation_id = need->obligation_id;
        view->rome_code = need->rome_code;
        view->title = need->title;
        view->positions = need->positions;
        view->starts_on = need->starts_on;
        view->commune = need->commune;
        view->territory = need->territory;
        view->modality = need->modality;
        view->contractor_name = need->contractor_name;
        view->partner = need->partner;
        /* Security: the event of a private contract's need does not name the company; its own may know. */
        if (need->contractor_name[0] != '\0' || access_need_company(work, need)) {
                const Contracts__ObligationRecorded *obligation = /* as it is now: another may have taken over */
                        contracts_obligation_find(work->txn, work->arena, id_of(need->obligation_id));
                view->contractor_name = obligation == NULL ? need->contractor_name : obligation->contractor_name;
        } else {
                view->partner = NULL; /* nor whom it works with */
        }
        view->partner_unverified =
                view->partner != NULL && owed_is_unverified(work, view->partner->organisation_id, view->partner->siret);
        view->ends_on = need->ends_on;
        view->place = need->place;
        view->conditions = need->conditions;
        view->state = row->state;
        view->closed_on = row->closed_on;
        view->closing_reason = row->closing_reason;
        view->filled = row->filled;
        return view;
}

static void add_obligations(const struct work *work, struct id clause_id, Contracts__ClauseView *view)
{
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_clause(work->txn, clause_id, &walk);
        while (contracts_walk_next(&walk, &id)) {
                const Contracts__ObligationRecorded *obligation = contracts_obligation_find(work->txn, work->arena, id);
                if (obligation == NULL || !access_obligation(work, obligation)) /* Security: a group's other members */
                        continue;
                view->obligations =
                        pb_append(view->obligations, &view->n_obligations, sizeof(*view->obligations), work->arena);
                view->obligations[view->n_obligations - 1] = view_of_obligation(work, obligation);
        }
        contracts_walk_end(&walk);
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
        view->calibration = clause->calibration;
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
        while (contracts_walk_next(&walk, &id)) {
                Contracts__ClauseView *clause = view_clause(work, id);
                if (clause == NULL)
                        continue;
                view->clauses = pb_append(view->clauses, &view->n_clauses, sizeof(*view->clauses), work->arena);
                view->clauses[view->n_clauses - 1] = clause;
                if (hours_add(total, hours_of(clause->hours), &total) != 0)
                        total = hours_of_hundredths(INT64_MAX); /* more than can be counted: no figure of this world */
        }
        contracts_walk_end(&walk);
        view->clauses_hours = hours_to(work->arena, total);
}

Contracts__ContractView *view_contract(const struct work *work, struct id contract_id,
                                       Contracts__ContractRecord *record)
{
        struct contract_current current = contract_current(record);
        Contracts__ContractView *view = pb_new(&contracts__contract_view__descriptor, work->arena);
        view->contract_id = id_to(work->arena, contract_id);
        view->version = contracts_version(work->txn, THING_CONTRACT, contract_id);
        view->record = record;
        view->current_amount = (Types__Money *)(uintptr_t)current.amount;
        view->current_duration_months = current.duration_months;
        add_clauses(work, contract_id, view);
        return view;
}

static uint32_t count_clauses(const struct work *work, struct id contract_id)
{
        struct walk walk;
        struct id id;
        uint32_t count = 0;

        contracts_walk_clauses_of_contract(work->txn, contract_id, &walk);
        while (contracts_walk_next(&walk, &id))
                count++;
        contracts_walk_end(&walk);
        return count;
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
        line->social = record->social;
        line->n_social = record->n_social;
        line->clauses = count_clauses(work, contract_id);
        return line;
}
