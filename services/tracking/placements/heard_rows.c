#include "services/tracking/placements/heard_rows.h"

#include <string.h>

#include "common/store/key.h"
#include "common/store/stored.h"
#include "services/tracking/placements/placements_rows.h"
#include "tracking/presence.pb-c.h"

enum { VISITS_MAX = 64 }; /* of a placement; the rules plan a few */

static void set_row(struct txn *txn, size_t table, struct day day, struct id placement, bool is_there)
{
        struct key key = key_empty();
        key_i32(&key, day_number(day));
        key_id(&key, placement);
        if (is_there)
                txn_put(txn, table, key_slice(&key), slice_of((const uint8_t *)"", 0));
        else
                txn_delete(txn, table, key_slice(&key));
}

/* ---- heard */

bool heard_last(struct txn *txn, struct id placement, struct day *ret)
{
        struct slice row;
        int32_t day;
        if (!txn_get(txn, T_PLACEMENT_HEARD, id_slice(&placement), &row))
                return false;
        require_stored(row.size == sizeof(day));
        memcpy(&day, row.data, sizeof(day));
        *ret = day_of_number(day);
        return true;
}

void heard_on(struct txn *txn, struct id placement, struct day day, bool goes_on)
{
        struct day before;
        int32_t number = day_number(day);
        if (heard_last(txn, placement, &before))
                set_row(txn, T_PLACEMENT_BY_HEARD, before, placement, false);
        txn_put(txn, T_PLACEMENT_HEARD, id_slice(&placement), slice_of(&number, sizeof(number)));
        if (goes_on)
                set_row(txn, T_PLACEMENT_BY_HEARD, day, placement, true);
}

void heard_begin(struct txn *txn, struct id placement, struct day starts_on)
{
        heard_on(txn, placement, starts_on, true);
}

/* ---- visits */

static struct key key_of_visit(struct id placement, struct day day)
{
        struct key key = key_of_id(placement);
        key_i32(&key, day_number(day));
        return key;
}

void visit_put(struct txn *txn, struct id placement, struct day day, struct id contact, bool goes_on)
{
        struct key key = key_of_visit(placement, day);
        txn_put(txn, T_PLACEMENT_VISIT, key_slice(&key), id_slice(&contact));
        set_row(txn, T_VISIT_DUE, day, placement, goes_on && id_is_zero(contact));
}

void visit_plan(struct txn *txn, struct id placement, struct day day)
{
        visit_put(txn, placement, day, (struct id){{0}}, true);
}

/* Read whole before anything is written. */
struct visits {
        struct day days[VISITS_MAX];
        struct id contacts[VISITS_MAX];
        size_t count;
};

static void read_visits(struct txn *txn, struct id placement, struct visits *ret)
{
        struct walk walk;
        ret->count = 0;
        visits_walk(txn, placement, &walk);
        while (ret->count < VISITS_MAX && walk_step(&walk)) {
                ret->days[ret->count] = visits_walk_day(&walk);
                ret->contacts[ret->count++] = visits_walk_contact(&walk);
        }
        walk_end(&walk);
}

static bool is_done(const struct visits *visits, struct day day)
{
        for (size_t i = 0; i < visits->count; i++)
                if (day_number(visits->days[i]) == day_number(day) && !id_is_zero(visits->contacts[i]))
                        return true;
        return false;
}

void visits_plan_again(struct txn *txn, struct id placement, const struct day *days, size_t count, bool goes_on)
{
        struct visits visits;
        read_visits(txn, placement, &visits);
        for (size_t i = 0; i < visits.count; i++) {
                struct key key = key_of_visit(placement, visits.days[i]);
                if (!id_is_zero(visits.contacts[i]))
                        continue;
                set_row(txn, T_VISIT_DUE, visits.days[i], placement, false);
                txn_delete(txn, T_PLACEMENT_VISIT, key_slice(&key));
        }
        for (size_t i = 0; i < count && i < VISITS_MAX; i++)
                if (!is_done(&visits, days[i]))
                        visit_put(txn, placement, days[i], (struct id){{0}}, goes_on);
}

