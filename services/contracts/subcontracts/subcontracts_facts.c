#include "services/contracts/subcontracts/subcontracts.h"

static void add_calendar(const struct work *work, const Contracts__SubcontractView *view,
                         Contracts__ContractFactsReply *reply)
{
        const Contracts__SubcontractingRulesVersion *rules =
                rules_on(work, DATED_SUBCONTRACTING, day_of(view->declared_on));
        Contracts__CalendarLine *line = facts_calendar(work, reply, day_of(view->tacit_on));
        line->what = arena_printf(work->arena, "Sans réponse de l'acheteur, le sous-traitant %s est accepté",
                                  view->subcontractor_name);
        line->about_id = view->subcontract_id;
        line->act = arena_text(work->arena, "contracts.DecideSubcontract");
        line->source = rules->source;
}

void subcontracts_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        const Contracts__SubcontractsReply *found = subcontracts_view(work, of->contract, of->record);
        reply->subcontracts = found->subcontracts;
        reply->n_subcontracts = found->n_subcontracts;
        reply->subcontract_findings = found->findings;
        reply->n_subcontract_findings = found->n_findings;
        for (size_t i = 0; i < found->n_subcontracts; i++)
                if (found->subcontracts[i]->state == CONTRACTS__SUBCONTRACT_STATE__SUBCONTRACT_DECLARED)
                        add_calendar(work, found->subcontracts[i], reply);
}
