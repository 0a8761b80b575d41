#include "common/codec/types.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/parts/leaving.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/erasure.h"
#include "tracking/calls.h"

static Tracking__PartRow *row_of(const struct change *change, const Types__Id *part_id)
{
        return homes_part(change->txn, id_of(part_id), change->arena);
}

static void put_row(const struct change *change, const Types__Id *part_id, const Tracking__PartRow *row)
{
        homes_put_part(change->txn, id_of(part_id), row, change->arena);
}

static bool is_whole(const Tracking__PartChoice *choice)
{
        return choice->of_person == NULL && choice->buckets == 0;
}

static Tracking__TerritoryHome home_of(const struct change *change, const char *territory)
{
        const Tracking__TerritoryHome *home = homes_territory(change->txn, territory, change->arena);
        Tracking__TerritoryHome none = TRACKING__TERRITORY_HOME__INIT;
        return home == NULL ? none : *home;
}

/* Lists of that territory are read in other partitions too from now on. */
static void split_territory(const struct change *change, const char *territory)
{
        Tracking__TerritoryHome home = home_of(change, territory);
        home.is_split = true;
        homes_put_territory(change->txn, territory, &home, change->arena);
}

/* What she did stays of the department where it was done, which need not be hers any more. */
static void split_territories_of_placements(const struct change *change, struct id person)
{
        struct erased_things things;
        struct placement placement;
        erased_things_of(change->txn, person, change->arena, &things);
        for (size_t i = 0; i < things.placement_count; i++)
                if (tracking_placement(change->txn, things.placements[i], &placement))
                        split_territory(change, placement.territory);
}

static void split_territories_of(const struct change *change, const Tracking__PartChoice *choice,
                                 Types__Id *const *persons, size_t count)
{
        for (size_t i = 0; i < count; i++) {
                const Tracking__BeneficiaryRow *row =
                        tracking_beneficiary(change->txn, id_of(persons[i]), change->arena);
                if (row != NULL && !choice->to_her_home)
                        split_territory(change, row->territory);
                split_territories_of_placements(change, id_of(persons[i]));
        }
}

/* ---- where it goes from */

void apply_part_move_begun(const struct change *change, const Tracking__PartMoveBegun *begun)
{
        Tracking__PartRow row = TRACKING__PART_ROW__INIT;
        row.choice = begun->choice;
        row.state = TRACKING__PART_STATE__PART_BEGUN;
        row.from_partition = id_partition(id_of(begun->part_id));
        row.to_partition = begun->to_partition;
        row.begun_at_ms = change->event->at_ms;
        put_row(change, begun->part_id, &row);
}

void apply_part_accepted(const struct change *change, const Tracking__PartAccepted *accepted)
{
        Tracking__PartRow *row = row_of(change, accepted->part_id);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->state = TRACKING__PART_STATE__PART_MOVING;
        put_row(change, accepted->part_id, row);
        if (row->choice->of_person != NULL)
                return;
        split_territory(change, row->choice->of_territory);
        if (!is_whole(row->choice))
                return;
        Tracking__TerritoryHome home = home_of(change, row->choice->of_territory);
        home.is_taken = false;
        home.gone_to = row->to_partition;
        homes_put_territory(change->txn, row->choice->of_territory, &home, change->arena);
}

static struct part_group group_of(const Tracking__PartRow *row)
{
        return (struct part_group){row->persons, row->n_persons, row->invoices, row->n_invoices};
}

void apply_part_held(const struct change *change, const Tracking__PartHeld *held)
{
        Tracking__PartRow *row = row_of(change, held->part_id);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->is_held = true;
        row->step = held->step;
        row->held_at = change->event->number;
        row->persons = held->persons;
        row->n_persons = held->n_persons;
        row->invoices = held->invoices;
        row->n_invoices = held->n_invoices;
        put_row(change, held->part_id, row);
        struct part_group group = group_of(row);
        struct part_things things = part_things(change->txn, &group, change->arena);
        for (size_t i = 0; i < things.count; i++)
                homes_hold(change->txn, things.ids[i], id_of(held->part_id));
}

static void end_step(const struct change *change, const Types__Id *part_id, Tracking__PartRow *row)
{
        row->is_held = false;
        row->n_persons = row->n_invoices = 0;
        put_row(change, part_id, row);
}

void apply_part_released(const struct change *change, const Tracking__PartReleased *released)
{
        Tracking__PartRow *row = row_of(change, released->part_id);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        struct part_group group = group_of(row);
        struct part_things things = part_things(change->txn, &group, change->arena);
        for (size_t i = 0; i < things.count; i++)
                homes_let_go(change->txn, things.ids[i]);
        end_step(change, released->part_id, row);
}

