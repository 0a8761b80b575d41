/* agreement_by_id: an agreement with its history.
 * Caller: facilitator, coordinator, auditor; its own buyer.  Refuses: NOT_FOUND, NOT_ALLOWED. */
#include "contracts/calls.h"

#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/page/history.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

enum { STEPS_MAX = 200 };

/* Its events are indexed under its own id, as a contract's are under the contract's. */
static void add_history(const struct work *work, struct id agreement, Contracts__AgreementView *view)
{
        struct walk walk;

        contracts_walk_history(work->txn, agreement, WALK_UP, slice_of(NULL, 0), &walk);
        while (view->n_history < STEPS_MAX && walk_step(&walk)) {
                const Contracts__HistoryLine *line = history_line(work, walk_number(&walk));
                if (line == NULL)
                        continue;
                Contracts__AgreementStep *step = pb_new(&contracts__agreement_step__descriptor, work->arena);
                step->at = line->at;
                step->user = line->user;
                step->text = line->text;
                view->history = pb_append(view->history, &view->n_history, sizeof(*view->history), work->arena);
                view->history[view->n_history - 1] = step;
        }
        walk_end(&walk);
}

struct reply handle_agreement_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreementById *query = (const Contracts__AgreementById *)message;
        struct refusal refusal;

        const Contracts__AgreementRow *row = agreement_require(work, query->agreement_id, &refusal);
        if (row == NULL)
                return reply_refusal(work, &refusal);
        Contracts__AgreementView *view = view_agreement(work, row);
        add_history(work, id_of(query->agreement_id), view);
        return reply_ok(work, view);
}
