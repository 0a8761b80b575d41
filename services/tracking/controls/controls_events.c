#include "services/tracking/controls/controls.h"

#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/controls/control.h"
#include "services/tracking/controls/controls_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "tracking/calls.h"

static void append_step(const struct change *change, Tracking__EvidenceRow *row, const Tracking__EvidenceStep *step,
                        struct slice sealed)
{
        Tracking__EvidenceStepRow *added = pb_new(&tracking__evidence_step_row__descriptor, change->arena);
        added->step = (Tracking__EvidenceStep *)(uintptr_t)step;
        added->recorded_at_ms = change->event->at_ms;
        added->account = id_to(change->arena, change->event->account);
        added->sealed_words = pb_bytes(sealed);
        row->steps = pb_append(row->steps, &row->n_steps, sizeof(*row->steps), change->arena);
        row->steps[row->n_steps - 1] = added;
        row->version = change->event->number;
        if (sealed.size > 0)
                tracking_note_sealed(change->txn, id_of(row->beneficiary_id), change->event->number);
}

static Tracking__EvidenceStep *first_step(const struct change *change, const Tracking__ControlDrawn *drawn)
{
        Tracking__EvidenceStep *step = pb_new(&tracking__evidence_step__descriptor, change->arena);
        step->state = TRACKING__EVIDENCE_STATE__EVIDENCE_DRAWN;
        step->happened_on = drawn->drawn_on;
        step->by = TYPES__ROLE__FACILITATOR;
        step->next_actor = TRACKING__EVIDENCE_ACTOR__CONTROLLER;
        step->act_by = drawn->ask_by;
        step->rules_version = drawn->rules_version;
        return step;
}

void apply_control_drawn(const struct change *change, const Tracking__ControlDrawn *drawn)
{
        struct id control = id_of(drawn->control_id);
        Tracking__ControlRow row = TRACKING__CONTROL_ROW__INIT;
        row.territory = drawn->territory;
        row.from = drawn->from;
        row.until = drawn->until;
        row.modality = drawn->modality;
        row.employer = drawn->employer;
        row.seed = drawn->seed;
        row.seed_source = drawn->seed_source;
        row.frame_size = (uint32_t)(drawn->frame.len / sizeof(struct id));
        row.evidence_codes = drawn->evidence_codes;
        row.n_evidence_codes = drawn->n_evidence_codes;
        row.drawn_on = drawn->drawn_on;
        row.drawn_by = id_to(change->arena, change->event->account);
        row.version = change->event->number;
        tracking_put_control(change->txn, control, &row, change->arena);
        tracking_put_control_frame(change->txn, control, pb_slice(drawn->frame));
        for (size_t i = 0; i < drawn->n_drawn; i++) {
                Tracking__EvidenceRow one = TRACKING__EVIDENCE_ROW__INIT;
                struct evidence evidence = {control, id_of(drawn->drawn[i]->placement_id), &one};
                one.beneficiary_id = drawn->drawn[i]->beneficiary_id;
                one.organisation = drawn->drawn[i]->organisation;
                one.open = true;
                append_step(change, &one, first_step(change, drawn), slice_of(NULL, 0));
                tracking_put_evidence(change->txn, &evidence, change->arena);
        }
}

void apply_evidence_moved(const struct change *change, const Tracking__EvidenceMoved *moved)
{
        struct evidence evidence;
        if (!tracking_evidence(change->txn, id_of(moved->control_id), id_of(moved->placement_id), change->arena,
                               &evidence))
                return; /* the transaction has failed; its commit will tell */
        append_step(change, evidence.row, moved->step, change->event->sealed);
        tracking_put_evidence(change->txn, &evidence, change->arena);
}

void apply_evidence_taken_back(const struct change *change, const Tracking__EvidenceTakenBack *taken_back)
{
        struct evidence evidence;
        if (!tracking_evidence(change->txn, id_of(taken_back->control_id), id_of(taken_back->placement_id),
                               change->arena, &evidence))
                return; /* the same */
        Tracking__EvidenceStepRow *last = (Tracking__EvidenceStepRow *)(uintptr_t)evidence_last_row(evidence.row);
        last->taken_back = true;
        last->sealed_correction = pb_bytes(change->event->sealed);
        evidence.row->version = change->event->number;
        if (change->event->sealed.size > 0)
                tracking_note_sealed(change->txn, id_of(evidence.row->beneficiary_id), change->event->number);
        tracking_put_evidence(change->txn, &evidence, change->arena);
}

/* Whoever was to act in it does so no more, or again. */
static void set_open(const struct change *change, struct id control, bool is_open)
{
        struct evidence_list list = evidence_of(change->txn, control, change->arena);
        for (size_t i = 0; i < list.count; i++) {
                list.at[i].row->open = is_open;
                tracking_put_evidence(change->txn, &list.at[i], change->arena);
        }
}

void apply_control_closed(const struct change *change, const Tracking__ControlClosed *closed)
{
        struct id control = id_of(closed->control_id);
        Tracking__ControlRow *row = tracking_control(change->txn, control, change->arena);
        if (row == NULL)
                return; /* the same */
        row->closed_on = closed->closed_on;
        row->cancellation = closed->cancellation;
        row->version = change->event->number;
        tracking_put_control(change->txn, control, row, change->arena);
        set_open(change, control, false);
}

void apply_control_reopened(const struct change *change, const Tracking__ControlReopened *reopened)
{
        struct id control = id_of(reopened->control_id);
        Tracking__ControlRow *row = tracking_control(change->txn, control, change->arena);
        if (row == NULL)
                return; /* the same */
        row->closed_on = NULL;
        row->cancellation = (char *)(uintptr_t) "";
        row->version = change->event->number;
        tracking_put_control(change->txn, control, row, change->arena);
        set_open(change, control, true);
}

void controls_forget(const struct change *change, struct id placement)
{
        struct id *controls;
        size_t count = evidence_controls_of(change->txn, placement, change->arena, &controls);
        for (size_t i = 0; i < count; i++) {
                struct evidence evidence;
                if (!tracking_evidence(change->txn, controls[i], placement, change->arena, &evidence))
                        continue; /* the same */
                for (size_t n = 0; n < evidence.row->n_steps; n++) {
                        Tracking__EvidenceStepRow *step = evidence.row->steps[n];
                        step->sealed_words = step->sealed_correction = pb_bytes(slice_of(NULL, 0));
                        for (size_t p = 0; p < step->step->n_pieces; p++)
                                step->step->pieces[p]->document_id = NULL;
                }
                evidence.row->erased = true;
                tracking_put_evidence(change->txn, &evidence, change->arena);
        }
}
