#include "services/tracking/hours/hours_rows.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/types.h"
#include "common/store/key.h"

static struct key part_of_month(struct month month)
{
        struct key key = key_empty();
        key_i32(&key, month_number(month));
        return key;
}

static struct key key_of_hours(struct month month, struct id placement)
{
        struct key key = part_of_month(month);
        key_id(&key, placement);
        return key;
}

static struct statement statement_of(struct slice row)
{
        struct statement statement;
        require(row.size == sizeof(statement));
        memcpy(&statement, row.data, sizeof(statement));
        return statement;
}

bool tracking_statement(struct txn *txn, struct month month, struct id placement, struct statement *ret)
{
        struct key key = key_of_hours(month, placement);
        struct slice row;
        if (!txn_get(txn, T_HOURS, key_slice(&key), &row))
                return false;
        *ret = statement_of(row);
        return true;
}

void tracking_put_statement(struct txn *txn, struct month month, struct id placement, struct statement row)
{
        struct key key = key_of_hours(month, placement);
        txn_put(txn, T_HOURS, key_slice(&key), slice_of(&row, sizeof(row)));
}

void tracking_walk_month(struct txn *txn, struct month month, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_HOURS, WALK_UP, CURSOR_ID}, part_of_month(month), after, ret);
}

struct statement tracking_walk_statement(const struct walk *walk)
{
        return statement_of(walk->scan.value);
}
