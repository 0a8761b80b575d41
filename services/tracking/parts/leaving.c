#include "services/tracking/parts/leaving.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/controls/controls.h"
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "services/tracking/proposals/proposals.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/relocations/relocations_rows.h"

static void add_thing(struct part_things *things, struct id id, struct arena *arena)
{
        things->ids = pb_append(things->ids, &things->count, sizeof(id), arena);
        things->ids[things->count - 1] = id;
}

struct part_things part_things(struct txn *txn, const struct part_group *group, struct arena *arena)
{
        struct part_things things = {0};
        for (size_t i = 0; i < group->person_count; i++) {
                struct erased_things hers;
                struct id person = id_of(group->persons[i]);
                add_thing(&things, person, arena);
                erased_things_of(txn, person, arena, &hers);
                for (size_t n = 0; n < hers.placement_count; n++)
                        add_thing(&things, hers.placements[n], arena);
                struct proposal_ids proposals = proposals_of(txn, LIST_PROPOSALS_OF_BENEFICIARY, person, arena);
                for (size_t n = 0; n < proposals.count; n++)
                        add_thing(&things, proposals.at[n], arena);
        }
        struct relocation_ids relocations = relocations_of(txn, group->persons, group->person_count, arena);
        for (size_t i = 0; i < relocations.count; i++)
                add_thing(&things, relocations.at[i], arena);
        for (size_t i = 0; i < group->invoice_count; i++)
                add_thing(&things, id_of(group->invoices[i]), arena);
        return things;
}

/* ---- placements */

/* Months that anything may be stated of: those of all its terms, up to the month after the event. */
static void leave_hours(const struct change *change, struct id id, const struct placement *row)
{
        Tracking__PlacementTerms **terms;
        const Tracking__PlacementFile *file = tracking_placement_file(change->txn, id, change->arena);
        int32_t from = month_number(month_of_day(row->starts_on));
        int32_t until = month_number(month_of_day(day_of_instant_ms(change->event->at_ms))) + 1;
        size_t count = file == NULL ? 0 : placement_terms(file, change->arena, &terms);
        for (size_t i = 0; i < count; i++) {
                const Types__Day *days[] = {terms[i]->starts_on, terms[i]->ends_on};
                for (size_t n = 0; n < sizeof(days) / sizeof(*days); n++) {
                        if (days[n] == NULL)
                                continue;
                        int32_t month = month_number(month_of_day(day_of(days[n])));
                        from = month < from ? month : from;
                        until = month > until ? month : until;
                }
        }
        hours_drop(change->txn, id, from, until);
}

static void leave_outcomes(const struct change *change, struct id id, const struct placement *row)
{
        for (size_t i = 0; i < OUTCOME_MOMENTS; i++) {
                Tracking__OutcomeMoment at = outcome_moments[i];
                tracking_drop_outcome(change->txn, id, at);
                if (row->ended)
                        tracking_set_outcome_due(change->txn,
                                                 (struct outcome_due){outcome_day(row->ended_on, at), id, at}, false);
        }
}

static void leave_placement(const struct change *change, struct id id)
{
        struct placement row;
        if (!tracking_placement(change->txn, id, &row))
                return;              /* the transaction has failed; its commit will tell */
        controls_forget(change, id); /* of samples that are closed: days and results stay */
        leave_hours(change, id, &row);
        leave_outcomes(change, id, &row);
        tracking_drop_placement_exit(change->txn, id);
        heard_drop(change->txn, id);
        tracking_drop_placement(change->txn, id, &row);
}

/* ---- persons */

static void leave_person(const struct change *change, struct id id)
{
        struct erased_things things;
        erased_things_of(change->txn, id, change->arena, &things);
        for (size_t i = 0; i < things.document_count; i++) {
                struct placed_document document = things.documents[i];
                tracking_drop_document(change->txn, &document);
        }
        hours_references_drop(change->txn, things.placements, things.placement_count);
        for (size_t i = 0; i < things.placement_count; i++)
                leave_placement(change, things.placements[i]);
        proposals_forget(change, id);
        followup_forget(change->txn, id);
        corrected_acts_forget(change->txn, id);
        tracking_drop_readings(change->txn, id);
        tracking_drop_eligibility(change->txn, id);
        tracking_leave_beneficiary(change->txn, id, change->arena);
}

static void leave_relocations(const struct change *change, const struct part_group *group)
{
        struct relocation_ids ids = relocations_of(change->txn, group->persons, group->person_count, change->arena);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__RelocationRow *row = tracking_relocation(change->txn, ids.at[i], change->arena);
                if (row != NULL)
                        tracking_drop_relocation(change->txn, ids.at[i], row);
        }
}

void part_leave(const struct change *change, const struct part_group *group)
{
        leave_relocations(change, group);
        for (size_t i = 0; i < group->person_count; i++)
                leave_person(change, id_of(group->persons[i]));
        for (size_t i = 0; i < group->invoice_count; i++) {
                const Tracking__InvoiceRow *row =
                        tracking_invoice(change->txn, id_of(group->invoices[i]), change->arena);
                if (row != NULL)
                        tracking_drop_invoice(change->txn, row);
        }
}
