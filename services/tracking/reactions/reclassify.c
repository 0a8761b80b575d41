#include "services/tracking/reactions/reactions.h"

#include "contracts/events.pb-c.h"
#include "services/tracking/store.h"

/* ---- lists, read whole before anything is written */

struct ids {
        struct id *list;
        size_t count;
};

static struct ids ids_of(const struct work *work, enum id_list list, struct key part)
{
        struct ids ids = {0};
        struct walk walk;
        struct id id;
        tracking_walk(work->txn, list, part, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                ids.list = pb_append(ids.list, &ids.count, sizeof(id), work->arena);
                ids.list[ids.count - 1] = id;
        }
        walk_end(&walk);
        return ids;
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
                    statement.validated_hundredths == STATEMENT_NOT_VALIDATED)
                        continue;
                Tracking__MonthValidated *line = pb_new(&tracking__month_validated__descriptor, work->arena);
                line->month = month_to(work->arena, month_of_number(month));
                line->hours = hours_to(work->arena, hours_of_hundredths(statement.validated_hundredths));
                body->months = pb_append(body->months, &body->n_months, sizeof(line), work->arena);
                body->months[body->n_months - 1] = line;
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
        add_months(work, id, &row, &body);
        work_record(work, &body.base);
}

static void reclassify_invoice(struct work *work, struct id id, bool is_private)
{
        Tracking__InvoiceReclassified body = TRACKING__INVOICE_RECLASSIFIED__INIT;
        const Tracking__InvoiceConverted *row = tracking_invoice(work->txn, id, work->arena);
        if (row == NULL || row->is_private == is_private)
                return;
        body.invoice_id = row->invoice_id;
        body.obligation_id = row->obligation_id;
        body.dated = row->dated;
        body.hours = row->hours;
        body.territory = row->territory;
        body.is_private = is_private;
        work_record(work, &body.base);
}

static void reclassify(struct work *work, struct id contract)
{
        bool is_private = tracking_private(work->txn, contract, work->arena) != NULL;
        struct ids obligations = ids_of(work, LIST_OBLIGATIONS_OF_CONTRACT, key_of_id(contract));
        for (size_t i = 0; i < obligations.count; i++) {
                struct key part = key_of_id(obligations.list[i]);
                struct ids placements = ids_of(work, LIST_PLACEMENTS_OF_OBLIGATION, part);
                struct ids invoices = ids_of(work, LIST_INVOICES_OF_OBLIGATION, part);
                for (size_t n = 0; n < placements.count; n++)
                        reclassify_placement(work, placements.list[n], is_private);
                for (size_t n = 0; n < invoices.count; n++)
                        reclassify_invoice(work, invoices.list[n], is_private);
        }
}

/* ---- when */

void tracking_react_contracts(struct work *work, const struct event *event)
{
        const Contracts__Event *body = event->body;
        if (body->body_case == CONTRACTS__EVENT__BODY_CONTRACT_AMENDED)
                reclassify(work, id_of(body->contract_amended->contract_id));
}

void reclassify_private(struct work *work)
{
        struct ids contracts = ids_of(work, LIST_PRIVATE_CONTRACTS, key_empty());
        for (size_t i = 0; i < contracts.count; i++)
                reclassify(work, contracts.list[i]);
}
