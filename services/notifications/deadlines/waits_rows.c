#include "services/notifications/deadlines/waits_rows.h"

#include <string.h>

#include "common/codec/types.h"
#include "common/store/index.h"
#include "services/notifications/store.h"

enum holder_class { CLASS_TERRITORY = 1, CLASS_PARTNER = 2, CLASS_PRESCRIBER = 3, CLASS_BUYER = 4, CLASS_REGION = 9 };

/* --- for whom ---------------------------------------------------------------------------------------------------- */

static struct holder named(enum holder_class class, const char *name)
{
        return (struct holder){(uint8_t) class, id_derived(0, slice_of(name, strlen(name)))};
}

struct holder holder_region(void)
{
        return (struct holder){.class = CLASS_REGION};
}

struct holder holder_of_territory(const char *territory)
{
        return named(CLASS_TERRITORY, territory);
}

struct holder holder_of_partner(struct id organisation)
{
        return (struct holder){CLASS_PARTNER, organisation};
}

struct holder holder_of_prescriber(struct id organisation)
{
        return (struct holder){CLASS_PRESCRIBER, organisation};
}

struct holder holder_of_buyer(const char *siret)
{
        return named(CLASS_BUYER, siret);
}

static struct holder holder_of(const Notifications__Wait *wait)
{
        switch ((int)wait->role) {
        case TYPES__ROLE__COMPANY:
        case TYPES__ROLE__STRUCTURE: return holder_of_partner(id_of(wait->organisation_id));
        case TYPES__ROLE__PRESCRIBER: return holder_of_prescriber(id_of(wait->organisation_id));
        case TYPES__ROLE__BUYER: return holder_of_buyer(wait->siret);
        default: return holder_of_territory(wait->territory);
        }
}

static struct key holder_key(const struct holder *holder)
{
        struct key key = key_empty();
        key_u8(&key, holder->class);
        key_id(&key, holder->id);
        return key;
}

/* --- waits ------------------------------------------------------------------------------------------------------- */

Notifications__WaitRow *wait_find(struct txn *txn, struct id wait, struct arena *arena)
{
        return txn_get_message(txn, T_WAIT, id_slice(&wait), &notifications__wait_row__descriptor, arena);
}

static bool is_shown(const Notifications__WaitRow *row)
{
        return row->step != NOTIFICATIONS__WAIT_STEP__WAIT_HIDDEN &&
               row->step != NOTIFICATIONS__WAIT_STEP__WAIT_DROPPED;
}

static void index_day(struct index_rows *rows, const Notifications__Wait *wait, const struct holder *holder)
{
        struct key key = holder_key(holder);
        key_i32(&key, wait->until->days);
        index_id(rows, T_DAY, key, id_of(wait->wait_id));
}

static void rows_of_wait(const void *record, struct index_rows *rows)
{
        const Notifications__WaitRow *row = record;
        const Notifications__Wait *wait = row->wait;
        struct holder holder = holder_of(wait), region = holder_region();
        index_id(rows, T_WAIT_OF, key_of_id(id_of(wait->subject_id)), id_of(wait->wait_id));
        if (!is_shown(row))
                return;
        index_day(rows, wait, &holder);
        if (wait->role == TYPES__ROLE__FACILITATOR)
                index_day(rows, wait, &region);
}

static struct key count_key(const struct holder *holder, Notifications__WaitKind kind)
{
        struct key key = holder_key(holder);
        key_u8(&key, (uint8_t)kind);
        return key;
}

uint32_t day_count(struct txn *txn, const struct holder *holder, Notifications__WaitKind kind)
{
        struct key key = count_key(holder, kind);
        struct slice value;
        return txn_get(txn, T_DAY_COUNT, key_slice(&key), &value) ? key_read_u32(value, 0) : 0;
}

static void count(struct txn *txn, const struct holder *holder, Notifications__WaitKind kind, int by)
{
        struct key key = count_key(holder, kind), value = key_empty();
        uint32_t sum = day_count(txn, holder, kind) + (uint32_t)by;
        key_u32(&value, sum);
        if (sum == 0)
                txn_delete(txn, T_DAY_COUNT, key_slice(&key));
        else
                txn_put(txn, T_DAY_COUNT, key_slice(&key), key_slice(&value));
}

static void count_row(struct txn *txn, const Notifications__WaitRow *row, int by)
{
        struct holder holder, region = holder_region();
        if (row == NULL || !is_shown(row))
                return;
        holder = holder_of(row->wait);
        count(txn, &holder, row->wait->kind, by);
        if (row->wait->role == TYPES__ROLE__FACILITATOR)
                count(txn, &region, row->wait->kind, by);
}

void wait_put(struct txn *txn, const Notifications__WaitRow *row, struct arena *arena)
{
        struct id id = id_of(row->wait->wait_id);
        const Notifications__WaitRow *before = wait_find(txn, id, arena);
        index_move(txn, rows_of_wait, before, row);
        count_row(txn, before, -1);
        count_row(txn, row, 1);
        txn_put_message(txn, T_WAIT, id_slice(&id), row, arena);
}

void wait_delete(struct txn *txn, struct id wait, struct arena *arena)
{
        const Notifications__WaitRow *before = wait_find(txn, wait, arena);
        if (before == NULL)
                return;
        index_move(txn, rows_of_wait, before, NULL);
        count_row(txn, before, -1);
        txn_delete(txn, T_WAIT, id_slice(&wait));
}

void waits_walk_of(struct txn *txn, struct id subject, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_WAIT_OF, WALK_UP, CURSOR_ID}, key_of_id(subject), slice_of(NULL, 0), ret);
}

/* --- days -------------------------------------------------------------------------------------------------------- */

void day_walk_begin(struct txn *txn, const struct holder *holder, struct slice after, struct day_walk *ret)
{
        ret->prefix = holder_key(holder);
        ret->after = after;
        if (after.size == 0) {
                ret->scan = scan_prefix(txn, T_DAY, key_slice(&ret->prefix));
                return;
        }
        ret->from = ret->prefix;
        key_bytes(&ret->from, after);
        ret->scan = scan_from(txn, T_DAY, key_slice(&ret->prefix), key_slice(&ret->from));
}

bool day_walk_next(struct day_walk *walk)
{
        while (scan_next(&walk->scan)) {
                memcpy(walk->cursor, (const uint8_t *)walk->scan.key.data + walk->prefix.size, DAY_CURSOR_SIZE);
                if (walk->after.size != 0 && memcmp(walk->cursor, walk->after.data, DAY_CURSOR_SIZE) == 0)
                        continue; /* the page before ended with it */
                walk->wait = key_read_id(walk->scan.key, walk->prefix.size + sizeof(int32_t));
                return true;
        }
        return false;
}

void day_walk_end(struct day_walk *walk)
{
        scan_end(&walk->scan);
}

/* --- planned ----------------------------------------------------------------------------------------------------- */

static const char PLANNED[] = "planned";

Notifications__PlannedRow *planned_find(struct txn *txn, struct arena *arena)
{
        return txn_get_message(txn, T_PLANNED, slice_of(PLANNED, sizeof(PLANNED)),
                               &notifications__planned_row__descriptor, arena);
}

void planned_put(struct txn *txn, const Notifications__PlannedRow *row, struct arena *arena)
{
        txn_put_message(txn, T_PLANNED, slice_of(PLANNED, sizeof(PLANNED)), row, arena);
}
