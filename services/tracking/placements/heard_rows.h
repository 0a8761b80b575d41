/* heard_rows.h: since when nothing was heard of a placement, the visits that are planned in it, and what its employer
 * answered when it was asked whether the person is still there. Puts are for apply() only. Tables: placements_rows.h.
 *
 *   table                     key                          row
 *   placement_heard           placement id                 i32: the day of the last contact, or its first day
 *   placement_by_heard        day i32, placement id        empty; of those that go on
 *   placement_visit           placement id, day i32        the contact's id that it was; zero: not yet
 *   visit_due                 day i32, placement id        empty; not done yet, of placements that go on
 *   placement_presence        placement id                 struct presence: the answer that holds
 *   gone_due                  day i32, placement id        empty; said to be gone since, of placements that go on */
#ifndef SERVICES_TRACKING_PLACEMENTS_HEARD_ROWS_H
#define SERVICES_TRACKING_PLACEMENTS_HEARD_ROWS_H

#include "common/base/day.h"
#include "common/base/id.h"
#include "common/store/tables.h"
#include "common/store/walk.h"

/* It begins: nothing is heard yet. */
void heard_begin(struct txn *txn, struct id placement, struct day starts_on);
/* Heard last on that day, later or earlier than before; `goes_on`: the placement has not ended. */
void heard_on(struct txn *txn, struct id placement, struct day day, bool goes_on);
bool heard_last(struct txn *txn, struct id placement, struct day *ret);

void visit_plan(struct txn *txn, struct id placement, struct day day);
/* It took place as this contact, or, zero, it did not after all. */
void visit_put(struct txn *txn, struct id placement, struct day day, struct id contact, bool goes_on);
/* Those that were not done go, these take their place. */
void visits_plan_again(struct txn *txn, struct id placement, const struct day *days, size_t count, bool goes_on);
void visits_forget_contacts(struct txn *txn, struct id placement);

/* The answer that holds; the contact that it is. */
struct presence {
        struct id contact;
        int32_t answer; /* Tracking__Presence */
        int32_t day;
        int32_t act_by; /* DAY_OPEN_NUMBER: nobody has to act */
        int32_t unused;
};
bool presence_get(struct txn *txn, struct id placement, struct presence *ret);
/* NULL: none holds any more. */
void presence_put(struct txn *txn, struct id placement, const struct presence *presence, bool goes_on);

/* The placement ends, or goes on again: it is in the lists of who is to act no more, or again. */
void heard_stop(struct txn *txn, struct id placement);
void heard_go_on(struct txn *txn, struct id placement);
void heard_drop(struct txn *txn, struct id placement); /* it goes to another partition, and its visits */

/* Oldest first; `cursor` empty: from the first. */
void heard_walk(struct txn *txn, struct slice cursor, struct walk *ret);
void visits_due_walk(struct txn *txn, struct slice cursor, struct walk *ret);
void gone_walk(struct txn *txn, struct slice cursor, struct walk *ret);
struct day heard_walk_day(const struct walk *walk); /* of all three; walk_id(): the placement */

/* Of one placement, by day. */
void visits_walk(struct txn *txn, struct id placement, struct walk *ret);
struct day visits_walk_day(const struct walk *walk);
struct id visits_walk_contact(const struct walk *walk);

#endif