void visits_forget_contacts(struct txn *txn, struct id placement)
{
        struct visits visits;
        read_visits(txn, placement, &visits);
        for (size_t i = 0; i < visits.count; i++)
                visit_put(txn, placement, visits.days[i], (struct id){{0}}, false);
}

/* ---- what its employer answers */

_Static_assert(sizeof(struct presence) == 32, "a row without a hole");

bool presence_get(struct txn *txn, struct id placement, struct presence *ret)
{
        struct slice row;
        if (!txn_get(txn, T_PLACEMENT_PRESENCE, id_slice(&placement), &row))
                return false;
        require_stored(row.size == sizeof(*ret));
        memcpy(ret, row.data, sizeof(*ret));
        return true;
}

static void list_gone(struct txn *txn, struct id placement, bool goes_on)
{
        struct presence presence;
        if (presence_get(txn, placement, &presence) && presence.answer == TRACKING__PRESENCE__GONE)
                set_row(txn, T_GONE_DUE, day_of_number(presence.day), placement, goes_on);
}

void presence_put(struct txn *txn, struct id placement, const struct presence *presence, bool goes_on)
{
        list_gone(txn, placement, false);
        if (presence == NULL)
                txn_delete(txn, T_PLACEMENT_PRESENCE, id_slice(&placement));
        else
                txn_put(txn, T_PLACEMENT_PRESENCE, id_slice(&placement), slice_of(presence, sizeof(*presence)));
        list_gone(txn, placement, goes_on);
}

/* ---- it ends, goes on, goes away */

static void list_again(struct txn *txn, struct id placement, bool goes_on)
{
        struct visits visits;
        struct day day;
        list_gone(txn, placement, goes_on);
        if (heard_last(txn, placement, &day))
                set_row(txn, T_PLACEMENT_BY_HEARD, day, placement, goes_on);
        read_visits(txn, placement, &visits);
        for (size_t i = 0; i < visits.count; i++)
                set_row(txn, T_VISIT_DUE, visits.days[i], placement, goes_on && id_is_zero(visits.contacts[i]));
}

void heard_stop(struct txn *txn, struct id placement)
{
        list_again(txn, placement, false);
}

void heard_go_on(struct txn *txn, struct id placement)
{
        list_again(txn, placement, true);
}

void heard_drop(struct txn *txn, struct id placement)
{
        struct visits visits;
        list_again(txn, placement, false);
        read_visits(txn, placement, &visits);
        for (size_t i = 0; i < visits.count; i++) {
                struct key key = key_of_visit(placement, visits.days[i]);
                txn_delete(txn, T_PLACEMENT_VISIT, key_slice(&key));
        }
        txn_delete(txn, T_PLACEMENT_HEARD, id_slice(&placement));
        presence_put(txn, placement, NULL, false);
}

/* ---- walks */

void heard_walk(struct txn *txn, struct slice cursor, struct walk *ret)
{
        walk_up(txn, T_PLACEMENT_BY_HEARD, key_empty(), cursor, ret);
}

void visits_due_walk(struct txn *txn, struct slice cursor, struct walk *ret)
{
        walk_up(txn, T_VISIT_DUE, key_empty(), cursor, ret);
}

void gone_walk(struct txn *txn, struct slice cursor, struct walk *ret)
{
        walk_up(txn, T_GONE_DUE, key_empty(), cursor, ret);
}

struct day heard_walk_day(const struct walk *walk)
{
        return day_of_number(key_read_i32(walk->scan.key, 0));
}

void visits_walk(struct txn *txn, struct id placement, struct walk *ret)
{
        walk_up(txn, T_PLACEMENT_VISIT, key_of_id(placement), slice_of(NULL, 0), ret);
}

struct day visits_walk_day(const struct walk *walk)
{
        return day_of_number(key_read_i32(walk->scan.key, sizeof(struct id)));
}

struct id visits_walk_contact(const struct walk *walk)
{
        return key_read_id(walk->scan.value, 0);
}
