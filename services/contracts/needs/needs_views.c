#include "services/contracts/needs/needs_views.h"

#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/needs_access.h"
#include "services/contracts/record/company.h"
#include "services/contracts/record/versions.h"

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
        view->partner_unverified = view->partner != NULL &&
                                   company_is_unverified(work, view->partner->organisation_id, view->partner->siret);
        view->ends_on = need->ends_on;
        view->place = need->place;
        view->conditions = need->conditions;
        view->state = row->state;
        view->closed_on = row->closed_on;
        view->closing_reason = row->closing_reason;
        view->filled = row->filled;
        return view;
}
