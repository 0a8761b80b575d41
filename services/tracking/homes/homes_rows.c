#include "services/tracking/homes/homes_rows.h"

#include "common/service/topology.h"
#include "common/store/key.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/wording.h"

/* ---- on their way */

bool homes_any_held(struct txn *txn)
{
        return txn_count(txn, T_HELD) > 0;
}

bool homes_is_held(struct txn *txn, struct id thing)
{
        struct slice part;
        return txn_get(txn, T_HELD, id_slice(&thing), &part);
}

void homes_hold(struct txn *txn, struct id thing, struct id part)
{
        txn_put(txn, T_HELD, id_slice(&thing), id_slice(&part));
}

void homes_let_go(struct txn *txn, struct id thing)
{
        txn_delete(txn, T_HELD, id_slice(&thing));
}

/* ---- gone */

uint32_t homes_moved_to(struct txn *txn, struct id thing)
{
        struct slice row;
        return txn_get(txn, T_MOVED, id_slice(&thing), &row) ? key_read_u32(row, 0) : 0;
}

void homes_put_moved(struct txn *txn, struct id thing, uint32_t partition)
{
        struct key value = key_empty();
        key_u32(&value, partition);
        txn_put(txn, T_MOVED, id_slice(&thing), key_slice(&value));
}

void homes_drop_moved(struct txn *txn, struct id thing)
{
        txn_delete(txn, T_MOVED, id_slice(&thing));
}

void homes_each_moved(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        struct scan scan = scan_prefix(txn, T_MOVED, slice_of(NULL, 0));
        while (scan_next(&scan) && see(argument, key_read_id(scan.key, 0)))
                ;
        scan_end(&scan);
}

/* ---- territories */

static struct key key_of_territory(const char *territory)
{
        return key_of_text(territory);
}

Tracking__TerritoryHome *homes_territory(struct txn *txn, const char *territory, struct arena *arena)
{
        struct key key = key_of_territory(territory);
        return txn_get_message(txn, T_TERRITORY_HOME, key_slice(&key), &tracking__territory_home__descriptor, arena);
}

void homes_put_territory(struct txn *txn, const char *territory, const Tracking__TerritoryHome *home,
                         struct arena *arena)
{
        struct key key = key_of_territory(territory);
        txn_put_message(txn, T_TERRITORY_HOME, key_slice(&key), home, arena);
}

bool homes_has_territory(const struct work *work, const char *territory)
{
        const Tracking__TerritoryHome *home = homes_territory(work->txn, territory, work->arena);
        return (home != NULL && home->is_taken) || territory_listed(tracking_of(work)->territories, territory);
}

uint32_t homes_partition_of(const struct work *work, const char *territory)
{
        const Tracking__TerritoryHome *home = homes_territory(work->txn, territory, work->arena);
        const struct topology *topology = tracking_of(work)->topology;
        if (home != NULL && home->gone_to != 0)
                return home->gone_to;
        if (topology == NULL || homes_has_territory(work, territory))
                return work_partition(work);
        const struct instance *there = topology_of_territory(topology, "tracking", territory);
        return there == NULL ? 0 : there->partition;
}

/* ---- parts */

Tracking__PartRow *homes_part(struct txn *txn, struct id part, struct arena *arena)
{
        return txn_get_message(txn, T_PART, id_slice(&part), &tracking__part_row__descriptor, arena);
}

void homes_put_part(struct txn *txn, struct id part, const Tracking__PartRow *row, struct arena *arena)
{
        txn_put_message(txn, T_PART, id_slice(&part), row, arena);
        if (row->ended_at_ms == 0)
                txn_put(txn, T_PART_OPEN, id_slice(&part), slice_of((const uint8_t *)"", 0));
        else
                txn_delete(txn, T_PART_OPEN, id_slice(&part));
}

void homes_open_walk(struct txn *txn, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_PART_OPEN, WALK_UP, CURSOR_ID}, key_empty(), slice_of(NULL, 0), ret);
}

void homes_parts_walk(struct txn *txn, struct slice after, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_PART, WALK_DOWN, CURSOR_ID}, key_empty(), after, ret);
}
