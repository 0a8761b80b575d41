#include "services/contracts/programming/line_view.h"

#include "services/contracts/clauses/clauses.h"
#include "services/contracts/programming/levers.h"
#include "services/contracts/programming/line_contact.h"
#include "services/contracts/programming/loaded_line.h"
#include "services/contracts/programming/programming.h"
#include "services/contracts/record/amounts.h"
#include "services/contracts/reserved/reserved.h"

Contracts__LineAssessment *line_assess(const struct work *work, const Contracts__ProgrammeLineRow *row,
                                       const Contracts__ObligationCheck *check)
{
        const Contracts__ReservationRulesVersion *reservations = rules_on(work, DATED_RESERVATIONS, work->today);
        Contracts__ProgrammeLine line = *row->line;
        line.amount = (Types__Money *)(uintptr_t)amount_trusted(work, line.amount);
        struct lever_inputs inputs = {
                .rules = rules_on(work, DATED_LEVERS, work->today),
                .calibration = rules_on(work, DATED_CALIBRATION, work->today),
                .ess = reservations->ess,
                .line = &line,
                .check = check,
                .territory = line_territory(work, row),
                .today = work->today,
        };
        if (inputs.territory[0] != '\0')
                inputs.suppliers = programme_structures(work->txn, work->arena, inputs.territory);
        return levers_assess(&inputs, work->arena);
}

Contracts__ProgrammeLineView *line_view(const struct work *work, Contracts__ProgrammeLineRow *row, bool assessed)
{
        Contracts__ProgrammeLineView *view = pb_new(&contracts__programme_line_view__descriptor, work->arena);
        struct loaded_line loaded = {.line = row};

        view->line_id = row->line_id;
        view->contract_id = row->contract_id;
        view->buyer_siret = row->buyer_siret;
        view->year = row->year;
        view->row = row->row;
        view->line = row->line;
        view->amount_doubtful = amount_is_doubtful(work, row->line->amount);
        view->contact = line_contact(work, row);
        view->decision = row->decision;
        view->derogation = row->derogation;
        view->check = loaded_line_check(work, &loaded, NULL);
        if (assessed)
                view->assessment = line_assess(work, row, view->check);
        return view;
}