void apply_part_gone(const struct change *change, const Tracking__PartGone *gone)
{
        Tracking__PartRow *row = row_of(change, gone->part_id);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        struct part_group group = group_of(row);
        struct part_things things = part_things(change->txn, &group, change->arena);
        split_territories_of(change, row->choice, row->persons, row->n_persons);
        part_leave(change, &group);
        for (size_t i = 0; i < things.count; i++) {
                homes_let_go(change->txn, things.ids[i]);
                homes_put_moved(change->txn, things.ids[i], row->to_partition);
        }
        row->person_count += row->n_persons;
        row->invoice_count += row->n_invoices;
        row->record_count += gone->records;
        end_step(change, gone->part_id, row);
}

/* Who is new in the territory comes here again. */
void apply_part_move_cancelled(const struct change *change, const Tracking__PartMoveCancelled *cancelled)
{
        Tracking__PartRow *row = row_of(change, cancelled->part_id);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->is_cancelled = true;
        put_row(change, cancelled->part_id, row);
        if (!is_whole(row->choice))
                return;
        Tracking__TerritoryHome home = home_of(change, row->choice->of_territory);
        home.is_taken = true;
        home.gone_to = 0;
        homes_put_territory(change->txn, row->choice->of_territory, &home, change->arena);
}

void apply_part_move_ended(const struct change *change, const Tracking__PartMoveEnded *ended)
{
        Tracking__PartRow *row = row_of(change, ended->part_id);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->state = ended->is_cancelled ? TRACKING__PART_STATE__PART_CANCELLED : TRACKING__PART_STATE__PART_DONE;
        row->ended_at_ms = change->event->at_ms;
        put_row(change, ended->part_id, row);
}

/* ---- where it goes to */

void apply_part_opened(const struct change *change, const Tracking__PartOpened *opened)
{
        Tracking__PartRow row = TRACKING__PART_ROW__INIT;
        row.choice = opened->choice;
        row.state = TRACKING__PART_STATE__PART_COMING;
        row.from_partition = opened->from_partition;
        row.begun_at_ms = change->event->at_ms;
        put_row(change, opened->part_id, &row);
        if (opened->choice->of_person != NULL)
                return;
        split_territory(change, opened->choice->of_territory);
        if (!is_whole(opened->choice))
                return;
        Tracking__TerritoryHome home = home_of(change, opened->choice->of_territory);
        home.is_taken = true;
        home.gone_to = 0;
        homes_put_territory(change->txn, opened->choice->of_territory, &home, change->arena);
}

/* Whoever joined another file joined it by events of before, of which one may have stayed. */
static void link_files(const struct change *change, const Tracking__PartTaken *taken)
{
        for (size_t i = 0; i < taken->n_persons; i++)
                identity_unmerge(change->txn, id_of(taken->persons[i]));
        for (size_t i = 0; i < taken->n_links; i++)
                identity_merge(change->txn, id_of(taken->links[i]->id), id_of(taken->links[i]->into));
}

/* Behind the relayed events of the step, in their transaction. */
void apply_part_taken(const struct change *change, const Tracking__PartTaken *taken)
{
        Tracking__PartRow *row = row_of(change, taken->part_id);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        const struct part_group group = {taken->persons, taken->n_persons, taken->invoices, taken->n_invoices};
        struct part_things things = part_things(change->txn, &group, change->arena);
        for (size_t i = 0; i < things.count; i++)
                homes_drop_moved(change->txn, things.ids[i]);
        link_files(change, taken);
        split_territories_of(change, row->choice, taken->persons, taken->n_persons);
        row->step = taken->step;
        row->person_count += taken->n_persons;
        row->invoice_count += taken->n_invoices;
        row->record_count += taken->records;
        put_row(change, taken->part_id, row);
}

void apply_part_closed(const struct change *change, const Tracking__PartClosed *closed)
{
        Tracking__PartRow none = TRACKING__PART_ROW__INIT, *row = row_of(change, closed->part_id);
        Tracking__PartChoice nothing = TRACKING__PART_CHOICE__INIT;
        none.choice = &nothing;
        none.from_partition = id_partition(id_of(closed->part_id));
        row = row != NULL ? row : &none; /* it was given up before it was heard of here: nor is it ever opened */
        row->state = TRACKING__PART_STATE__PART_DONE;
        row->ended_at_ms = change->event->at_ms;
        put_row(change, closed->part_id, row);
}
