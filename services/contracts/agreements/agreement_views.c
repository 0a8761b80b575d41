#include "services/contracts/agreements/agreement_views.h"

#include <string.h>

#include "common/base/french.h"
#include "common/codec/place.h"
#include "services/contracts/agreements/agreements.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/versions.h"

bool access_agreement(const struct work *work, const Contracts__Agreement *agreement)
{
        char siret[SIRET_TEXT_SIZE];
        switch (work->actor->role) {
        case TYPES__ROLE__BUYER: return access_own_siret(work, siret) && strcmp(siret, agreement->buyer_siret) == 0;
        case TYPES__ROLE__COORDINATOR: return true;
        case TYPES__ROLE__FACILITATOR:
                return !agreement_is_private(agreement) ||
                       access_territories(work, agreement->territories, agreement->n_territories);
        case TYPES__ROLE__AUDITOR: return !agreement_is_private(agreement);
        default: return false;
        }
}

Contracts__AgreementRow *agreement_require(const struct work *work, const Types__Id *id, struct refusal *ret_refusal)
{
        Contracts__AgreementRow *row = agreement_row_find(work->txn, work->arena, id_of(id));
        if (row == NULL)
                (void)refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "agreement_id",
                             "Cette convention n'est pas connue : choisissez-la dans la liste des conventions.");
        return row;
}

uint32_t agreement_warning_days(const struct work *work)
{
        const Contracts__AgreementRulesVersion *rules = rules_on(work, DATED_AGREEMENTS, work->today);
        return rules->renewal_warning_days;
}

static char *warning_of(const struct work *work, const Contracts__AgreementRow *row, struct day decide_by)
{
        struct agreement_term term = agreement_term(row, work->today);
        char *by = french_day(work->arena, decide_by), *end = french_day(work->arena, term.ends_on);
        if (day_number(decide_by) - day_number(work->today) > (int32_t)agreement_warning_days(work))
                return arena_text(work->arena, "");
        if (!term.renews)
                return arena_printf(work->arena,
                                    "La convention prend fin le %s : convenez de son renouvellement avant le %s.", end,
                                    by);
        if (day_number(decide_by) < day_number(work->today))
                return arena_printf(
                        work->arena,
                        "Le préavis a commencé le %s : la convention sera reconduite le %s, à moins que les "
                        "deux parties n'en conviennent autrement.",
                        by, end);
        return arena_printf(
                work->arena,
                "La convention sera tacitement reconduite le %s, à moins que l'une des parties ne la dénonce "
                "avant le %s.",
                end, by);
}

Contracts__AgreementView *view_agreement(const struct work *work, const Contracts__AgreementRow *row)
{
        Contracts__AgreementView *view = pb_new(&contracts__agreement_view__descriptor, work->arena);
        struct day decide_by;

        view->agreement_id = row->agreement_id;
        view->version = contracts_version(work->txn, THING_AGREEMENT, id_of(row->agreement_id));
        view->agreement = row->agreement;
        view->state = agreement_state(row, work->today);
        view->financial = agreement_is_financial(row->agreement);
        view->signed_on = row->signed_on;
        view->ended_because = row->ended_because;
        if (row->signed_on != NULL) {
                struct agreement_term term = agreement_term(row, work->today);
                view->term_ends_on = day_to(work->arena, term.ends_on);
                view->tacit_renewals = term.renewals;
        }
        if (agreement_decide_by(row, work->today, &decide_by)) {
                view->decide_by = day_to(work->arena, decide_by);
                view->warning = warning_of(work, row, decide_by);
        }
        return view;
}

struct agreement_contract agreement_contract_of(const struct work *work, const Contracts__ContractRecord *record,
                                                const Contracts__ContractFile *file)
{
        struct agreement_contract contract = {
                .record = record,
                .dated_on = record->notified_on == NULL ? work->today : day_of(record->notified_on),
        };
        if (file != NULL) {
                contract.lots = file->lots;
                contract.lot_count = file->n_lots;
                contract.territories = file->territories;
                contract.territory_count = file->n_territories;
        }
        char territory[TERRITORY_TEXT_SIZE];
        if (contract.territory_count == 0 && place_territory(record->place, territory)) {
                char **one = arena_alloc(work->arena, sizeof(*one));
                *one = arena_text(work->arena, territory);
                contract.territories = one;
                contract.territory_count = 1;
        }
        return contract;
}

Contracts__AgreementRow *agreement_covering(const struct work *work, const struct agreement_contract *contract,
                                            enum coverage *ret_nearest)
{
        Contracts__AgreementRow *found = NULL;
        enum coverage nearest = COVERAGE_OTHER_BUYER;
        struct walk walk;
        struct id id;

        agreements_walk_of_buyer(work->txn, contract->record->buyer_siret, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                Contracts__AgreementRow *row = agreement_row_find(work->txn, work->arena, id);
                enum coverage coverage = row == NULL ? COVERAGE_OTHER_BUYER : agreement_coverage(row, contract);
                if (row != NULL && row->signed_on == NULL && row->ended_on != NULL)
                        continue; /* a draft given up is none */
                nearest = coverage > nearest ? coverage : nearest;
                if (coverage == COVERAGE_FULL && (found == NULL || agreement_takes_over(row, found)))
                        found = row;
        }
        walk_end(&walk);
        *ret_nearest = nearest;
        return found;
}
