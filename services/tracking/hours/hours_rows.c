#include "services/tracking/hours/hours_rows.h"

#include <sodium.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
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

bool tracking_statement_row(struct txn *txn, struct month month, struct id placement, struct statement *ret)
{
        struct key key = key_of_hours(month, placement);
        struct slice row;
        if (!txn_get(txn, T_HOURS, key_slice(&key), &row))
                return false;
        *ret = statement_of(row);
        return true;
}

bool tracking_statement(struct txn *txn, struct month month, struct id placement, struct statement *ret)
{
        return tracking_statement_row(txn, month, placement, ret) && ret->mark != STATEMENT_TAKEN_BACK;
}

bool tracking_first_counted(struct txn *txn, struct id placement, int32_t from, int32_t until, struct month *ret)
{
        for (int32_t month = from; month <= until; month++) {
                struct statement statement;
                *ret = month_of_number(month);
                if (tracking_statement(txn, *ret, placement, &statement) && statement_counts(&statement) != 0)
                        return true;
        }
        return false;
}

void tracking_put_statement(struct txn *txn, struct month month, struct id placement, struct statement row)
{
        struct key key = key_of_hours(month, placement);
        txn_put(txn, T_HOURS, key_slice(&key), slice_of(&row, sizeof(row)));
}

/* ---- history */

uint64_t hours_event_before(struct txn *txn, uint64_t number)
{
        struct key key = key_of_u64(number);
        struct slice row;
        return txn_get(txn, T_HOURS_HISTORY, key_slice(&key), &row) ? key_read_u64(row, 0) : 0;
}

void hours_put_event_before(struct txn *txn, uint64_t number, uint64_t before)
{
        struct key key = key_of_u64(number), value = key_of_u64(before);
        txn_put(txn, T_HOURS_HISTORY, key_slice(&key), key_slice(&value));
}

/* ---- references */

void hours_reference_hash(struct id sender, const char *reference, uint8_t ret_hash[HOURS_REFERENCE_SIZE])
{
        enum { FOLDED_SIZE = 1024 }; /* ROW_TEXT_MAX, and more */
        char folded[FOLDED_SIZE];
        text_fold(reference, folded, sizeof(folded));
        require(crypto_generichash(ret_hash, HOURS_REFERENCE_SIZE, (const uint8_t *)folded, strlen(folded), sender.b,
                                   sizeof(sender.b)) == 0);
}

static struct key key_of_reference(struct id sender, struct slice hash)
{
        struct key key = key_of_id(sender);
        key_bytes(&key, hash);
        return key;
}

bool hours_reference_find(struct txn *txn, struct id sender, struct slice hash, struct id *ret_placement)
{
        struct key key = key_of_reference(sender, hash);
        struct slice value;
        if (!txn_get(txn, T_HOURS_REFERENCE, key_slice(&key), &value))
                return false;
        *ret_placement = key_read_id(value, 0);
        return true;
}

void hours_reference_put(struct txn *txn, struct id sender, struct slice hash, struct id placement)
{
        struct key key = key_of_reference(sender, hash);
        txn_put(txn, T_HOURS_REFERENCE, key_slice(&key), id_slice(&placement));
}

/* Rows are not to be taken away while they are walked. */
static bool next_reference_of(struct txn *txn, struct id placement, struct key *key)
{
        struct scan scan = scan_from(txn, T_HOURS_REFERENCE, slice_of(NULL, 0), key_slice(key));
        bool found = false;
        while (!found && scan_next(&scan))
                found = id_equal(key_read_id(scan.value, 0), placement);
        if (found) {
                *key = key_empty();
                key_bytes(key, scan.key);
        }
        scan_end(&scan);
        return found;
}

void hours_references_forget(struct txn *txn, struct id placement)
{
        struct key key = key_empty();
        while (next_reference_of(txn, placement, &key))
                txn_delete(txn, T_HOURS_REFERENCE, key_slice(&key));
}

/* ---- split over clauses */

Tracking__HoursSplitRow *tracking_hours_split(struct txn *txn, struct month month, struct id placement,
                                              struct arena *arena)
{
        struct key key = key_of_hours(month, placement);
        return txn_get_message(txn, T_HOURS_SPLIT, key_slice(&key), &tracking__hours_split_row__descriptor, arena);
}

void tracking_put_hours_split(struct txn *txn, struct month month, struct id placement,
                              const Tracking__HoursSplitRow *row, struct arena *arena)
{
        struct key key = key_of_hours(month, placement);
        txn_put_message(txn, T_HOURS_SPLIT, key_slice(&key), row, arena);
}

/* ---- what goes to another partition */

static void drop_history(struct txn *txn, uint64_t number)
{
        while (number != 0) {
                struct key key = key_of_u64(number);
                uint64_t before = hours_event_before(txn, number);
                txn_delete(txn, T_HOURS_HISTORY, key_slice(&key));
                number = before;
        }
}

void hours_drop(struct txn *txn, struct id placement, int32_t from, int32_t until)
{
        for (int32_t month = from; month <= until; month++) {
                struct statement statement;
                struct key key = key_of_hours(month_of_number(month), placement);
                if (!tracking_statement_row(txn, month_of_number(month), placement, &statement))
                        continue;
                drop_history(txn, statement.version);
                txn_delete(txn, T_HOURS, key_slice(&key));
                txn_delete(txn, T_HOURS_SPLIT, key_slice(&key));
        }
}

static bool is_among(struct id id, const struct id *ids, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (id_equal(ids[i], id))
                        return true;
        return false;
}

void hours_references_drop(struct txn *txn, const struct id *placements, size_t count)
{
        struct key key = key_empty();
        bool found = count > 0;
        while (found) { /* from where the last one was found */
                struct scan scan = scan_from(txn, T_HOURS_REFERENCE, slice_of(NULL, 0), key_slice(&key));
                found = false;
                while (!found && scan_next(&scan))
                        found = is_among(key_read_id(scan.value, 0), placements, count);
                struct key here = key_empty();
                if (found)
                        key_bytes(&here, scan.key);
                scan_end(&scan);
                key = here;
                if (found)
                        txn_delete(txn, T_HOURS_REFERENCE, key_slice(&key));
        }
}

/* ---- walks */

void tracking_walk_month(struct txn *txn, struct month month, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_HOURS, WALK_UP, CURSOR_ID}, part_of_month(month), after, ret);
}

bool tracking_walk_statement(const struct walk *walk, struct statement *ret)
{
        *ret = statement_of(walk->scan.value);
        return ret->mark != STATEMENT_TAKEN_BACK;
}
