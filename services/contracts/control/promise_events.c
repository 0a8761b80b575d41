/* promise_events.c: what was done of an offer's promises. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "common/base/require.h"
#include "services/contracts/control/promises.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/obligations/obligations_rows.h"

static Contracts__CommitmentRow *row_of(const struct change *change, const Types__Id *obligation)
{
        Contracts__CommitmentRow *row = commitment_find(change->txn, change->arena, id_of(obligation));
        require(row != NULL || txn_error(change->txn) != 0); /* whoever recorded it has looked */
        return row;
}

void apply_promise_done(const struct change *change, const Contracts__PromiseDone *body)
{
        Contracts__CommitmentRow *row = row_of(change, body->obligation_id);
        if (row == NULL)
                return;
        Contracts__PromiseStep *step = pb_new(&contracts__promise_step__descriptor, change->arena);
        step->kind = body->kind;
        step->done_on = body->done_on;
        step->hours = body->hours;
        step->proof = body->proof;
        step->whole = body->whole;
        row->steps = pb_append(row->steps, &row->n_steps, sizeof(step), change->arena);
        row->steps[row->n_steps - 1] = step;
        commitment_put(change->txn, change->arena, row);
}

void apply_promise_dated(const struct change *change, const Contracts__PromiseDated *body)
{
        Contracts__CommitmentRow *row = row_of(change, body->obligation_id);
        if (row == NULL)
                return;
        Contracts__PromiseDate *date = pb_new(&contracts__promise_date__descriptor, change->arena);
        date->kind = body->kind;
        date->due_on = body->due_on;
        date->agreed_on = body->agreed_on;
        date->number = change->event->number;
        row->dates = pb_append(row->dates, &row->n_dates, sizeof(date), change->arena);
        row->dates[row->n_dates - 1] = date;
        commitment_put(change->txn, change->arena, row);
}

/* ---- told */

void tell_promise_done(struct telling *telling, const Contracts__PromiseDone *body)
{
        const char *hours =
                body->hours == NULL ? "" : arena_printf(telling->arena, ", %s", told_hours(telling, body->hours));
        tell(telling, "%s, engagement de l'offre (%s)%s : fait le %s, d'après « %s »%s.",
             told_company(telling, body->obligation_id, "L'entreprise"), promise_name(body->kind), hours,
             told_day(telling, body->done_on), body->proof, body->whole ? " ; il est tenu" : "");
}

void tell_promise_dated(struct telling *telling, const Contracts__PromiseDated *body)
{
        tell(telling, "%s, engagement de l'offre (%s) : à tenir au plus tard le %s, convenu le %s. %s",
             told_company(telling, body->obligation_id, "L'entreprise"), promise_name(body->kind),
             told_day(telling, body->due_on), told_day(telling, body->agreed_on), body->reason);
}
