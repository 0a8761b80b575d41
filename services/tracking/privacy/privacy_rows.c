#include "services/tracking/privacy/privacy_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"

static const struct slice NOTHING = {(const uint8_t *)"", 0};

void tracking_put_reading(struct txn *txn, uint64_t number, const Tracking__ReadingRow *row, struct arena *arena)
{
        struct key key = key_of_u64(number), by_beneficiary = key_of_id(id_of(row->beneficiary_id));
        key_u64(&by_beneficiary, number);
        txn_put_message(txn, T_READING, key_slice(&key), row, arena);
        txn_put(txn, T_READING_BY_BENEFICIARY, key_slice(&by_beneficiary), NOTHING);
}

Tracking__ReadingRow *tracking_reading(struct txn *txn, uint64_t number, struct arena *arena)
{
        struct key key = key_of_u64(number);
        return txn_get_message(txn, T_READING, key_slice(&key), &tracking__reading_row__descriptor, arena);
}

void tracking_readings(struct txn *txn, struct id beneficiary, struct slice before, struct walk *ret)
{
        bool all = id_is_zero(beneficiary);
        struct walk_spec spec = {all ? T_READING : T_READING_BY_BENEFICIARY, WALK_DOWN, CURSOR_NUMBER};
        walk_begin(txn, spec, all ? key_empty() : key_of_id(beneficiary), before, ret);
}

void tracking_forget_reasons(struct txn *txn, struct id beneficiary, struct arena *arena)
{
        struct walk walk;
        tracking_readings(txn, beneficiary, slice_of(NULL, 0), &walk);
        while (walk_step(&walk)) {
                uint64_t number = walk_number(&walk);
                Tracking__ReadingRow *row = tracking_reading(txn, number, arena);
                struct key key = key_of_u64(number);
                if (row == NULL)
                        continue; /* the transaction has failed; its commit will tell */
                row->sealed_reason = pb_bytes(slice_of(NULL, 0));
                txn_put_message(txn, T_READING, key_slice(&key), row, arena);
        }
        walk_end(&walk);
}

/* Rows are not to be taken away while they are walked. */
void tracking_drop_readings(struct txn *txn, struct id beneficiary)
{
        bool more = true;
        while (more) {
                struct walk walk;
                struct key key = key_empty(), by_beneficiary = key_of_id(beneficiary);
                tracking_readings(txn, beneficiary, slice_of(NULL, 0), &walk);
                more = walk_step(&walk);
                if (more) {
                        key_u64(&key, walk_number(&walk));
                        key_u64(&by_beneficiary, walk_number(&walk));
                }
                walk_end(&walk);
                if (more) {
                        txn_delete(txn, T_READING, key_slice(&key));
                        txn_delete(txn, T_READING_BY_BENEFICIARY, key_slice(&by_beneficiary));
                }
        }
}

void tracking_put_anonymous(struct txn *txn, uint64_t number, struct slice row)
{
        struct key key = key_of_u64(number);
        txn_put(txn, T_ANONYMOUS, key_slice(&key), row);
}

void tracking_anonymous_walk(struct txn *txn, struct slice before, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_ANONYMOUS, WALK_DOWN, CURSOR_NUMBER}, key_empty(), before, ret);
}
