#include "services/tracking/copies/copies_rows.h"

#include "contracts/events.pb-c.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/proposals/proposals.h"
#include "services/tracking/reactions/reactions.h"

/* ---- lists, read whole before anything is written */

struct ids {
        struct id *list;
        size_t count;
};

static struct ids ids_of(const struct work *work, struct walk *walk)
{
        struct ids ids = {0};
        struct id id;
        while (walk_next(walk, &id)) {
                ids.list = pb_append(ids.list, &ids.count, sizeof(id), work->arena);
                ids.list[ids.count - 1] = id;
        }
        walk_end(walk);
        return ids;
}

static struct ids obligations_of(const struct work *work, struct id contract)
{
        struct walk walk;
        tracking_walk_obligations(work->txn, contract, slice_of(NULL, 0), &walk);
        return ids_of(work, &walk);
}

static struct ids placements_of(const struct work *work, struct id obligation)
{
        struct walk walk;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_OBLIGATION, key_of_id(obligation), slice_of(NULL, 0), &walk);
        return ids_of(work, &walk);
}

static struct ids invoices_of(const struct work *work, struct id obligation)
{
        struct walk walk;
        invoices_walk(work->txn, LIST_INVOICES_OF_OBLIGATION, key_of_id(obligation), slice_of(NULL, 0), &walk);
        return ids_of(work, &walk);
}

static struct ids private_contracts(const struct work *work)
{
        struct walk walk;
        tracking_walk_private(work->txn, slice_of(NULL, 0), &walk);
        return ids_of(work, &walk);
}

/* ---- what was told */

static void add_months(const struct work *work, struct id id, const struct placement *row,
                       Tracking__PlacementReclassified *body)
{
        /* A day later somewhere may be a month later. */
        struct day tomorrow = day_of_number(day_number(work->today) + 1);
        int32_t last = month_number(placement_last_month(row, tomorrow));
        for (int32_t month = month_number(month_of_day(row->starts_on)); month <= last; month++) {
                struct statement statement;
                if (!tracking_statement(work->txn, month_of_number(month), id, &statement) ||
                    !statement_is_validated(&statement))
                        continue;
                Tracking__MonthValidated *line = pb_new(&tracking__month_validated__descriptor, work->arena);
                line->month = month_to(work->arena, month_of_number(month));
                line->hours = hours_to(work->arena, hours_of_hundredths(statement.validated_hundredths));
                body->months = pb_append(body->months, &body->n_months, sizeof(line), work->arena);
                body->months[body->n_months - 1] = line;
        }
}

static void add_outcomes(const struct work *work, struct id id, Tracking__PlacementReclassified *body)
{
        for (size_t i = 0; i < OUTCOME_MOMENTS; i++) {
                const Tracking__OutcomeRow *row = tracking_outcome(work->txn, id, outcome_moments[i], work->arena);
                bool is_at_exit = outcome_moments[i] == TRACKING__OUTCOME_MOMENT__AT_EXIT;
                if (row == NULL || (!row->not_reached && (is_at_exit || !outcome_is_told(row))))
                        continue;
                Tracking__OutcomeAt *told = pb_new(&tracking__outcome_at__descriptor, work->arena);
                told->at = outcome_moments[i];
                told->outcome = row->outcome;
                told->not_reached = row->not_reached;
                body->later = pb_append(body->later, &body->n_later, sizeof(told), work->arena);
                body->later[body->n_later - 1] = told;
        }
}

static void reclassify_placement(struct work *work, struct id id, bool is_private)
{
        Tracking__PlacementReclassified body = TRACKING__PLACEMENT_RECLASSIFIED__INIT;
        struct placement row;
        if (!tracking_placement(work->txn, id, &row) || row.is_private == is_private)
                return;
        body.placement_id = id_to(work->arena, id);
        body.beneficiary_id = id_to(work->arena, row.beneficiary);
        body.obligation_id = id_to(work->arena, row.obligation);
        body.modality = (Types__Modality)row.modality;
        body.starts_on = day_to(work->arena, row.starts_on);
        body.territory = arena_text(work->arena, row.territory);
        body.ended_on = row.ended ? day_to(work->arena, row.ended_on) : NULL;
        body.outcome = (Tracking__Outcome)row.outcome;
        body.is_private = is_private;
        body.is_continued = continuation_goes_on(work->txn, id);
        add_months(work, id, &row, &body);
        add_outcomes(work, id, &body);
        work_record(work, &body.base);
}

static void reclassify_invoice(struct work *work, struct id id, bool is_private)
{
        Tracking__InvoiceReclassified body = TRACKING__INVOICE_RECLASSIFIED__INIT;
        const Tracking__InvoiceRow *found = tracking_invoice(work->txn, id, work->arena);
        if (found == NULL || found->invoice->is_private == is_private)
                return;
        const Tracking__InvoiceConverted *row = found->invoice;
        body.invoice_id = row->invoice_id;
        body.obligation_id = row->obligation_id;
        body.dated = row->dated;
        body.hours = found->cancelled ? hours_to(work->arena, hours_of_hundredths(0)) : row->hours;
        body.territory = row->territory;
        body.is_private = is_private;
        work_record(work, &body.base);
}

static void reclassify(struct work *work, struct id contract)
{
        bool is_private = tracking_private(work->txn, contract, work->arena) != NULL;
        struct ids obligations = obligations_of(work, contract);
        for (size_t i = 0; i < obligations.count; i++) {
                struct ids placements = placements_of(work, obligations.list[i]);
                struct ids invoices = invoices_of(work, obligations.list[i]);
                for (size_t n = 0; n < placements.count; n++)
                        reclassify_placement(work, placements.list[n], is_private);
                for (size_t n = 0; n < invoices.count; n++)
                        reclassify_invoice(work, invoices.list[n], is_private);
        }
}

void reclassify_settle(struct work *work, struct id placement)
{
        struct placement row;
        const Tracking__ObligationCopy *obligation =
                tracking_placement(work->txn, placement, &row)
                        ? tracking_obligation(work->txn, row.obligation, work->arena)
                        : NULL;
        if (obligation != NULL)
                reclassify_placement(work, placement,
                                     tracking_private(work->txn, id_of(obligation->contract_id), work->arena) != NULL);
}

/* ---- when */

void tracking_react_contracts(struct work *work, const struct event *event)
{
        const Contracts__Event *body = event->body;
        if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_AMENDED)
                reclassify(work, id_of(body->contract_amended->contract_id));
        proposals_react_contracts(work, event);
}

void reclassify_private(struct work *work)
{
        struct ids contracts = private_contracts(work);
        for (size_t i = 0; i < contracts.count; i++)
                reclassify(work, contracts.list[i]);
}
