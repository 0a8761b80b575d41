#include "services/contracts/agreements/agreement_views.h"

#include "services/contracts/agreements/agreements.h"
#include "services/contracts/record/facts.h"

static void add_calendar(const struct work *work, const Contracts__AgreementRow *row,
                         Contracts__ContractFactsReply *reply)
{
        struct day decide_by;
        if (!agreement_decide_by(row, work->today, &decide_by))
                return;
        if (day_number(decide_by) < day_number(work->today) && agreement_term(row, work->today).renews)
                return; /* it renews itself: nobody is late */
        Contracts__CalendarLine *line = facts_calendar(work, reply, decide_by);
        line->what = arena_printf(work->arena, "Convention avec %s : renouveler, ou dénoncer avec le préavis",
                                  row->agreement->buyer_name);
        line->about_id = row->agreement_id;
        line->act = arena_text(work->arena, "contracts.RenewAgreement");
        line->source = arena_printf(work->arena, "convention : préavis de %u jours", row->agreement->notice_days);
}

void agreements_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        /* Security: of what a buyer agreed with the carrier, its contractors read no date in the calendar either. */
        if (work->actor->role == TYPES__ROLE__COMPANY)
                return;
        struct agreement_contract contract = agreement_contract_of(work, of->record, of->file);
        enum coverage nearest;
        const Contracts__AgreementRow *row = agreement_covering(work, &contract, &nearest);
        if (row == NULL) {
                reply->without_agreement = contract_is_followed(work->txn, work->arena, of->contract);
                return;
        }
        if (!access_agreement(work, row->agreement))
                return;
        reply->agreement = view_agreement(work, row);
        add_calendar(work, row, reply);
}
