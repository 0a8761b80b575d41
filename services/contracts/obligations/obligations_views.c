#include "services/contracts/obligations/obligations_views.h"

#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/obligations/assigning.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/company.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/versions.h"

Contracts__ObligationView *view_of_obligation(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        struct ledger ledger = contracts_ledger(work->txn, work->arena, id_of(obligation->obligation_id));
        Contracts__ObligationView *view = pb_new(&contracts__obligation_view__descriptor, work->arena);

        view->obligation_id = obligation->obligation_id;
        view->version = contracts_version(work->txn, THING_OBLIGATION, id_of(obligation->obligation_id));
        view->contract_id = obligation->contract_id;
        view->clause_id = obligation->clause_id;
        view->lot = obligation->lot;
        const Contracts__ContractRecord *record =
                contracts_record_find(work->txn, work->arena, id_of(obligation->contract_id));
        if (record != NULL)
                view->contract_object = record->object;
        view->contractor_siret = obligation->contractor_siret;
        view->contractor_name = obligation->contractor_name;
        struct id company = obligation_company(work, obligation);
        if (!id_is_zero(company))
                view->contractor_organisation = id_to(work->arena, company);
        view->organisation_unverified =
                company_is_unverified(work, obligation->contractor_organisation, obligation->contractor_siret);
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
        view->left = obligation->left;
        view->formerly = assigning_formerly(work, obligation);
        if (obligation->by_invoices) {
                const Contracts__FrameworkSums *sums =
                        obligations_framework(work->txn, work->arena, id_of(obligation->obligation_id));
                view->forecast = hours_to(work->arena, ledger.balance[ACCOUNT_FORECAST]);
                view->ordered = money_to(work->arena, money_of(sums->ordered));
                view->invoiced = money_to(work->arena, money_of(sums->invoiced));
        }
        return view;
}
