#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/followup/action.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/calls.h"

/* What is said of her lies in the part that stays; of who is erased meanwhile it is no more. */
static void keep_note(const struct change *change, struct id beneficiary, ProtobufCBinaryData **notes, size_t *count)
{
        if (change->event->sealed.size == 0)
                return;
        *notes = pb_append(*notes, count, sizeof(**notes), change->arena);
        (*notes)[*count - 1] = pb_bytes(change->event->sealed);
        tracking_note_sealed(change->txn, beneficiary, change->event->number);
}

static void note_contact(const struct change *change, struct id beneficiary)
{
        Tracking__BeneficiaryRow *person = tracking_beneficiary(change->txn, beneficiary, change->arena);
        if (person == NULL)
                return; /* the transaction has failed; its commit will tell */
        tracking_note_contact(change->txn, beneficiary, person, change->event->at_ms);
        tracking_put_beneficiary(change->txn, beneficiary, person, change->arena);
}

/* ---- since when nothing is heard of each placement of hers */

struct ids {
        struct id *list;
        size_t count;
};

static struct ids placements_of(const struct change *change, struct id beneficiary)
{
        struct ids ids = {0};
        struct walk walk;
        struct id id;
        placements_walk(change->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                ids.list = pb_append(ids.list, &ids.count, sizeof(id), change->arena);
                ids.list[ids.count - 1] = id;
        }
        walk_end(&walk);
        return ids;
}

/* A contact of no placement counts for each that ran on its day. */
static bool counts_for(const Tracking__ContactRow *row, struct id id, const struct placement *placement)
{
        if (row->withdrawn || !row->breaks_silence)
                return false;
        if (row->placement_id != NULL)
                return id_equal(id_of(row->placement_id), id);
        return row->happened_on->days >= day_number(placement->starts_on) &&
               (!placement->ended || row->happened_on->days <= day_number(placement->ended_on));
}

static void hear_again(const struct change *change, struct id beneficiary)
{
        struct ids placements = placements_of(change, beneficiary);
        for (size_t i = 0; i < placements.count; i++) {
                struct placement placement;
                struct walk walk;
                if (!tracking_placement(change->txn, placements.list[i], &placement))
                        continue; /* the transaction has failed; its commit will tell */
                struct day last = placement.starts_on;
                contacts_walk(change->txn, beneficiary, slice_of(NULL, 0), &walk);
                while (walk_step(&walk)) {
                        const Tracking__ContactRow *row =
                                walk_message(&walk, &tracking__contact_row__descriptor, change->arena);
                        if (counts_for(row, placements.list[i], &placement) &&
                            row->happened_on->days > day_number(last))
                                last = day_of(row->happened_on);
                }
                walk_end(&walk);
                heard_on(change->txn, placements.list[i], last, !placement.ended);
        }
}

static void put_visit(const struct change *change, const Types__Id *placement_id, const Types__Day *day,
                      struct id contact)
{
        struct placement placement;
        if (placement_id != NULL && day != NULL && tracking_placement(change->txn, id_of(placement_id), &placement))
                visit_put(change->txn, id_of(placement_id), day_of(day), contact, !placement.ended);
}

/* ---- contacts */

void apply_contact_recorded(const struct change *change, const Tracking__ContactRecorded *recorded)
{
        struct id beneficiary = id_of(recorded->beneficiary_id), id = id_of(recorded->contact_id);
        Tracking__ContactRow row = TRACKING__CONTACT_ROW__INIT;
        row.placement_id = recorded->placement_id;
        row.happened_on = recorded->happened_on;
        row.kind_code = recorded->kind_code;
        row.met_with = recorded->met_with;
        row.result_code = recorded->result_code;
        row.breaks_silence = recorded->breaks_silence;
        row.visit_on = recorded->visit_on;
        row.recorded_at_ms = change->event->at_ms;
        row.recorded_by = (char *)(uintptr_t)change->event->user;
        row.version = change->event->number;
        keep_note(change, beneficiary, &row.sealed_notes, &row.n_sealed_notes);
        tracking_put_contact(change->txn, beneficiary, id, &row, change->arena);
        put_visit(change, row.placement_id, row.visit_on, id);
        hear_again(change, beneficiary);
        if (row.breaks_silence)
                note_contact(change, beneficiary);
}

