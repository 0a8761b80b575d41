#include "services/tracking/outcomes/outcomes_rows.h"

#include "common/codec/pb.h"
#include "common/store/key.h"

bool tracking_placement_exit(struct txn *txn, struct id id, struct slice *ret_sealed)
{
        return txn_get(txn, T_PLACEMENT_EXIT, id_slice(&id), ret_sealed);
}

void tracking_put_placement_exit(struct txn *txn, struct id id, struct slice sealed)
{
        txn_put(txn, T_PLACEMENT_EXIT, id_slice(&id), sealed);
}

void tracking_drop_placement_exit(struct txn *txn, struct id id)
{
        txn_delete(txn, T_PLACEMENT_EXIT, id_slice(&id));
}

/* ---- outcomes */

static struct key key_of_outcome(struct id placement, Tracking__OutcomeMoment at)
{
        struct key key = key_of_id(placement);
        key_u8(&key, (uint8_t)at);
        return key;
}

Tracking__OutcomeRow *tracking_outcome(struct txn *txn, struct id placement, Tracking__OutcomeMoment at,
                                       struct arena *arena)
{
        struct key key = key_of_outcome(placement, at);
        return txn_get_message(txn, T_OUTCOME, key_slice(&key), &tracking__outcome_row__descriptor, arena);
}

void tracking_put_outcome(struct txn *txn, struct id placement, Tracking__OutcomeMoment at,
                          const Tracking__OutcomeRow *row, struct arena *arena)
{
        struct key key = key_of_outcome(placement, at);
        txn_put_message(txn, T_OUTCOME, key_slice(&key), row, arena);
}

void tracking_drop_outcome(struct txn *txn, struct id placement, Tracking__OutcomeMoment at)
{
        struct key key = key_of_outcome(placement, at);
        txn_delete(txn, T_OUTCOME, key_slice(&key));
}

/* ---- what is to be asked */

void tracking_set_outcome_due(struct txn *txn, struct outcome_due due, bool is_due)
{
        struct key key = key_empty();
        key_i32(&key, day_number(due.day));
        key_id(&key, due.placement);
        key_u8(&key, (uint8_t)due.at);
        if (is_due)
                txn_put(txn, T_OUTCOME_DUE, key_slice(&key), slice_of((const uint8_t *)"", 0));
        else
                txn_delete(txn, T_OUTCOME_DUE, key_slice(&key));
}

void outcomes_due_walk(struct txn *txn, struct day from, struct slice cursor, struct walk *ret)
{
        const struct walk_spec spec = {T_OUTCOME_DUE, WALK_UP, CURSOR_KEY};
        struct key first = key_empty();
        key_i32(&first, day_number(from));
        if (cursor.size > 0)
                walk_begin(txn, spec, key_empty(), cursor, ret);
        else
                walk_from(txn, spec, key_empty(), first, ret);
}

struct outcome_due outcomes_due_of(const struct walk *walk)
{
        const struct slice key = walk->scan.key;
        const size_t behind_day = sizeof(int32_t), behind_id = behind_day + sizeof(struct id);
        return (struct outcome_due){
                .day = day_of_number(key_read_i32(key, 0)),
                .placement = key_read_id(key, behind_day),
                .at = (Tracking__OutcomeMoment)key.data[behind_id],
        };
}

/* ---- what was set right */

void tracking_put_corrected_act(struct txn *txn, struct id beneficiary, uint64_t number, struct slice sealed)
{
        struct key key = key_of_id(beneficiary);
        key_u64(&key, number);
        txn_put(txn, T_CORRECTED_ACT, key_slice(&key), sealed);
}

void corrected_acts_walk(struct txn *txn, struct id beneficiary, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_CORRECTED_ACT, WALK_UP, CURSOR_NUMBER}, key_of_id(beneficiary),
                   slice_of(NULL, 0), ret);
}

/* Rows are not to be taken away while they are walked. */
void corrected_acts_forget(struct txn *txn, struct id beneficiary)
{
        bool more = true;
        while (more) {
                struct walk walk;
                struct key key = key_of_id(beneficiary);
                corrected_acts_walk(txn, beneficiary, &walk);
                more = walk_step(&walk);
                if (more)
                        key_u64(&key, walk_number(&walk));
                walk_end(&walk);
                if (more)
                        txn_delete(txn, T_CORRECTED_ACT, key_slice(&key));
        }
}
