#include "services/contracts/ledger/worked_rows.h"

#include <string.h>

#include "common/base/require.h"

_Static_assert(sizeof(struct worked) == 32, "no bytes of chance between its members");
_Static_assert(sizeof(struct beside) == 16, "the same");
_Static_assert(sizeof(struct training) == 24, "the same");
_Static_assert(sizeof(struct tutor_contact) == 32, "the same");

static void read_row(struct slice value, void *ret, size_t size)
{
        require(value.size == size);
        memcpy(ret, value.data, size);
}

/* Zeros where there is none. */
static void get_row(struct txn *txn, size_t table, const struct key *key, void *ret, size_t size)
{
        struct slice value;
        memset(ret, 0, size);
        if (txn_get(txn, table, key_slice(key), &value))
                read_row(value, ret, size);
}

/* ---- placements */

static struct key key_of_worked(struct id obligation, struct id placement)
{
        struct key key = key_of_id(obligation);
        key_id(&key, placement);
        return key;
}

void worked_get(struct txn *txn, struct id obligation, struct id placement, struct worked *ret)
{
        struct key key = key_of_worked(obligation, placement);
        get_row(txn, T_WORKED, &key, ret, sizeof(*ret));
}

void worked_put(struct txn *txn, struct id obligation, struct id placement, const struct worked *row)
{
        struct key key = key_of_worked(obligation, placement);
        txn_put(txn, T_WORKED, key_slice(&key), slice_of(row, sizeof(*row)));
}

void worked_walk(struct txn *txn, struct id obligation, struct walk *ret)
{
        walk_up(txn, T_WORKED, key_of_id(obligation), slice_of(NULL, 0), ret);
}

void worked_read(const struct walk *walk, struct worked *ret)
{
        read_row(walk->scan.value, ret, sizeof(*ret));
}

void beside_get(struct txn *txn, struct id placement, struct beside *ret)
{
        struct key key = key_of_id(placement);
        get_row(txn, T_BESIDE, &key, ret, sizeof(*ret));
}

static void add_beside(struct txn *txn, struct id placement, int64_t training_hundredths, int32_t contacts)
{
        struct beside row;
        if (training_hundredths == 0 && contacts == 0)
                return;
        beside_get(txn, placement, &row);
        row.training_hundredths += training_hundredths;
        row.tutor_contacts += (uint32_t)contacts;
        txn_put(txn, T_BESIDE, id_slice(&placement), slice_of(&row, sizeof(row)));
}

/* ---- training */

static struct key key_of_month(struct id placement, struct month month)
{
        struct key key = key_of_id(placement);
        key_i32(&key, month_number(month));
        return key;
}

/* Nobody vouched for the training of a month of which no hours were. */
static int64_t counted_training(const struct training *row)
{
        return row->validated_hundredths > 0 ? row->hundredths : 0;
}

void training_get(struct txn *txn, struct id placement, struct month month, struct training *ret)
{
        struct key key = key_of_month(placement, month);
        get_row(txn, T_TRAINING, &key, ret, sizeof(*ret));
}

void training_put(struct txn *txn, struct id placement, struct month month, const struct training *row)
{
        struct key key = key_of_month(placement, month);
        struct training before;
        training_get(txn, placement, month, &before);
        txn_put(txn, T_TRAINING, key_slice(&key), slice_of(row, sizeof(*row)));
        add_beside(txn, placement, counted_training(row) - counted_training(&before), 0);
}

/* ---- contacts */

void tutor_contact_get(struct txn *txn, struct id contact, struct tutor_contact *ret)
{
        struct key key = key_of_id(contact);
        get_row(txn, T_TUTOR_CONTACT, &key, ret, sizeof(*ret));
}

void tutor_contact_put(struct txn *txn, struct id contact, const struct tutor_contact *row)
{
        struct tutor_contact before;
        tutor_contact_get(txn, contact, &before);
        txn_put(txn, T_TUTOR_CONTACT, id_slice(&contact), slice_of(row, sizeof(*row)));
        if (!id_is_zero(before.placement) && before.met_tutor != 0)
                add_beside(txn, before.placement, 0, -1);
        if (!id_is_zero(row->placement) && row->met_tutor != 0)
                add_beside(txn, row->placement, 0, 1);
}