void apply_contact_corrected(const struct change *change, const Tracking__ContactCorrected *corrected)
{
        struct id beneficiary = id_of(corrected->beneficiary_id), id = id_of(corrected->contact_id);
        Tracking__ContactRow *row = tracking_contact(change->txn, beneficiary, id, change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        put_visit(change, row->placement_id, row->visit_on, (struct id){{0}});
        row->happened_on = corrected->happened_on;
        row->kind_code = corrected->kind_code;
        row->met_with = corrected->met_with;
        row->result_code = corrected->result_code;
        row->breaks_silence = corrected->breaks_silence;
        row->visit_on = corrected->visit_on;
        row->withdrawn = corrected->withdrawn;
        row->version = change->event->number;
        keep_note(change, beneficiary, &row->sealed_notes, &row->n_sealed_notes);
        tracking_put_contact(change->txn, beneficiary, id, row, change->arena);
        put_visit(change, row->placement_id, row->visit_on, id);
        hear_again(change, beneficiary);
}

/* ---- what employers answer: a contact of its placement */

static bool is_later(const struct presence *than, const Tracking__ContactRow *row)
{
        return than->answer == TRACKING__PRESENCE__PRESENCE_UNKNOWN || row->happened_on->days > than->day;
}

/* The answer that holds is that of the latest day, of several the newest: contacts are walked from that one on. */
static void answer_again(const struct change *change, struct id beneficiary, struct id id)
{
        struct presence held = {0};
        struct placement placement;
        struct walk walk;
        if (!tracking_placement(change->txn, id, &placement))
                return; /* the transaction has failed; its commit will tell */
        contacts_walk(change->txn, beneficiary, slice_of(NULL, 0), &walk);
        while (walk_step(&walk)) {
                const Tracking__ContactRow *row =
                        walk_message(&walk, &tracking__contact_row__descriptor, change->arena);
                if (row->presence == TRACKING__PRESENCE__PRESENCE_UNKNOWN || row->withdrawn ||
                    !id_equal(id_of(row->placement_id), id) || !is_later(&held, row))
                        continue;
                held.contact = walk_id(&walk);
                held.answer = (int32_t)row->presence;
                held.day = row->happened_on->days;
                held.act_by = row->act_by == NULL ? DAY_OPEN_NUMBER : row->act_by->days;
        }
        walk_end(&walk);
        presence_put(change->txn, id, held.answer == TRACKING__PRESENCE__PRESENCE_UNKNOWN ? NULL : &held,
                     !placement.ended);
}

void apply_presence_stated(const struct change *change, const Tracking__PresenceStated *stated)
{
        struct id beneficiary = id_of(stated->beneficiary_id);
        Tracking__ContactRow row = TRACKING__CONTACT_ROW__INIT;
        row.placement_id = stated->placement_id;
        row.happened_on = stated->happened_on;
        row.met_with = TRACKING__CONTACT_WITH__WITH_EMPLOYER;
        row.breaks_silence = stated->breaks_silence;
        row.presence = stated->answer;
        row.act_by = stated->act_by;
        row.organisation = stated->organisation;
        row.recorded_at_ms = change->event->at_ms;
        row.recorded_by = (char *)(uintptr_t)change->event->user;
        row.version = change->event->number;
        keep_note(change, beneficiary, &row.sealed_notes, &row.n_sealed_notes);
        tracking_put_contact(change->txn, beneficiary, id_of(stated->presence_id), &row, change->arena);
        hear_again(change, beneficiary);
        answer_again(change, beneficiary, id_of(stated->placement_id));
        if (row.breaks_silence)
                note_contact(change, beneficiary);
}

void apply_presence_withdrawn(const struct change *change, const Tracking__PresenceWithdrawn *withdrawn)
{
        struct id beneficiary = id_of(withdrawn->beneficiary_id), id = id_of(withdrawn->presence_id);
        Tracking__ContactRow *row = tracking_contact(change->txn, beneficiary, id, change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->withdrawn = true;
        row->breaks_silence = false;
        row->version = change->event->number;
        keep_note(change, beneficiary, &row->sealed_notes, &row->n_sealed_notes);
        tracking_put_contact(change->txn, beneficiary, id, row, change->arena);
        hear_again(change, beneficiary);
        answer_again(change, beneficiary, id_of(withdrawn->placement_id));
}

/* ---- actions */

void apply_action_recorded(const struct change *change, const Tracking__ActionRecorded *recorded)
{
        struct id beneficiary = id_of(recorded->beneficiary_id);
        Tracking__ActionRow row = TRACKING__ACTION_ROW__INIT;
        row.placement_id = recorded->placement_id;
        row.kind_code = recorded->kind_code;
        row.is_preparation = recorded->is_preparation;
        row.state = TRACKING__ACTION_STATE__ACTION_ASKED;
        row.asked_on = recorded->asked_on;
        row.version = change->event->number;
        keep_note(change, beneficiary, &row.sealed_notes, &row.n_sealed_notes);
        tracking_put_action(change->txn, beneficiary, id_of(recorded->action_id), &row, change->arena);
        note_contact(change, beneficiary);
}

void apply_action_moved(const struct change *change, const Tracking__ActionMoved *moved)
{
        struct id beneficiary = id_of(moved->beneficiary_id), id = id_of(moved->action_id);
        Tracking__ActionRow *row = tracking_action(change->txn, beneficiary, id, change->arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        action_move(row, moved);
        row->version = change->event->number;
        keep_note(change, beneficiary, &row->sealed_notes, &row->n_sealed_notes);
        tracking_put_action(change->txn, beneficiary, id, row, change->arena);
}
