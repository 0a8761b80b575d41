#include "services/tracking/controls/controls_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "services/tracking/controls/control.h"

Tracking__ControlRow *tracking_control(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_SAMPLE, id_slice(&id), &tracking__control_row__descriptor, arena);
}

static struct key key_in_territory(const char *territory, struct id id)
{
        struct key key = key_of_text(territory);
        key_id(&key, id);
        return key;
}

void tracking_put_control(struct txn *txn, struct id id, const Tracking__ControlRow *row, struct arena *arena)
{
        struct key key = key_in_territory(row->territory, id);
        txn_put_message(txn, T_SAMPLE, id_slice(&id), row, arena);
        txn_put(txn, T_SAMPLE_BY_TERRITORY, key_slice(&key), slice_of(NULL, 0)); /* it never moves */
}

struct slice tracking_control_frame(struct txn *txn, struct id id)
{
        struct slice frame;
        return txn_get(txn, T_SAMPLE_FRAME, id_slice(&id), &frame) ? frame : slice_of(NULL, 0);
}

void tracking_put_control_frame(struct txn *txn, struct id id, struct slice frame)
{
        txn_put(txn, T_SAMPLE_FRAME, id_slice(&id), frame);
}

void controls_walk(struct txn *txn, const char *territory, struct slice before, struct walk *ret)
{
        if (territory[0] == '\0')
                walk_begin(txn, (struct walk_spec){T_SAMPLE, WALK_DOWN, CURSOR_ID}, key_empty(), before, ret);
        else
                walk_begin(txn, (struct walk_spec){T_SAMPLE_BY_TERRITORY, WALK_DOWN, CURSOR_ID}, key_of_text(territory),
                           before, ret);
}

/* ---- what was drawn */

static struct key key_of_both(struct id first, struct id second)
{
        struct key key = key_of_id(first);
        key_id(&key, second);
        return key;
}

bool tracking_evidence(struct txn *txn, struct id control, struct id placement, struct arena *arena,
                       struct evidence *ret)
{
        struct key key = key_of_both(control, placement);
        ret->control = control;
        ret->placement = placement;
        ret->row = txn_get_message(txn, T_EVIDENCE, key_slice(&key), &tracking__evidence_row__descriptor, arena);
        return ret->row != NULL;
}

static void rows_of_evidence(const void *record, struct index_rows *rows)
{
        const struct evidence *evidence = record;
        const Tracking__EvidenceStep *last = evidence_last(evidence->row);
        struct id organisation = id_of(evidence->row->organisation);
        struct key due = key_empty(), own = key_of_id(organisation);
        index_id(rows, T_EVIDENCE_BY_PLACEMENT, key_of_id(evidence->placement), evidence->control);
        if (!evidence->row->open || evidence->row->erased || last->act_by == NULL)
                return;
        key_i32(&due, last->act_by->days);
        key_id(&due, evidence->control);
        index_id(rows, T_EVIDENCE_NEXT, due, evidence->placement);
        key_i32(&own, last->act_by->days);
        key_id(&own, evidence->control);
        if (!id_is_zero(organisation) && last->next_actor == TRACKING__EVIDENCE_ACTOR__ASKED_ORGANISATION)
                index_id(rows, T_EVIDENCE_NEXT_BY_ORGANISATION, own, evidence->placement);
}

void tracking_put_evidence(struct txn *txn, const struct evidence *evidence, struct arena *arena)
{
        struct key key = key_of_both(evidence->control, evidence->placement);
        struct evidence old;
        bool is_known = tracking_evidence(txn, evidence->control, evidence->placement, arena, &old);
        txn_put_message(txn, T_EVIDENCE, key_slice(&key), evidence->row, arena);
        index_move(txn, rows_of_evidence, is_known ? &old : NULL, evidence);
}

void evidence_walk(struct txn *txn, struct id control, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_EVIDENCE, WALK_UP, CURSOR_ID}, key_of_id(control), after, ret);
}

void evidence_next_walk(struct txn *txn, struct id organisation, struct slice after, struct walk *ret)
{
        if (id_is_zero(organisation))
                walk_up(txn, T_EVIDENCE_NEXT, key_empty(), after, ret);
        else
                walk_up(txn, T_EVIDENCE_NEXT_BY_ORGANISATION, key_of_id(organisation), after, ret);
}

struct id evidence_next_control(const struct walk *walk)
{
        return key_read_id(walk->scan.key, walk->scan.key.size - 2 * sizeof(struct id));
}

size_t evidence_controls_of(struct txn *txn, struct id placement, struct arena *arena, struct id **ret)
{
        size_t count = 0;
        struct walk walk;
        struct id id;
        *ret = NULL;
        walk_begin(txn, (struct walk_spec){T_EVIDENCE_BY_PLACEMENT, WALK_UP, CURSOR_ID}, key_of_id(placement),
                   slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                *ret = pb_append(*ret, &count, sizeof(id), arena);
                (*ret)[count - 1] = id;
        }
        walk_end(&walk);
        return count;
}

struct evidence_list evidence_of(struct txn *txn, struct id control, struct arena *arena)
{
        struct evidence_list list = {0};
        struct walk walk;
        struct id id;
        evidence_walk(txn, control, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                list.at = pb_append(list.at, &list.count, sizeof(*list.at), arena);
                list.at[list.count - 1] =
                        (struct evidence){control, id, walk_message(&walk, &tracking__evidence_row__descriptor, arena)};
        }
        walk_end(&walk);
        return list;
}
